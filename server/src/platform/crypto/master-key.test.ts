import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadMasterKey } from './master-key.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ligand-key-'));
});
afterEach(() => rm(folder, { recursive: true }));

const fromFile = () => loadMasterKey({ fromEnvironment: undefined, folder });

describe('the master key', () => {
  it('is made once, readable only by its owner, and is the same from then on', async () => {
    const first = await fromFile();
    expect(first.bytes).toHaveLength(32);
    expect((await stat(join(folder, 'master.key'))).mode & 0o777).toBe(0o600);
    expect(await fromFile()).toEqual(first);
    expect(await readdir(folder)).toEqual(['master.key']);
  });

  it('is the same for all that make it at the same time', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, fromFile));
    expect(new Set(keys.map((key) => key.bytes.toString('hex'))).size).toBe(1);
  });

  it('is made in a folder that is not there yet', async () => {
    folder = join(folder, 'a', 'b');
    await fromFile();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    folder = join(folder, '..', '..');
  });

  it('is not used when others may read its file', async () => {
    await fromFile();
    await chmod(join(folder, 'master.key'), 0o644);
    await expect(fromFile()).rejects.toThrow(/may be read by other users \(mode 644\)\. Run: chmod 600/);
  });

  it('is not made anew when its file is damaged', async () => {
    await writeFile(join(folder, 'master.key'), 'half', { mode: 0o600 });
    await expect(fromFile()).rejects.toMatchObject({ code: 'master-key-malformed' });
    expect(await readFile(join(folder, 'master.key'), 'utf8')).toBe('half');
  });

  const bytes = randomBytes(32);
  it.each([
    bytes.toString('hex'),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    ` ${bytes.toString('hex')}\n`,
  ])('comes from the environment, in hexadecimal or base64 (%#)', async (fromEnvironment) => {
    expect((await loadMasterKey({ fromEnvironment, folder })).bytes).toEqual(bytes);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(['short', 'a'.repeat(63), 'z'.repeat(64), randomBytes(31).toString('base64')])(
    'is refused when it is no key, without repeating it (%#)',
    async (fromEnvironment) => {
      const error: Error = await loadMasterKey({ fromEnvironment, folder }).then(
        () => new Error('taken'),
        (e) => e,
      );
      expect(error.message).toMatch(/^LIGAND_MASTER_KEY is no master key/);
      expect(error.message).not.toContain(fromEnvironment);
    },
  );
});
