import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import { authorizationOf, createClient } from '@ligand/sdk';
import { readGiven } from './output.ts';
import { openSession } from './settings.ts';
import { type Flags, UsageError } from './usage.ts';

interface CallFlags extends Flags {
  query?: Record<string, string>;
  header?: Record<string, string>;
  data?: string;
  include?: boolean;
}

/** One call of a connected account. Its reply streams to the output. */
export async function call(id: string, method: string, path: string, flags: CallFlags): Promise<number> {
  const verb = method.toUpperCase();
  if (!/^(GET|POST|PUT|PATCH|DELETE)$/.test(verb))
    throw new UsageError(`'${method}' is no method: take GET, POST, PUT, PATCH or DELETE.`);
  const { client, userSecret, baseUrl } = await openSession(flags.url);
  const instance = await client.get('/instances/{id}', { path: { id } });
  const hub = (instance['element'] as { hub?: string } | undefined)?.hub ?? 'general';
  const account = createClient({
    baseUrl,
    authorization: authorizationOf({ userSecret, elementToken: instance.token }),
  });
  const asked = path.startsWith('/') ? path : `/${path}`;
  const reply = await account.open(verb, asked.startsWith('/hubs/') ? asked : `/hubs/${hub}${asked}`, {
    ...(flags.query && { query: flags.query }),
    ...(flags.header && { headers: flags.header }),
    ...(flags.data !== undefined && { body: await readGiven(flags.data) }),
  });
  if (flags.include) {
    const headers = [...reply.headers].map(([name, value]) => `${name}: ${value}\n`).join('');
    process.stderr.write(`${reply.status}\n${headers}\n`);
  }
  if (flags.json) process.stdout.write(`${JSON.stringify(JSON.parse(await reply.text()), undefined, 2)}\n`);
  else if (reply.body)
    await pipeline(Readable.fromWeb(reply.body as ReadableStream), process.stdout, { end: false });
  return 0;
}
