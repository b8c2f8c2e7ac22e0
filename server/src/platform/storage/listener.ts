import { Client, escapeIdentifier } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import { connectionSettings } from './pool.ts';

export type MessageHandler = (payload: string) => void;

/** What a handler gets after a lost connection: messages may have been missed, so forget everything. */
export const FORGET_EVERYTHING = '*';

const HEARTBEAT_MS = 15_000;
const ANSWER_TIMEOUT_MS = 10_000;
const RETRY_FIRST_MS = 100;
const RETRY_LAST_MS = 5_000;

export interface Listener {
  listen(channel: string, onMessage: MessageHandler): Promise<void>;
  close(): Promise<void>;
}

/** One connection that LISTENs for all channels, made at the first `listen` and made anew whenever it is lost. */
export function createListener({ url, log }: { url: string; log: Log }): Listener {
  const handlers = new Map<string, Set<MessageHandler>>();
  let current: Client | undefined;
  let connecting: Promise<Client> | undefined;
  const closing = new AbortController();

  function deliver(channel: string, payload: string): void {
    for (const handler of handlers.get(channel) ?? []) {
      try {
        handler(payload);
      } catch (error) {
        log.error({ err: error, channel }, 'a handler of database notifications failed');
      }
    }
  }

  async function connect(): Promise<Client> {
    const client = new Client({
      ...connectionSettings(url, 'ligand listener'),
      query_timeout: ANSWER_TIMEOUT_MS,
      connectionTimeoutMillis: ANSWER_TIMEOUT_MS,
    });
    // 'end' follows every 'error'; the handler is there because an unhandled 'error' would end the process.
    client.on('error', (error) => log.warn({ err: error }, 'the listening database connection broke'));
    client.on('notification', ({ channel, payload }) => deliver(channel, payload ?? ''));
    try {
      await client.connect();
      for (const channel of handlers.keys()) await client.query(listenStatement(channel));
    } catch (error) {
      await canFail(client.end(), 'the connection is given up anyway');
      throw error;
    }
    const heartbeat = setInterval(() => void beat(client), HEARTBEAT_MS).unref();
    client.once('end', () => {
      clearInterval(heartbeat);
      if (current === client) current = undefined;
      if (!closing.signal.aborted) void reconnect();
    });
    current = client;
    return client;
  }

  async function connectOnce(): Promise<Client> {
    if (current) return current;
    connecting ??= connect().finally(() => {
      connecting = undefined;
    });
    return connecting;
  }

  async function reconnect(): Promise<void> {
    for (let waitMs = RETRY_FIRST_MS; !closing.signal.aborted; waitMs = Math.min(waitMs * 2, RETRY_LAST_MS)) {
      try {
        await connectOnce();
        log.info({ channels: [...handlers.keys()] }, 'listening for database notifications again');
        for (const channel of handlers.keys()) deliver(channel, FORGET_EVERYTHING);
        return;
      } catch (error) {
        log.warn({ err: error, retryInMs: waitMs }, 'cannot listen for database notifications');
        const { signal } = closing;
        await canFail(sleep(waitMs, undefined, { ref: false, signal }), 'closing ends the wait');
      }
    }
  }

  return {
    async listen(channel, onMessage) {
      const known = handlers.get(channel);
      if (known) known.add(onMessage);
      else handlers.set(channel, new Set([onMessage]));
      const client = await connectOnce();
      // Repeated LISTEN is harmless, and needed when the connection was there before the channel.
      await client.query(listenStatement(channel));
    },
    async close() {
      closing.abort();
      if (connecting) await canFail(connecting, 'it is closed next, if it came to be');
      await current?.end();
    },
  };
}

/** A connection that a firewall dropped silently shows itself only when something is sent. */
async function beat(client: Client): Promise<void> {
  try {
    await client.query('select 1');
  } catch {
    await canFail(client.end(), 'closing it is what starts the reconnect');
  }
}

function listenStatement(channel: string): string {
  return `listen ${escapeIdentifier(channel)}`;
}
