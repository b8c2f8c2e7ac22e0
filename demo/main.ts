import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createClient } from './client.ts';
import { hearOfChanges, listenForEvents } from './events.ts';
import { connectAccount, deleteContact, simulated, useAccount } from './flow.ts';
import type { Connected } from './flow.ts';
import { startServer } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';
import * as show from './show.ts';

const help = `Usage: npm run demo -- [options]

Starts PostgreSQL, a simulated Act-On and the server, connects an account as a client would, and works with it.

  --exit            End when the flow is through, instead of leaving the server running
  --port <number>   Port of the server; a free one by default
  --data <folder>   Folder of the demo's data; .ligand/demo by default
  --help            Show this text`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      exit: { type: 'boolean', default: false },
      port: { type: 'string' },
      data: { type: 'string', default: fileURLToPath(new URL('../.ligand/demo', import.meta.url)) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.port !== undefined && !/^\d{1,5}$/.test(values.port))
    throw new Error('--port must be a number.');
  return values;
}

function tellHowToGoOn({ url, email, password }: ServerProcess, connected: Connected): void {
  const base = `${url}/elements/api-v2`;
  const header = `Authorization: User ${connected.user}, Element ${connected.elementToken}`;
  show.heading(10, 'Go on by yourself');
  console.log(`
   Console              ${url}/
   user and password    ${email}  ${password}
   API                  ${base}
   A page to try it     ${base}/docs
   user secret          ${connected.user}
   organization secret  ${connected.organization}
   element token        ${connected.elementToken}

   curl -H '${header}' '${base}/hubs/marketing/lists?pageSize=5'
   curl -H '${header}' '${base}/hubs/marketing/campaigns'
   curl -H 'Authorization: User ${connected.user}, Organization ${connected.organization}' '${base}/instances/${connected.instanceId}'
`);
}

async function untilStopped(server: ServerProcess): Promise<void> {
  const stopped = new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
  console.log('   The server runs until you press Ctrl-C.');
  await Promise.race([
    stopped,
    server.ended.then((said) => {
      throw new Error(`The server ended: ${said}`);
    }),
  ]);
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  console.log(`Starting PostgreSQL, the simulated provider '${simulated.elementKey}' and the server …`);
  const startedMs = Date.now();
  const listener = await listenForEvents();
  const server = await startServer(resolve(options.data), {
    port: options.port === undefined ? undefined : Number(options.port),
    allowHost: listener.host,
  });
  try {
    console.log(`Ready after ${((Date.now() - startedMs) / 1000).toFixed(1)} s on ${server.url}`);
    const client = createClient(`${server.url}/elements/api-v2`);
    const connected = await connectAccount(client, server);
    const contact = await useAccount(client, connected);
    await hearOfChanges(client, connected, contact, listener);
    await deleteContact(client, connected, contact);
    tellHowToGoOn(server, connected);
    if (!options.exit) await untilStopped(server);
  } finally {
    listener.close();
    await server.stop();
  }
}

try {
  await main();
} catch (error) {
  show.fault(`The demo failed: ${(error as Error).message}`);
  process.exitCode = 1;
}
