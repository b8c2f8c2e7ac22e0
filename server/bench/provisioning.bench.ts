import type { BenchServer } from './bench-server.ts';
import { compare } from './load.ts';
import { rateRow } from './results.ts';
import type { Row } from './results.ts';
import { startProgram } from './started.ts';

/** How many accounts are connected a second, beside the token call and one insert done bare? */
export async function benchProvisioning(server: BenchServer): Promise<Row[]> {
  const value = (key: string, defaultValue: string) => ({ key, name: key, description: key, defaultValue });
  await server.call('POST', '/elements', {
    name: 'Provisioned',
    key: 'provisioned',
    authentication: { type: 'oauth2' },
    configuration: [
      value('base.url', server.provider),
      value('oauth.token.url', `${server.provider}/token`),
      value('oauth.authorization.url', `${server.provider}/authorize`),
      value('oauth.callback.url', 'http://127.0.0.1/callback'),
      value('oauth.api.key', 'id'),
      value('oauth.api.secret', 'secret'),
    ],
    resources: [],
  });
  const bare = await startProgram('bare-provisioning.ts', server.databaseUrl, server.provider);
  try {
    const json = JSON.stringify({
      name: 'Provisioned',
      element: { key: 'provisioned' },
      providerData: { code: 'code' },
    });
    const measured = await compare(server.load, [
      { url: bare.line, pid: bare.pid, path: '/bare', json },
      { url: server.url, pid: server.pid, path: '/instances', json, authorization: server.asUser },
    ]);
    const names = ['bare: a token call and an insert', 'POST /instances'];
    return measured.map((one, index) => {
      const note = `each; p50 ${one.p50Ms.toFixed(1)} ms, p99 ${one.p99Ms.toFixed(1)} ms`;
      return rateRow(names[index] ?? '', one, { note });
    });
  } finally {
    await bare.close();
  }
}
