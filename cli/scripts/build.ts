import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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

const { name, version, type } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as Record<
  string,
  string
>;
const { license, engines } = JSON.parse(readFileSync(`${root}../package.json`, 'utf8')) as Record<
  string,
  unknown
>;
const own = {
  name,
  version,
  description: 'Command line of Ligand, the integration platform',
  license,
  type,
  engines,
  bin: { ligand: './ligand.js' },
};
writeFileSync(`${folder}package.json`, `${JSON.stringify(own, null, 2)}\n`);
for (const file of ['README.md', '../LICENSE']) copyFileSync(root + file, folder + file.replace('../', ''));
