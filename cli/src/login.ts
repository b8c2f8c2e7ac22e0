import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { createClient } from '@ligand/sdk';
import { defaultUrl, saveCredentials } from './settings.ts';
import { type Flags, UsageError } from './usage.ts';

/** Exchanges e-mail and password for secrets and keeps these. */
export async function login(flags: Flags & { email?: string }): Promise<number> {
  const url = flags.url ?? process.env['LIGAND_URL'] ?? defaultUrl;
  const email = flags.email ?? process.env['LIGAND_EMAIL'] ?? (await ask('E-mail: '));
  const password = process.env['LIGAND_PASSWORD'] ?? (await ask('Password: ', true));
  const secrets = await createClient({ baseUrl: url }).login(email, password);
  const file = await saveCredentials({ url, ...secrets });
  const told = `Logged in to ${url} as ${email}. The secrets are in ${file}.`;
  process.stdout.write(`${flags.json ? JSON.stringify({ url, email, file }) : told}\n`);
  return 0;
}

async function ask(question: string, hidden = false): Promise<string> {
  if (!process.stdin.isTTY)
    throw new UsageError(
      'There is no terminal to ask at: give --email, and the password as LIGAND_PASSWORD.',
    );
  process.stdout.write(question);
  // What is typed is echoed by the terminal's line editor, which writes here.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: hidden ? silent : process.stdout,
    terminal: true,
  });
  try {
    return (await lines.question('')).trim();
  } finally {
    lines.close();
    if (hidden) process.stdout.write('\n');
  }
}
