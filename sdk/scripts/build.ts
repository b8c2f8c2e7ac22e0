import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writePackage } from './write-package.ts';

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

writePackage(root, folder, {
  description: 'Typed client of Ligand, the integration platform',
  sideEffects: false,
  exports: { '.': { types: './index.d.ts', default: './index.js' } },
});
