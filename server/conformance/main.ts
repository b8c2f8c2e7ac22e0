/** Runs every element definition of a folder as its users would, and tells what works. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findDefinitions } from './find-definitions.ts';
import type { FoundDefinition } from './find-definitions.ts';
import { printTable, toSummary } from './report.ts';
import { runElement } from './run-element.ts';
import type { ElementOutcome } from './run-element.ts';

const help = `npm run conformance -- <folder or file> [--json] [--strict]

Imports each element definition that lies there, exports it and compares, connects an account and calls each resource;
a stub on this machine stands in for every provider.

  --json     one object in place of the table: {elements, imported, exportedEqual, provisioned, resources, called,
             passed, failures: [{element, resource, reason}]}
  --strict   end with status 1 when anything failed, or there is no definition
  --help     this text`;

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function readArguments(): { place: string; asJson: boolean; strict: boolean } {
  const options = {
    json: { type: 'boolean' },
    strict: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (values.help) {
      process.stdout.write(`${help}\n`);
      process.exit(0);
    }
    const [place] = positionals;
    if (!place || positionals.length > 1) fail(`Name one folder or file.\n\n${help}`);
    if (!existsSync(place)) fail(`There is no folder or file '${place}'.`);
    return { place, asJson: values.json === true, strict: values.strict === true };
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${help}`);
  }
}

const { place, asJson, strict } = readArguments();
const definitions = await findDefinitions(place, (file, reason) => {
  process.stderr.write(`${file} is passed over: ${reason}\n`);
});
if (definitions.length === 0) process.stderr.write(`No element definition was found in '${place}'.\n`);
const outcomes = await runAll(definitions);
const summary = toSummary(outcomes);
process.stdout.write(asJson ? `${JSON.stringify(summary, undefined, 2)}\n` : printTable(outcomes, summary));
process.exitCode = strict && (summary.failures.length > 0 || summary.elements === 0) ? 1 : 0;

async function runAll(found: readonly FoundDefinition[]): Promise<ElementOutcome[]> {
  if (found.length === 0) return [];
  // The whole server, which nothing else here needs.
  const { startConformanceServer } = await import('./server.ts');
  const server = await startConformanceServer();
  const done: ElementOutcome[] = [];
  try {
    for (const definition of found) {
      done.push(await runElement(server, definition));
      if (process.stderr.isTTY) process.stderr.write(`\r${done.length}/${found.length} `);
    }
  } finally {
    await server.close();
    if (process.stderr.isTTY) process.stderr.write('\r');
  }
  return done;
}
