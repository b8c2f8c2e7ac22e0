import type { BenchServer } from './bench-server.ts';
import { compareRates, measureRate } from './load.ts';
import type { Row } from './main.ts';

const steps = [10, 100, 1_000, 10_000];
const atOnce = 8;

/** How do import and calls slow down as the elements of an account grow from 10 to 10,000? */
export async function benchElements(server: BenchServer): Promise<Row[]> {
  const rows: Row[] = [];
  let made = 0;
  let first: { imports: number; calls: number } | undefined;
  let authorization = '';
  for (const step of steps) {
    const begun = performance.now();
    const before = made;
    const add = async () => {
      while (made < step) await server.call('POST', '/elements', definition(server.provider, ++made));
    };
    await Promise.all(Array.from({ length: atOnce }, add));
    const imports = ((made - before) * 1000) / (performance.now() - begun);
    authorization ||= await server.connect('grown1');
    const newest = await server.connect(`grown${made}`);
    const targets = [authorization, newest].map((each) => ({ path: '/records/7', authorization: each }));
    const [calls = Number.NaN] = await compareRates(server.pool, targets, { rounds: 5 });
    const list = await measureRate(
      server.pool,
      { path: '/elements?abridged=true&pageSize=20', authorization: server.asUser },
      1_000,
    );
    // The very first imports warm the engine up; the second step is what later ones are compared with.
    if (step > 10) first ??= { imports, calls };
    const base = first ?? { imports, calls };
    rows.push(
      {
        what: `imports, up to ${step} elements`,
        value: `${imports.toFixed(0)}/s`,
        ratio: imports / base.imports,
      },
      { what: `calls, with ${step} elements`, value: `${calls.toFixed(0)}/s`, ratio: calls / base.calls },
      {
        what: `first page of the list, of ${step} elements`,
        value: `${list.toFixed(0)}/s`,
        ratio: undefined,
      },
    );
  }
  return rows;
}

function definition(provider: string, number: number): object {
  return {
    name: `Grown ${number}`,
    key: `grown${number}`,
    authentication: { type: 'custom' },
    configuration: [{ key: 'base.url', name: 'URL', description: 'URL', defaultValue: provider }],
    resources: Array.from({ length: 10 }, (_, index) => ({
      method: 'GET',
      path: `/hubs/general/${index === 0 ? 'records' : `records${index}`}/{id}`,
      vendorMethod: 'GET',
      vendorPath: '/records/{id}',
      type: 'api',
      paginationType: 'NO_PAGINATION',
      parameters: [{ name: 'id', vendorName: 'id', type: 'path', vendorType: 'path', required: true }],
    })),
  };
}
