import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { authorizationOf, createClient } from '@ligand/sdk';
import type { Client } from '@ligand/sdk';
import { UsageError } from './usage.ts';

/** Where and as whom to call. */
export interface Credentials {
  url: string;
  userSecret: string;
  organizationSecret: string;
}

export const defaultUrl = 'http://127.0.0.1:8080';

function credentialsFile(): string {
  const folder = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
  return join(folder, 'ligand', 'credentials.json');
}

/** Keeps what a login gave, for this user of the machine alone. */
export async function saveCredentials(credentials: Credentials): Promise<string> {
  const file = credentialsFile();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${JSON.stringify(credentials, undefined, 2)}\n`, { mode: 0o600 });
  return file;
}

/** A client, and whose it is. */
export interface Session {
  client: Client;
  baseUrl: string;
  userSecret: string;
}

/**
 * A session with the secrets of the environment (`LIGAND_USER_SECRET`, `LIGAND_ORGANIZATION_SECRET`), else of the login.
 *
 * @param url of the command line; else `LIGAND_URL`, else the server that was logged in to.
 * @throws UsageError when there are none.
 */
export async function openSession(url: string | undefined): Promise<Session> {
  const { LIGAND_URL, LIGAND_USER_SECRET, LIGAND_ORGANIZATION_SECRET } = process.env;
  const saved = await readSaved();
  const baseUrl = url ?? LIGAND_URL ?? saved?.url ?? defaultUrl;
  const given =
    LIGAND_USER_SECRET && LIGAND_ORGANIZATION_SECRET
      ? { userSecret: LIGAND_USER_SECRET, organizationSecret: LIGAND_ORGANIZATION_SECRET }
      : undefined;
  // Secrets of one server are not for another.
  const secrets = given ?? (saved?.url === baseUrl ? saved : undefined);
  if (!secrets)
    throw new UsageError(
      `Nobody is logged in to ${baseUrl}. Run 'ligand login', or set LIGAND_USER_SECRET and LIGAND_ORGANIZATION_SECRET.`,
    );
  const client = createClient({ baseUrl, authorization: authorizationOf(secrets) });
  return { client, baseUrl, userSecret: secrets.userSecret };
}

/** The client of a session. */
export async function openClient(url: string | undefined): Promise<Client> {
  return (await openSession(url)).client;
}

async function readSaved(): Promise<Credentials | undefined> {
  try {
    return JSON.parse(await readFile(credentialsFile(), 'utf8')) as Credentials;
  } catch {
    return undefined; // There was no login yet.
  }
}
