import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { silentLog } from '#kernel/log';
import { startEmbeddedPostgres } from '#platform/storage';

export interface DrillDatabase {
  /** The same before and after a restart. */
  url: string;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL in the folder that can be restarted. It gets another port at each start, so a door with a port that stays
 * stands before it: while PostgreSQL is away, the door cuts who knocks.
 */
export async function startDatabase(folder: string): Promise<DrillDatabase> {
  let postgres = await startEmbeddedPostgres({ folder, log: silentLog });
  let port: number | undefined = portOf(postgres.url);
  const open = new Set<Socket>();
  const door = createServer((client) => {
    if (port === undefined) {
      client.resetAndDestroy();
      return;
    }
    const inside = connect(port, '127.0.0.1');
    const sockets = [client, inside];
    for (const socket of sockets) {
      open.add(socket);
      socket.on('error', () => {}); // 'close' follows.
      socket.on('close', () => {
        open.delete(socket);
        for (const each of sockets) each.destroy();
      });
    }
    client.pipe(inside).pipe(client);
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const url = new URL(postgres.url);
  url.port = String((door.address() as AddressInfo).port);
  return {
    url: url.href,
    async restart() {
      port = undefined;
      await postgres.stop();
      postgres = await startEmbeddedPostgres({ folder, log: silentLog });
      port = portOf(postgres.url);
    },
    async stop() {
      door.close();
      for (const socket of open) socket.destroy();
      await postgres.stop();
    },
  };
}

const portOf = (url: string) => Number(new URL(url).port);
