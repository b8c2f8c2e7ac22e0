import { LigandError } from '@ligand/sdk';
import { CommanderError } from 'commander';
import { createProgram } from './program.ts';
import { UsageError } from './usage.ts';

const { program, status } = createProgram();
try {
  const args = process.argv.slice(2);
  if (args.length === 0) {
    program.outputHelp();
    process.exitCode = 2;
  } else {
    await program.parseAsync(args, { from: 'user' });
    process.exitCode = status();
  }
} catch (error) {
  // Commander has said it already.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else process.exitCode = tell(error);
}

function tell(error: unknown): number {
  const isKnown = error instanceof UsageError || error instanceof LigandError;
  const what = isKnown ? error.message : ((error as Error).stack ?? String(error));
  const provider = error instanceof LigandError ? error.providerMessage : undefined;
  process.stderr.write(`ligand: ${what}${provider ? ` The provider said: ${provider}` : ''}\n`);
  if (error instanceof LigandError && error.status >= 500 && error.requestId)
    process.stderr.write(`Quote the request id ${error.requestId} when you report it.\n`);
  return error instanceof UsageError ? 2 : 1;
}
