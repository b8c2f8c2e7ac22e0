import { parseArgs } from 'node:util';
import { LigandError } from '@ligand/sdk';
import { exportElement, listElements, removeElement } from './elements.ts';
import { importElements } from './import.ts';
import { login } from './login.ts';
import { help, UsageError } from './usage.ts';

const options = {
  url: { type: 'string' },
  email: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
  update: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export type Flags = ReturnType<
  typeof parseArgs<{ options: typeof options; allowPositionals: true }>
>['values'];

/** @returns the exit status. */
async function run(args: string[]): Promise<number> {
  const { values: flags, positionals } = readArguments(args);
  const [noun, verb, ...rest] = positionals;
  if (flags.help || noun === undefined || noun === 'help') {
    process.stdout.write(`${help}\n`);
    return flags.help || noun === 'help' ? 0 : 2;
  }
  if (noun === 'login') return login(flags);
  if (noun !== 'elements') throw new UsageError(`There is no command '${noun}'. See ligand --help.`);
  switch (verb) {
    case 'list':
      return listElements(flags);
    case 'import':
      return importElements(rest, flags);
    case 'export':
      return exportElement(one(rest, 'key or id of an element'), flags);
    case 'remove':
      return removeElement(one(rest, 'key or id of an element'), flags);
    default:
      throw new UsageError(`There is no command 'elements ${verb ?? ''}'. See ligand --help.`);
  }
}

function readArguments(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See ligand --help.`);
  }
}

function one(rest: string[], what: string): string {
  const [first] = rest;
  if (first === undefined || rest.length > 1) throw new UsageError(`Name one ${what}.`);
  return first;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const isKnown = error instanceof UsageError || error instanceof LigandError;
  process.stderr.write(`ligand: ${isKnown ? error.message : ((error as Error).stack ?? String(error))}\n`);
  if (error instanceof LigandError && error.status >= 500 && error.requestId)
    process.stderr.write(`Quote the request id ${error.requestId} when you report it.\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
