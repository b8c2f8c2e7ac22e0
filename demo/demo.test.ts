import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('main.ts', import.meta.url));
let folder: string;

beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'ligand-demo-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

function runDemo(...flags: string[]): Promise<{ status: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...flags], { env: { ...process.env, NO_COLOR: '1' } });
    let said = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    child.stderr.on('data', (chunk) => (said += String(chunk)));
    child.on('close', (status) => resolve({ status, said }));
  });
}

describe('npm run demo -- --exit', () => {
  it.each(['the first time', 'again on the same data'])(
    'connects an account and works with it, %s',
    { timeout: 60_000 },
    async () => {
      const { status, said } = await runDemo('--exit', '--data', folder);
      expect([status, said]).toEqual([0, expect.any(String)]);
      for (let step = 1; step <= 10; step++) expect(said).toMatch(new RegExp(`^${step}\\. `, 'm'));
      expect(said).toMatch(/"oauthUrl": "http:\/\/127\.0\.0\.1:\d+\/authorize\?/);
      expect(said).toMatch(/auth\?code=\w+&state=customer-42/);
      expect(said).toMatch(/→ POST http:\/\/127\.0\.0\.1:\d+\/events .*\n[^]*"eventType": "UPDATED"/);
      expect(said).toMatch(/"name": "Newsletter"[^]*nextPage=[^]*"name": "Partners"/);
      expect(said).toMatch(/→ DELETE \/hubs\/marketing\/lists\/[^/]+\/contacts\//);
      expect(said).toMatch(/curl -H 'Authorization: User .+, Element .+' 'http:/);
    },
  );
});

it('says in one line what is wrong with an option', async () => {
  expect(await runDemo('--nonsense')).toEqual({
    status: 1,
    said: expect.stringMatching(/^The demo failed: Unknown option '--nonsense'.*\n$/),
  });
});

it('ends when the server cannot start, and says why', { timeout: 20_000 }, async () => {
  process.env['LIGAND_ELEMENTS'] = join(folder, 'nowhere');
  try {
    const { status, said } = await runDemo('--exit', '--data', folder);
    expect(status).toBe(1);
    expect(said).toMatch(/The demo failed: .*The elements folder \S+nowhere cannot be read/s);
  } finally {
    delete process.env['LIGAND_ELEMENTS'];
  }
});
