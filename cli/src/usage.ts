/** The command line does not say what to do; the message does. */
export class UsageError extends Error {}

export interface Flags {
  url?: string;
  json?: boolean;
}

export const rest = `
Secrets come from LIGAND_USER_SECRET and LIGAND_ORGANIZATION_SECRET, else from the login.
The exit status is 0 when all went well, 1 when something failed, 2 when the command was not understood.
Completion of the shell: ligand complete bash, zsh or fish writes the script that does it.`;

/** `key=value`, of which there may be several. */
export function collectPairs(given: string, before: Record<string, string> = {}): Record<string, string> {
  const at = given.indexOf('=');
  if (at < 1) throw new UsageError(`'${given}' is no pair: write name=value.`);
  return { ...before, [given.slice(0, at)]: given.slice(at + 1) };
}
