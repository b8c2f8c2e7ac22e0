import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Makes `sdk/dist`: the client as a package of JavaScript and types, for Node 20 and for bundlers that read no TypeScript.

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = `${root}dist/`;

const ts = (await import('typescript').catch(() => undefined))?.default;
if (!ts) {
  console.log(
    'The package of the client is not built: the development dependency typescript is not installed.',
  );
  process.exit();
}
rmSync(folder, { recursive: true, force: true });
const { options } = ts.getParsedCommandLineOfConfigFile(
  `${root}tsconfig.json`,
  {
    noEmit: false,
    allowImportingTsExtensions: false,
    rewriteRelativeImportExtensions: true,
    declaration: true,
    outDir: folder,
    rootDir: `${root}src`,
  },
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
) ?? { options: {} };
const { emitSkipped, diagnostics } = ts.createProgram([`${root}src/index.ts`], options).emit();
if (emitSkipped) throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(options)));

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
  description: 'Typed client of Ligand, the integration platform',
  license,
  type,
  engines,
  sideEffects: false,
  exports: { '.': { types: './index.d.ts', default: './index.js' } },
};
writeFileSync(`${folder}package.json`, `${JSON.stringify(own, null, 2)}\n`);
for (const file of ['README.md', '../LICENSE']) copyFileSync(root + file, folder + file.replace('../', ''));
