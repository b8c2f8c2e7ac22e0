import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writePackage } from '../../sdk/scripts/write-package.ts';

// Makes `cli/dist`: the command line and all that it needs in one file, as a package that Node 20 can run.

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = `${root}dist/`;

const { rolldown } = await import('rolldown').catch(() => {
  console.log(
    'The package of the command line is not built: the development dependency rolldown is not installed.',
  );
  process.exit();
});
rmSync(folder, { recursive: true, force: true });
const bundle = await rolldown({ input: `${root}src/main.ts`, platform: 'node' });
await bundle.write({ file: `${folder}ligand.js`, format: 'esm', banner: '#!/usr/bin/env node' });
await bundle.close();

writePackage(root, folder, {
  description: 'Command line of Ligand, the integration platform',
  bin: { ligand: './ligand.js' },
});
