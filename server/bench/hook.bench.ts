import type { BenchServer } from './bench-server.ts';
import { compareRates } from './load.ts';
import type { Row } from './main.ts';

/** What does a hook cost beside the same call without one? */
export async function benchHook(server: BenchServer): Promise<Row[]> {
  const resource = (path: string, hooks: object[] = []) => ({
    method: 'GET',
    path: `/hubs/general${path}`,
    vendorMethod: 'GET',
    vendorPath: '/records/7',
    type: 'api',
    paginationType: 'NO_PAGINATION',
    hooks,
  });
  const hook = (type: string, body: string) => ({ type, mimeType: 'application/javascript', body });
  await server.call('POST', '/elements', {
    name: 'Hooked',
    key: 'hooked',
    authentication: { type: 'custom' },
    configuration: [{ key: 'base.url', name: 'URL', description: 'URL', defaultValue: server.provider }],
    resources: [
      resource('/plain'),
      resource('/one', [
        hook('postRequest', 'done({ response_body: Object.assign({ seen: true }, response_body) });'),
      ]),
      resource('/two', [
        hook('preRequest', 'done({ request_vendor_parameters: { page: 1 } });'),
        hook('postRequest', 'done({ response_body: Object.assign({ seen: true }, response_body) });'),
      ]),
    ],
  });
  const authorization = await server.connect('hooked');
  const paths = ['/plain', '/one', '/two'];
  const rates = await compareRates(
    server.pool,
    paths.map((path) => ({ path, authorization })),
  );
  const base = rates[0] ?? Number.NaN;
  const names = ['call without a hook', 'call with one hook', 'call with two hooks'];
  return rates.map((rate, index) => ({
    what: names[index] ?? '',
    value: `${Math.round(rate)} calls/s`,
    ratio: rate / base,
  }));
}
