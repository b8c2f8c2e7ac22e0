import { randomBytes } from 'node:crypto';
import type { AccountData } from './model.ts';
import { seedAccount } from './seed/account.ts';
import { seedPerson } from './seed/people.ts';
import type { EventType, Happening } from './webhooks/event-types.ts';

export interface Session {
  clientId: string;
  username: string;
  expiresMs: number;
}

export interface Code {
  clientId: string;
  redirectUri: string;
  username: string;
  expiresMs: number;
}

/** A list is a table: headings, and rows by record number. */
export interface List {
  id: string;
  name: string;
  folder: string;
  description: string;
  headings: string[];
  emailColumn: number;
  rows: Map<number, Row>;
  nextRow: number;
  modifiedMs: number;
}

export interface Row {
  values: string[];
  createdMs: number;
  modifiedMs: number;
}

export interface Job {
  id: string;
  listId: string;
  startedMs: number;
  /** Does what was uploaded: nobody sees it before the job has ended. */
  finish: () => JobOutcome;
  outcome: JobOutcome | undefined;
}

export interface JobOutcome {
  appendCount: number;
  updateCount: number;
  /** Rows that could not be taken. */
  rejected: string[][];
}

export interface Sender {
  name: string;
  email: string;
}

export interface State {
  clients: Map<string, { secret: string; redirectUris: string[] }>;
  people: Map<string, string>;
  codes: Map<string, Code>;
  accessTokens: Map<string, Session>;
  /** One use each. */
  refreshTokens: Map<string, Session>;
  accessLifeMs: number;
  refreshLifeMs: number;
  lists: Map<string, List>;
  nextList: number;
  jobs: Map<string, Job>;
  nextJob: number;
  senders: Sender[];
  /** What else the account holds. */
  account: AccountData;
  counts: { tokensByCode: number; refreshes: number };
  /** What the webhooks have not been told yet. */
  happened: Happening[];
  happen(type: EventType, data: Record<string, unknown>): void;
  /** Puts everything but applications, people and tokens back. */
  reset(nowMs: number): void;
}

export function createState(nowMs: number): State {
  const state: State = {
    clients: new Map([
      ['ligand-demo', { secret: 'ligand-demo-secret', redirectUris: ['https://www.mycoolapp.com/auth'] }],
    ]),
    people: new Map([['ann@example.com', 'correct horse']]),
    codes: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    accessLifeMs: 3600_000,
    refreshLifeMs: 30 * 86_400_000,
    lists: new Map(),
    nextList: 1,
    jobs: new Map(),
    nextJob: 1_000_001,
    senders: [],
    account: seedAccount(nowMs),
    counts: { tokensByCode: 0, refreshes: 0 },
    happened: [],
    happen: (type, data) => void state.happened.push({ type, data }),
    reset(atMs) {
      state.account = seedAccount(atMs);
      state.happened = [];
      state.lists.clear();
      state.jobs.clear();
      state.nextList = 1;
      state.senders = [
        { name: 'Ann Ashe', email: 'ann@example.com' },
        { name: 'Marketing', email: 'marketing@example.com' },
        { name: 'Support', email: 'support@example.com' },
      ];
      seedLists(state, atMs);
    },
  };
  state.reset(nowMs);
  return state;
}

function seedLists(state: State, nowMs: number): void {
  const headings = ['First Name', 'Last Name', 'E-mail Address', 'Company'];
  const sizes: [string, number][] = [
    ['Newsletter', 60],
    ['Webinar in spring', 25],
    ['Customers', 12],
    ['Partners', 3],
  ];
  for (const [name, size] of sizes) {
    const list = newList(state, { name, folder: 'Default Folder', headings, emailColumn: 2 }, nowMs);
    state.lists.set(list.id, list);
    for (let index = 0; index < size; index++) {
      const { firstName, lastName, email, company } = seedPerson(index);
      addRow(list, [firstName, lastName, email, company], nowMs);
    }
  }
}

/** A list that nobody sees yet. */
export function newList(
  state: State,
  made: { name: string; folder: string; headings: string[]; emailColumn: number },
  nowMs: number,
): List {
  const id = `l-${String(state.nextList++).padStart(4, '0')}`;
  const list: List = {
    id,
    description: 'Uploaded Marketing List',
    rows: new Map(),
    nextRow: 0,
    modifiedMs: nowMs,
    ...made,
  };
  return list;
}

export function addRow(list: List, values: string[], nowMs: number): number {
  const number = list.nextRow++;
  list.rows.set(number, { values, createdMs: nowMs, modifiedMs: nowMs });
  list.modifiedMs = nowMs;
  return number;
}

export function newToken(): string {
  return randomBytes(24).toString('hex');
}
