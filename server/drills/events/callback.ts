import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { between } from './random.ts';
import type { Tally } from './tally.ts';

type Mood = 'well' | 'broken' | 'hanging';

export interface Callbacks {
  /** `host:port` */
  host: string;
  /** The place of one callback. */
  url(index: number): string;
  /** They are well from now on; what hangs goes on hanging. */
  heal(): void;
  close(): Promise<void>;
}

interface Message {
  message: { eventId: string; raw: { id: number } };
}

/** Callbacks that are well for half of the time; for the other half they answer 500 or nothing at all. Each has its own moods. */
export async function startCallbacks(count: number, tally: Tally): Promise<Callbacks> {
  const moods: Mood[] = Array.from({ length: count }, () => 'well');
  const healed = new AbortController();
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy()); // The sender was killed meanwhile.
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { message } = (await json(request)) as Message;
    tally.arrived(message.raw.id, String(request.headers['webhook-id']), message.eventId);
    const mood = moods[Number(request.url?.split('/').at(-1))];
    if (mood === 'hanging') return;
    if (mood === 'well') tally.taken(message.raw.id);
    response.writeHead(mood === 'well' ? 200 : 500).end();
  }

  async function change(index: number): Promise<void> {
    while (!healed.signal.aborted) {
      const isWell = moods[index] === 'well';
      moods[index] = isWell ? (Math.random() < 0.5 ? 'broken' : 'hanging') : 'well';
      await sleep(between(1_000, 7_000), undefined, { signal: healed.signal }).catch(() => {});
    }
    moods[index] = 'well';
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  for (const index of moods.keys()) void change(index);
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: (index) => `http://${host}/callback/${index}`,
    heal: () => healed.abort(),
    async close() {
      healed.abort();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
