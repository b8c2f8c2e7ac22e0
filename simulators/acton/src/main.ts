import { parseArgs } from 'node:util';
import { startSimulator } from './simulator.ts';

const help = `Usage: node main.ts [--port <number>] [--host <address>] [--exit-with-parent]

Plays the provider Act-On. Prints one line of JSON with its URL when it is ready.`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    'exit-with-parent': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(help);
else {
  const simulator = await startSimulator({ port: Number(values.port), host: values.host });
  console.log(JSON.stringify({ url: simulator.url }));
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void simulator.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (values['exit-with-parent']) process.stdin.on('end', end).resume();
}
