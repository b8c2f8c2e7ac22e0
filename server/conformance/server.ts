import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '#kernel/log';
import { newKey } from '#platform/crypto';
import { createOutbound } from '#platform/outbound';
import type { Outbound } from '#platform/outbound';
import { startEmbeddedPostgres } from '#platform/storage';
import { buildApp } from '../src/app.ts';
import { settings } from '../src/config.ts';
import { startProviderStub } from './provider-stub.ts';
import type { CallOptions, Desk } from './run-element.ts';

export interface ConformanceServer extends Desk {
  close(): Promise<void>;
}

/**
 * A whole server whose provider calls all reach a stub on this machine, whatever URLs a definition has.
 *
 * @param databaseUrl an empty database; without one, an embedded PostgreSQL that is gone afterwards.
 */
export async function startConformanceServer(databaseUrl?: string): Promise<ConformanceServer> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0)) await closer();
  };
  try {
    const stub = await startProviderStub();
    closers.unshift(stub.close);
    const url = databaseUrl ?? (await startDatabase(closers));
    const real = createOutbound({ allowHosts: [stub.host] });
    const outbound: Outbound = {
      send: (request) => real.send({ ...request, url: stub.redirect(request.url), followRedirects: 0 }),
      close: real.close,
    };
    const app = await buildApp({
      log: silentLog,
      version: 'conformance',
      databaseUrl: url,
      masterKey: newKey(),
      elementsFolder: settings.elementsFolder.default,
      elementDefaults: {},
      allowHosts: [],
      pacingMaxWaitMs: 1000,
      auditDays: 1,
      consoleFolder: '',
      firstUser: {},
      // Nobody answers slowly here: a script that waits longer waits for something that does not come.
      scriptLimits: { wallLimitMs: 5_000 },
      outbound,
    });
    closers.unshift(app.close);
    await app.http.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.http.server.address() as AddressInfo;
    const { userSecret = '', organizationSecret = '' } = app.firstUser ?? {};
    const call = async (method: string, path: string, { body, headers, elementToken }: CallOptions = {}) => {
      const second = elementToken ? `Element ${elementToken}` : `Organization ${organizationSecret}`;
      const reply = await fetch(`http://127.0.0.1:${port}/elements/api-v2${path}`, {
        method,
        headers: { ...headers, authorization: `User ${userSecret}, ${second}` },
        body: body ?? null,
      });
      return { status: reply.status, text: await reply.text() };
    };
    return { stub, call, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startDatabase(closers: (() => Promise<unknown>)[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ligand-conformance-'));
  closers.unshift(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres({ folder, log: silentLog, durable: false });
  closers.unshift(postgres.stop);
  return postgres.url;
}
