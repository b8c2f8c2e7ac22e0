import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';

// The package that `npm run prepare` makes, where somebody has installed it. Node reads no TypeScript below node_modules.

const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ligand-sdk-'));
  await run(process.execPath, [fileURLToPath(new URL('../scripts/build.ts', import.meta.url))]);
  const built = fileURLToPath(new URL('../dist', import.meta.url));
  await cp(built, join(folder, 'node_modules/@ligand/sdk'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

it('can be imported as JavaScript', async () => {
  const code =
    "import { authorizationOf } from '@ligand/sdk'; console.log(authorizationOf({ userSecret: 'a', elementToken: 'b' }));";
  await writeFile(join(folder, 'caller.mjs'), code);
  const { stdout } = await run(process.execPath, [
    '--no-experimental-strip-types',
    join(folder, 'caller.mjs'),
  ]);
  expect(stdout).toBe('User a, Element b\n');
});

it('has the types of the API', async () => {
  const file = join(folder, 'caller.mts');
  await writeFile(
    file,
    `import { createClient } from '@ligand/sdk';
    const client = createClient({ baseUrl: '', authorization: '' });
    const { email } = await client.get('/users/{idOrEmail}', { path: { idOrEmail: 'me' } });
    export const text: string = email;
    export const wrong: number = email;
    await client.get('/nowhere');`,
  );
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
  });
  const faults = ts.getPreEmitDiagnostics(program).map(({ file: of, start = 0 }) => ({
    of: of?.fileName,
    line: of && of.getLineAndCharacterOfPosition(start).line + 1,
  }));
  expect(faults).toEqual([
    { of: file, line: 5 },
    { of: file, line: 6 },
  ]);
});
