/**
 * Builds the console after `npm ci` and before the tests, when its sources have changed since. Where nothing for building is installed
 * (`--omit=dev`) it says so and goes on.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
const sources = [
  'src',
  'public',
  'scripts',
  '../sdk/src',
  'index.html',
  'widget.html',
  'vite.config.ts',
  'package.json',
];

/** When something of it was changed for the last time; 0 when it is not there. */
async function changedMs(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const below = await readdir(path);
  return Math.max(found.mtimeMs, ...(await Promise.all(below.map((name) => changedMs(join(path, name))))));
}

async function main(): Promise<void> {
  const builtMs = await changedMs(join(folder, 'dist/index.html'));
  const latestMs = Math.max(...(await Promise.all(sources.map((name) => changedMs(join(folder, name))))));
  if (builtMs > latestMs) return;
  const vite = await import('vite').catch(() => undefined);
  if (!vite) {
    process.stderr.write('The console is not built: install with dev dependencies, or bring console/dist.\n');
    return;
  }
  await vite.build({ configFile: join(folder, 'vite.config.ts'), logLevel: 'warn' });
}

await main();
