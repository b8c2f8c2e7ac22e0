import { setTimeout as pause } from 'node:timers/promises';
import { LigandError } from '@ligand/sdk';
import type { Call, Client } from '@ligand/sdk';
import { print } from './output.ts';
import { openClient } from './settings.ts';
import { toTable } from './table.ts';
import { type Flags, UsageError } from './usage.ts';

interface LogFlags extends Flags {
  element?: string;
  status?: string;
  search?: string;
  from?: string;
  to?: string;
  limit: string;
  follow?: boolean;
}

const everyMs = 2_000;
const columns = {
  time: (one: Call) => one.traffic_date,
  status: (one: Call) => one.response_status,
  ms: (one: Call) => one.process_time,
  element: (one: Call) => one.element_key ?? '',
  account: (one: Call) => one.element_instance_id ?? '',
  call: (one: Call) => `${one.request_method} ${one.request_uri}`,
  request: (one: Call) => one.request_id,
  message: (one: Call) => one.message ?? '',
};

export async function showLogs(flags: LogFlags): Promise<number> {
  const limit = Number(flags.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000)
    throw new UsageError('--limit is a whole number from 1 to 1000.');
  const client = await openClient(flags.url);
  const first = (await read(client, flags, limit)).toReversed();
  if (!flags.follow) return print(flags, first, columns);
  return follow(client, flags, first);
}

/** None is an error of the API's, but not of somebody who looks. */
async function read(client: Client, flags: LogFlags, pageSize: number): Promise<Call[]> {
  const query = {
    pageSize,
    from: flags.from,
    to: flags.to,
    'keys[]': flags.element,
    status: flags.status,
    searchText: flags.search,
  };
  try {
    return await client.get('/usage', { query });
  } catch (error) {
    if (error instanceof LigandError && error.status === 404) return [];
    throw error;
  }
}

/** Writes a line for each call until somebody ends it. Calls are known a moment after they were. */
async function follow(client: Client, flags: LogFlags, first: Call[]): Promise<number> {
  const shown = new Set<string>();
  for (let calls = first; ; calls = (await read(client, flags, 200)).toReversed()) {
    for (const one of calls.filter(({ request_id }) => !shown.has(request_id))) {
      shown.add(one.request_id);
      const cells = Object.values(columns).map((cell) => String(cell(one)));
      process.stdout.write(`${flags.json ? JSON.stringify(one) : toTable(cells, [])}\n`);
    }
    await pause(everyMs);
  }
}

interface UsageFlags extends Flags {
  element?: string;
  interval: string;
  from?: string;
  to?: string;
}

export async function showUsage(flags: UsageFlags): Promise<number> {
  const client = await openClient(flags.url);
  const buckets = await client.get('/usage/analytics/statuses', {
    query: { interval: flags.interval, from: flags.from, to: flags.to, 'keys[]': flags.element },
  });
  return print(flags, buckets, {
    from: ({ timestamp }) => timestamp,
    calls: ({ count }) => count,
    'went well': (one) => one['success'] ?? '',
    failed: (one) => one['failed'] ?? '',
  });
}
