import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { gatewayError } from './errors.ts';
import type { LimitSettings, Limits } from './limits.ts';
import type { Provider } from './simulator.ts';
import type { Webhooks } from './webhooks/webhooks.ts';

type Kind = 'fail' | 'delay' | 'reset' | 'malformed';

/** What the next calls get in place of, or on top of, their answer. */
interface Mischief {
  kind: Kind;
  left: number;
  path: string | undefined;
  status: number;
  body: unknown;
  ms: number;
  when: 'headers' | 'body';
}

export interface Knobs {
  /** The provider closes every connection. */
  down: boolean;
  planned: Mischief[];
  /** API calls that got an error, the newest last: a wrong mapping shows here. */
  refused: { call: string; status: number; reply: string }[];
  /** Calls received, by method and path. */
  received: Map<string, number>;
  interfere(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  spoil(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown;
}

const mostRefused = 200;

export function createKnobs(): Knobs {
  const marked = new WeakMap<FastifyRequest, Mischief>();
  const take = (url: string): Mischief | undefined => {
    const found = knobs.planned.find(({ path, left }) => left > 0 && (!path || url.startsWith(path)));
    if (found) found.left--;
    knobs.planned = knobs.planned.filter(({ left }) => left > 0);
    return found;
  };
  const knobs: Knobs = {
    down: false,
    planned: [],
    refused: [],
    received: new Map(),
    async interfere(request, reply) {
      if (request.url.startsWith('/_simulator/')) return;
      if (knobs.down) {
        request.raw.destroy();
        return;
      }
      const key = `${request.method} ${request.url.split('?', 1)[0]}`;
      knobs.received.set(key, (knobs.received.get(key) ?? 0) + 1);
      const mischief = take(request.url);
      if (!mischief) return;
      if (mischief.kind === 'delay') await sleep(mischief.ms);
      else if (mischief.kind === 'fail') {
        await reply
          .code(mischief.status)
          .send(mischief.body ?? gatewayError(mischief.status, 'Planned failure'));
      } else if (mischief.kind === 'reset' && mischief.when === 'headers') request.raw.destroy();
      else marked.set(request, mischief);
    },
    spoil(request, reply, payload) {
      if (reply.statusCode >= 400 && !request.url.startsWith('/_simulator/')) {
        const told = typeof payload === 'string' ? payload.slice(0, 300) : '';
        knobs.refused.push({
          call: `${request.method} ${request.url}`,
          status: reply.statusCode,
          reply: told,
        });
        if (knobs.refused.length > mostRefused) knobs.refused.shift();
      }
      const mischief = marked.get(request);
      if (!mischief || typeof payload !== 'string') return payload;
      const half = payload.slice(0, Math.ceil(payload.length / 2));
      if (mischief.kind === 'malformed') return `${half}<oops`;
      void reply.header('content-length', Buffer.byteLength(payload));
      return Readable.from(halfThenCut(half, request));
    },
  };
  return knobs;
}

async function* halfThenCut(half: string, request: FastifyRequest) {
  yield half;
  // The first half must be on its way before the connection ends.
  await sleep(20);
  request.raw.socket.destroy();
}

/** Control for tests and demos: what the provider's real API does not have. */
export function mountKnobs(
  { app, state, nowMs }: Provider,
  knobs: Knobs,
  limits: Limits,
  webhooks: Webhooks,
): void {
  const plan = (kind: Kind) => async (request: FastifyRequest) => {
    const given = request.body as Partial<Mischief> & { count?: number };
    knobs.planned.push({
      kind,
      left: given.count ?? 1,
      path: given.path,
      status: given.status ?? 500,
      body: given.body,
      ms: given.ms ?? 1000,
      when: given.when ?? 'headers',
    });
    return { planned: knobs.planned.length };
  };
  app.post('/_simulator/fail-next', plan('fail'));
  app.post('/_simulator/delay-next', plan('delay'));
  app.post('/_simulator/reset-next', plan('reset'));
  app.post('/_simulator/malformed-next', plan('malformed'));
  app.post('/_simulator/down', async (request) => {
    knobs.down = (request.body as { on?: boolean }).on !== false;
    return { down: knobs.down };
  });
  app.post('/_simulator/limits', async (request) =>
    Object.assign(limits.settings, request.body as Partial<LimitSettings>),
  );
  app.post('/_simulator/token-lifetime', async (request) => {
    state.accessLifeMs = (request.body as { seconds: number }).seconds * 1000;
    return { seconds: state.accessLifeMs / 1000 };
  });
  app.post('/_simulator/expire-access-tokens', async () => {
    for (const session of state.accessTokens.values()) session.expiresMs = nowMs();
    return { expired: state.accessTokens.size };
  });
  app.post('/_simulator/expire-refresh-tokens', async () => {
    for (const session of state.refreshTokens.values()) session.expiresMs = nowMs();
    return { expired: state.refreshTokens.size };
  });
  app.post('/_simulator/reset', async () => {
    state.reset(nowMs());
    Object.assign(state.counts, { tokensByCode: 0, refreshes: 0 });
    state.accessLifeMs = 3_600_000;
    limits.reset();
    webhooks.clear();
    knobs.planned = [];
    knobs.down = false;
    knobs.received.clear();
    knobs.refused.length = 0;
    return {};
  });
  app.get('/_simulator/state', async () => ({
    received: Object.fromEntries(knobs.received),
    refused: knobs.refused,
    ...state.counts,
    accessTokens: state.accessTokens.size,
    refreshTokens: state.refreshTokens.size,
    lists: [...state.lists.values()].map(({ id, name, rows }) => ({ id, name, records: rows.size })),
    limits: limits.settings,
    webhooks: webhooks.describe(),
  }));
}
