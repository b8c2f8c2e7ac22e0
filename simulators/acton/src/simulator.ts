import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import { mountAccounts } from './accounts.ts';
import { apiError, gatewayError, ProviderError } from './errors.ts';
import { createKnobs, mountKnobs } from './knobs.ts';
import { createLimits } from './limits.ts';
import { mountLists } from './lists.ts';
import { mountConsent } from './consent.ts';
import { mountTokens } from './tokens.ts';
import { mountAll } from './mount-all.ts';
import { parseJson } from './json.ts';
import { createSurface } from './surface.ts';
import { mountRecords } from './records.ts';
import { accountId } from './seed/account.ts';
import { createState } from './state.ts';
import type { State } from './state.ts';
import { mountWebhooks } from './webhooks/knobs.ts';
import { createWebhooks } from './webhooks/webhooks.ts';

export interface Simulator {
  url: string;
  close(): Promise<void>;
}

export interface SimulatorOptions {
  port?: number;
  host?: string;
  /** Milliseconds since 1970; tests pass their own. */
  nowMs?: () => number;
}

/** Everything that the areas of the API share. */
export interface Provider {
  app: FastifyInstance;
  state: State;
  nowMs: () => number;
}

/** Starts a look-alike of Act-On with a state of its own. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const nowMs = options.nowMs ?? Date.now;
  const app = fastify({
    forceCloseConnections: true,
    bodyLimit: 400 * 1024 * 1024,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const state = createState(nowMs());
  const provider: Provider = { app, state, nowMs };
  const knobs = createKnobs();
  const limits = createLimits(nowMs);
  const webhooks = createWebhooks(accountId, nowMs);

  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof ProviderError) return reply.code(error.status).send(error.body);
    const status = error.statusCode ?? 500;
    return reply.code(status).send(gatewayError(status, error.message));
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(gatewayError(404, 'No such resource')));

  // What a proxy in front of the provider does: note, break on demand, count, check the token.
  app.addHook('onRequest', async (request, reply) => knobs.interfere(request, reply));
  app.addHook('onRequest', async (request) => {
    if (!isApi(request.url)) return;
    limits.countCall(state, bearerOf(request.headers.authorization));
    const session = state.accessTokens.get(bearerOf(request.headers.authorization));
    if (!session || session.expiresMs <= nowMs())
      throw new ProviderError(401, gatewayError(401, 'Unauthorized'));
    const account = /^\/(?:ucl\/v2|custom-objects\/v1)\/([^/?]+)/.exec(request.url)?.[1];
    if (account !== undefined && account !== accountId) {
      throw new ProviderError(403, gatewayError(403, 'The token is of another account'));
    }
  });
  app.addHook('onSend', async (request, reply, payload) => knobs.spoil(request, reply, payload));

  // Cells are texts, so that no digit of a number needs to be lost.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? undefined : parseJson(String(text)));
    } catch {
      done(apiError(10120, 'The request body is not JSON'));
    }
  });
  await app.register(formbody);
  await app.register(multipart, { limits: { fileSize: 400 * 1024 * 1024 } });
  mountConsent(provider);
  mountTokens(provider, limits);
  mountAccounts(provider);
  mountLists(provider);
  mountRecords(provider);
  mountAll(createSurface(provider));
  mountKnobs(provider, knobs, limits, webhooks);
  mountWebhooks(provider, webhooks);

  await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
  const { port, address } = app.server.address() as AddressInfo;
  return {
    url: `http://${address}:${port}`,
    close: () => {
      webhooks.clear();
      return app.close();
    },
  };
}

function isApi(url: string): boolean {
  return /^\/(api|ucl|custom-objects|ete)\//.test(url);
}

export function bearerOf(header: string | undefined): string {
  return /^Bearer (.+)$/.exec(header ?? '')?.[1] ?? '';
}
