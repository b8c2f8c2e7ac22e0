import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp } from '../../server/test/support/app.ts';
import type { TestApp } from '../../server/test/support/app.ts';

// The package that `npm run prepare` makes, where somebody has installed it: alone, and below node_modules.

const run = promisify(execFile);
let app: TestApp;
let folder: string;

beforeAll(async () => {
  app = await startTestApp();
  folder = await mkdtemp(join(tmpdir(), 'ligand-cli-'));
  await run(process.execPath, [fileURLToPath(new URL('../scripts/build.ts', import.meta.url))]);
  const built = fileURLToPath(new URL('../dist', import.meta.url));
  await cp(built, join(folder, 'node_modules/ligand-cli'), { recursive: true });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

it('runs as JavaScript, and needs nothing beside it', async () => {
  const { default: own } = await import(join(folder, 'node_modules/ligand-cli/package.json'), {
    with: { type: 'json' },
  });
  const program = join(folder, 'node_modules/ligand-cli', own.bin.ligand);
  const { stdout } = await run(
    process.execPath,
    ['--no-experimental-strip-types', program, 'elements', 'list', '--json'],
    {
      env: {
        HOME: folder,
        LIGAND_URL: app.origin,
        LIGAND_USER_SECRET: app.userSecret,
        LIGAND_ORGANIZATION_SECRET: app.organizationSecret,
      },
    },
  );
  expect(JSON.parse(stdout)).toEqual([]);
});
