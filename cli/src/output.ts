import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { toTable } from './table.ts';
import type { Flags } from './usage.ts';
import { UsageError } from './usage.ts';

/** Something as JSON when that is asked for, else as its columns. */
export function print<T>(
  flags: Flags,
  value: T | readonly T[],
  columns: Record<string, (row: T) => unknown>,
): number {
  const rows = Array.isArray(value) ? (value as readonly T[]) : [value as T];
  if (flags.json) process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
  else {
    const cells = rows.map((row) => Object.values(columns).map((cell) => String(cell(row) ?? '')));
    process.stdout.write(`${toTable(Object.keys(columns), cells)}\n`);
  }
  return 0;
}

/** Tells a person what was done; JSON is for programs, which get what there is. */
export function report(flags: Flags, what: string, value: object): number {
  if (flags.json) process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
  else process.stderr.write(`${what}\n`);
  return 0;
}

/** Text as it is given, `@file`, or `-` for standard input. */
export async function readGiven(given: string): Promise<string> {
  if (given === '-') return readAll(process.stdin);
  if (!given.startsWith('@')) return given;
  try {
    return await readFile(given.slice(1), 'utf8');
  } catch {
    throw new UsageError(`There is no file '${given.slice(1)}' that can be read.`);
  }
}

/** All rows of a list; Node 20 has no `Array.fromAsync`. */
export async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
