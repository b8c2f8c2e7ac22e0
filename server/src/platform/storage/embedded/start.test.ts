import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '#kernel/log';
import { findStartTime, listProcesses } from './processes.ts';
import { startEmbeddedPostgres } from './start.ts';

const ownerScript = fileURLToPath(new URL('../../../../test/support/embedded-owner.ts', import.meta.url));
const hasSetpriv = spawnSync('setpriv', ['--pdeathsig', 'INT', 'true']).status === 0;
const isRoot = process.getuid?.() === 0;

let folder: string;
let prepared: string;
let owners: ChildProcess[];

/** initdb once for all tests: each begins with a copy of a folder that was used and stopped properly. */
beforeAll(async () => {
  prepared = await mkdtemp(join(tmpdir(), 'ligand-embedded-'));
  await (await startEmbeddedPostgres({ folder: join(prepared, 'data'), log: silentLog })).stop();
});
afterAll(() => rm(prepared, { recursive: true }));
beforeEach(async () => {
  // mkdtemp makes it with mode 0700: a user that PostgreSQL is run as cannot enter it.
  folder = join(await mkdtemp(join(tmpdir(), 'ligand-embedded-')), 'data');
  owners = [];
});
afterEach(async () => {
  for (const owner of owners) {
    if (owner.exitCode !== null || owner.signalCode !== null) continue;
    owner.kill('SIGKILL');
    await once(owner, 'exit');
  }
  // Taking the folder over stops what is left.
  if ((await runningPostgres()).length > 0)
    await (await startEmbeddedPostgres({ folder, log: silentLog })).stop();
  await rm(join(folder, '..'), { recursive: true });
});

async function usePrepared(): Promise<void> {
  await cp(join(prepared, 'data'), folder, { recursive: true, preserveTimestamps: true });
}

