#!/usr/bin/env node
// Starts the command line on the Node that the project brings: the one on the machine may be too old for it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const { status } = spawnSync(existsSync(own) ? own : process.execPath, [program, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
