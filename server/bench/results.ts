import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import type { Measured } from './load.ts';

export interface Row {
  what: string;
  value: string;
  /** Beside the baseline of the same run; undefined where there is none. */
  ratio?: number | undefined;
  /** Lowest and highest round. */
  spread?: string;
  /** What the value should be. */
  wanted?: string;
  note?: string;
}

/** A rate beside that of the first target; the note goes on behind the processor time that each took. */
export function rateRow(
  what: string,
  { callsPerSecond, beside, spread, cpuMicrosOfCall }: Measured,
  { wanted, note = 'a call' }: { wanted?: string | undefined; note?: string } = {},
): Row {
  return {
    what,
    value: `${Math.round(callsPerSecond)}/s`,
    spread: spread.map(Math.round).join('–'),
    ratio: beside,
    note: `${cpuMicrosOfCall.toFixed(0)} µs of CPU ${note}`,
    ...(wanted !== undefined && { wanted }),
  };
}

interface Result {
  /** What was measured on, and how busy others kept it. */
  machine: string;
  date: string;
  rows: Row[];
}

const file = new URL('results.json', import.meta.url);
const readme = new URL('README.md', import.meta.url);
const begin = '<!-- results: written by npm run bench -->';
const end = '<!-- end of results -->';

/** Before any of ours runs. */
const othersLoad = loadavg()[0] ?? 0;

/** Adds results of this run to those of others, and writes the table in the README anew. */
export async function writeResults(run: Record<string, Row[]>): Promise<void> {
  const results = JSON.parse(await readFile(file, 'utf8')) as Record<string, Result>;
  const gigabytes = Math.round(totalmem() / 1024 ** 3);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${gigabytes} GB, Node ${process.version}, load average ${othersLoad.toFixed(1)} before`;
  const date = new Date().toISOString().slice(0, 10);
  for (const [name, rows] of Object.entries(run)) results[name] = { machine, date, rows };
  await writeFile(file, `${JSON.stringify(results, undefined, 2)}\n`);
  const text = await readFile(readme, 'utf8');
  const before = text.slice(0, text.indexOf(begin) + begin.length);
  const after = text.slice(text.indexOf(end));
  await writeFile(readme, `${before}\n\n${toTables(results)}\n\n${after}`);
}

function toTables(results: Record<string, Result>): string {
  return Object.entries(results)
    .map(([name, { machine, date, rows }]) => `\`${name}\`, ${date}, on ${machine}:\n\n${toTable(rows)}`)
    .join('\n\n');
}

/** As Prettier would write it. */
function toTable(rows: Row[]): string {
  const cells = [
    ['What', 'Value', 'Rounds', 'Ratio', 'Wanted', 'Besides'],
    ...rows.map(({ what, value, spread, ratio, wanted, note }) => [
      what,
      value,
      spread ?? '',
      ratio === undefined ? '' : ratio.toFixed(2),
      wanted ?? '',
      note ?? '',
    ]),
  ];
  const widths =
    cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(cells[0] ?? []), rule, ...cells.slice(1).map(line)].join('\n');
}