/** Starts another process on the folder; resolves with what it says. */
async function startOwner(more: SpawnOptions = {}): Promise<{ owner: ChildProcess; said: string }> {
  const owner = spawn(process.execPath, [ownerScript, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...more,
  });
  owners.push(owner);
  if (!owner.stdout) throw new Error('no stdout');
  const [said] = (await once(createInterface(owner.stdout), 'line')) as [string];
  return { owner, said };
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function runningPostgres(): Promise<number[]> {
  return (await listProcesses())
    .filter((line) => line.command.includes(`postgres -D ${folder}`))
    .map((line) => line.pid);
}

describe('the embedded PostgreSQL', () => {
  it('keeps its data from one start to the next, under a password that only its owner may read', async () => {
    const first = await startEmbeddedPostgres({ folder, log: silentLog });
    await query(first.url, 'create table kept (id int)');
    await first.stop();
    expect(await runningPostgres()).toEqual([]);
    const second = await startEmbeddedPostgres({ folder, log: silentLog });
    expect(await query(second.url, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }]);
    expect(await query(second.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await query(second.url, 'select rolsuper from pg_roles where rolname = current_user')).toEqual([
      { rolsuper: false },
    ]);
    const wrong = new URL(second.url);
    wrong.password = 'x';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password/);
    expect((await stat(join(folder, 'postgres.password'))).mode & 0o777).toBe(0o600);
    await second.stop();
    await second.stop();
  });

  it('refuses a folder that a living process uses, and names that process', async () => {
    await usePrepared();
    const { owner, said } = await startOwner();
    const started = startEmbeddedPostgres({ folder, log: silentLog });
    await expect(started).rejects.toThrow(
      `The data folder ${folder} is in use by process ${owner.pid}; stop it or pass --data with another folder.`,
    );
    expect(await query(said, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('lets only one of several processes that start together have the folder, also after a kill', async () => {
    await usePrepared();
    const { owner } = await startOwner();
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const said = (await Promise.all([startOwner(), startOwner(), startOwner()])).map((each) => each.said);
    expect(said.filter((line) => line.startsWith('postgres://'))).toHaveLength(1);
    expect(said.filter((line) => line.includes('is in use by process'))).toHaveLength(2);
  });

  it('ends with its owner, however that ends, and starts again with what was committed', async () => {
    await usePrepared();
    const { owner, said } = await startOwner();
    await query(said, 'create table kept (id int); insert into kept values (7)');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    if (hasSetpriv) await vi.waitFor(async () => expect(await runningPostgres()).toEqual([]), 20_000);
    else console.log('not tested: without setpriv PostgreSQL is stopped at the next start only');
    const again = await startEmbeddedPostgres({ folder, log: silentLog });
    expect(await query(again.url, 'select id from kept')).toEqual([{ id: 7 }]);
    await again.stop();
  });

  it('recovers when it was killed together with its owner', async () => {
    await usePrepared();
    const { owner, said } = await startOwner();
    await query(said, 'create table kept (id int); insert into kept values (8)');
    for (const pid of await runningPostgres()) process.kill(pid, 'SIGKILL');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const again = await startEmbeddedPostgres({ folder, log: silentLog });
    expect(await query(again.url, 'select id from kept')).toEqual([{ id: 8 }]);
    await again.stop();
  });

  it('takes no other process that has the pid of a former start for its own', async () => {
    await usePrepared();
    // As after a restart of a container: the pids in the files now belong to others.
    const started = (await findStartTime(process.ppid)) ?? '';
    // One that only begins like the living one's is another one.
    await writeFile(join(folder, 'ligand.pid'), `${process.ppid} ${started.slice(0, -1)}\n`);
    await writeFile(
      join(folder, 'postgres', 'postmaster.pid'),
      `${process.ppid}\n${folder}/postgres\n1\n5432\n\n127.0.0.1\n`,
    );
    const server = await startEmbeddedPostgres({ folder, log: silentLog });
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('begins again after an interrupted first start', async () => {
    await mkdir(join(folder, 'postgres.new', 'base'), { recursive: true });
    await writeFile(join(folder, 'postgres.new', 'PG_VERSION'), '18\n');
    await mkdir(join(folder, 'postgres'));
    await writeFile(join(folder, 'postgres.password'), '');
    const server = await startEmbeddedPostgres({ folder, log: silentLog });
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(await readdir(folder)).not.toContain('postgres.new');
  });

  it('does not touch a folder with files of somebody else', async () => {
    await mkdir(join(folder, 'postgres'), { recursive: true });
    await writeFile(join(folder, 'postgres', 'letter.txt'), 'dear');
    const started = startEmbeddedPostgres({ folder, log: silentLog });
    await expect(started).rejects.toThrow(/has files but no PostgreSQL database; move it away/);
    expect(await readFile(join(folder, 'postgres', 'letter.txt'), 'utf8')).toBe('dear');
    await rm(join(folder, 'postgres'), { recursive: true });
  });

  it('says that a path is no folder', async () => {
    const file = join(folder, '..', 'file');
    await writeFile(file, '');
    const started = startEmbeddedPostgres({ folder: file, log: silentLog });
    await expect(started).rejects.toThrow(`The data folder ${file} cannot be used: EEXIST`);
  });

  it('says what PostgreSQL said when it does not start, and gives the folder free', async () => {
    await usePrepared();
    const version = join(folder, 'postgres', 'PG_VERSION');
    await writeFile(version, '17\n');
    await expect(startEmbeddedPostgres({ folder, log: silentLog })).rejects.toThrow(
      /database files are incompatible with server.*postgres\.log/,
    );
    await writeFile(version, '18\n');
    await (await startEmbeddedPostgres({ folder, log: silentLog })).stop();
  });

  it('survives Ctrl-C in the terminal until its owner stops it', async () => {
    await usePrepared();
    const { owner, said } = await startOwner({ detached: true });
    // The terminal sends the signal to all processes of the group.
    process.kill(-(owner.pid ?? 0), 'SIGINT');
    expect(await query(said, 'select 1 as one')).toEqual([{ one: 1 }]);
    owner.kill('SIGTERM');
    expect(await once(owner, 'exit')).toEqual([0, null]);
    expect(await runningPostgres()).toEqual([]);
  });

  it.runIf(isRoot)('does not run as root, and runs on data that root has restored', async () => {
    await usePrepared();
    const restored = join(folder, 'restored');
    // cp gives the copy to us, root.
    await cp(join(folder, 'postgres'), restored, { recursive: true });
    await rm(join(folder, 'postgres'), { recursive: true });
    await rename(restored, join(folder, 'postgres'));
    await chmod(join(folder, 'postgres'), 0o700);
    const server = await startEmbeddedPostgres({ folder, log: silentLog });
    expect((await stat(join(folder, 'postgres'))).uid).not.toBe(0);
    await server.stop();
  });
});
