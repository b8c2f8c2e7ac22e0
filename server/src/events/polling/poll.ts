import type { Clock } from '#kernel/clock';
import type { Gateway } from '#gateway';
import type { Connection } from '#instances';
import { pollIdMissing, pollListTooLong } from '../errors.ts';
import type { ClaimedPoll, Mark, PollProgress, PollStore } from '../poll-store.ts';
import type { Recorder } from '../recorder.ts';
import { settingsOf } from '../settings.ts';
import { classify, comparesWhole, readRecord } from './change.ts';
import type { ListedRecord } from './change.ts';
import type { PollPlan } from './plan.ts';
import { fingerprintOf, toNewEvent } from './poll-event.ts';
import type { Change } from './poll-event.ts';
import { readPage } from './read-page.ts';
import { nextPollMs } from './schedule.ts';

export interface PollParts {
  store: PollStore;
  gateway: Pick<Gateway, 'run'>;
  recorder: Recorder;
  clock: Clock;
}

export interface PollResult {
  /** Records that were read. */
  records: number;
  /** Changes that were told. */
  changes: number;
}

/**
 * So far before the last poll a poll looks again: the provider's clock may go slower than ours, and what happens in
 * the second of a poll may come late.
 */
const lookBackMs = 5 * 60_000;
/** An account whose first poll comes so soon after its events were enabled has missed nothing. */
const promptMs = 60_000;
/** Then others have their turn. */
const mostPagesOfTurn = 50;
const longestTurnMs = 2 * 60_000;
/** A place in a list is worth nothing when the list has moved on for so long. */
const longestBreakMs = 60 * 60_000;
/** Records of one event, so that a delivery can be taken by its callback. */
const mostOfEvent = 200;
/** Records that are compared by content, or looked for as a whole. */
const mostCompared = 100_000;

/** Another process has the poll now, or it was removed: what this one finds does not count. */
export class LeaseLost extends Error {}

interface Run extends PollParts {
  poll: ClaimedPoll;
  plan: PollPlan;
  connection: Connection;
  startedMs: number;
  /** Changes since then are looked for. */
  sinceMs: number;
  isWhole: boolean;
  /** The first poll: what it does not know is not new. */
  isBaseline: boolean;
  /** Ids of a list that is compared as a whole. */
  listed: Set<string>;
  compared: number;
}

/**
 * Reads what has changed since the last poll, page by page; what a page has shown is stored before the next is read.
 * A poll that dies in the middle goes on, or is repeated: marks tell what has been told already.
 */
export async function poll(
  parts: PollParts,
  claimed: ClaimedPoll,
  plan: PollPlan,
  connection: Connection,
  signal: AbortSignal,
): Promise<PollResult> {
  const run = await begin(parts, claimed, plan, connection);
  const result: PollResult = { records: 0, changes: 0 };
  const turnStartedMs = run.clock.nowMs();
  let token = run.poll.progress?.token;
  let pages = token === undefined ? 0 : 1;
  let before = '';
  for (let inTurn = 1; ; inTurn++) {
    if (signal.aborted) throw new LeaseLost();
    const { records, next } = await readPage(run.gateway, connection, plan, { sinceMs: run.sinceMs, token });
    const page = readRecords(plan, records);
    const names = fingerprintOf(page);
    // A provider that does not know pages gives the same one again and again.
    const repeats = page.length > 0 && names === before;
    before = names;
    const goesOn = next !== undefined && !repeats;
    pages++;
    result.records += page.length;
    const progress =
      goesOn && !run.isWhole ? { token: next, startedMs: run.startedMs, url: plan.urlText } : null;
    result.changes += await takePage(run, page, progress);
    if (!goesOn) break;
    token = next;
    const isOver = inTurn >= mostPagesOfTurn || run.clock.nowMs() - turnStartedMs > longestTurnMs;
    if (isOver && !run.isWhole) {
      await hold(run.store.release(claimed, run.clock.nowMs()));
      return result;
    }
  }
  if (run.isWhole) result.changes += await takeMissing(run, pages === 1 && run.listed.size > 0);
  await finish(run, pages === 1);
  return result;
}

async function begin(
  parts: PollParts,
  claimed: ClaimedPoll,
  plan: PollPlan,
  connection: Connection,
): Promise<Run> {
  const nowMs = parts.clock.nowMs();
  const { progress } = claimed;
  const goesOn =
    progress?.url === plan.urlText && nowMs - progress.startedMs < longestBreakMs && !comparesWhole(plan);
  const isBaseline = claimed.baseline !== baselineOf(plan);
  await settlePending(parts.store, claimed);
  if (isBaseline && claimed.baseline !== null) await hold(parts.store.forgetContents(claimed));
  return {
    ...parts,
    poll: goesOn ? claimed : { ...claimed, progress: null },
    plan,
    connection,
    startedMs: goesOn ? progress.startedMs : nowMs,
    sinceMs: claimed.checkpointMs - lookBackMs - plan.delayMs,
    isWhole: comparesWhole(plan),
    isBaseline,
    listed: new Set(),
    compared: 0,
  };
}

/** What was to be stored when a process died is either known now, or it is found again. */
async function settlePending(store: PollStore, claimed: ClaimedPoll): Promise<void> {
  const { pending, instanceId, sequence, progress } = claimed;
  if (!pending) return;
  const marks = (await store.isStored(instanceId, pending.fingerprint)) ? pending.marks : [];
  await hold(store.saveMarks(claimed, { marks, sequence, progress }));
}

/** Lists that are compared as a whole are compared with one of the same kind. */
function baselineOf(plan: PollPlan): string {
  return comparesWhole(plan) ? `whole ${plan.idField} ${plan.urlText}` : 'since';
}

function readRecords(plan: PollPlan, records: unknown[]): ListedRecord[] {
  const read = records.map((record) => readRecord(plan, record)).filter((record) => record !== undefined);
  if (records.length > 0 && read.length === 0) throw pollIdMissing(plan.objectName, plan.idField);
  return read;
}

/** Tells of the changes of a page. @returns how many. */
async function takePage(run: Run, page: ListedRecord[], progress: PollProgress | null): Promise<number> {
  const { plan, poll: claimed, store } = run;
  const looked = page.filter((record) => isLookedAt(run, record));
  const ids = looked.map(({ objectId }) => objectId);
  const known = await store.marksOf(claimed, ids);
  const changes: Change[] = [];
  const silent: Mark[] = [];
  for (const record of looked) {
    const before = known.get(record.objectId);
    const isSame = before?.mark === record.mark;
    if (isSame && !before.isMissing && (run.isWhole || isDated(run, record))) continue;
    known.set(record.objectId, { mark: record.mark, isMissing: false });
    if (!isSame && isTold(run, record, before !== undefined)) {
      const eventType = classify(plan, record, before !== undefined, run.isWhole);
      changes.push({ ...record, eventType });
    } else silent.push(toMark(run, record));
  }
  for (let first = 0; first < changes.length; first += mostOfEvent)
    await tell(run, changes.slice(first, first + mostOfEvent), run.poll.progress);
  await save(run, silent, progress);
  return changes.length;
}

/** Whether a record belongs to what this poll has to do with; the rest of a list is past. */
function isLookedAt(run: Run, record: ListedRecord): boolean {
  const { changedMs, objectId } = record;
  if (run.isWhole) run.listed.add(objectId);
  const isFuture = run.plan.skipsFuture && changedMs !== undefined && changedMs > run.startedMs;
  if (isFuture) return false;
  if (!run.isWhole && isOld(run, record)) return false;
  if (run.isWhole || !isDated(run, record)) run.compared++;
  if (run.compared > mostCompared) throw pollListTooLong(run.plan.objectName, mostCompared);
  return true;
}

function toMark(run: Run, record: ListedRecord): Mark {
  const { objectId, mark, changedMs } = record;
  return { objectId, mark, changedMs: isDated(run, record) ? changedMs : undefined };
}

/** Whether its date alone tells whether the record is a change. */
function isDated({ plan }: Run, { changedMs }: ListedRecord): boolean {
  return changedMs !== undefined && plan.skipsOld;
}

function isOld(run: Run, record: ListedRecord): boolean {
  return isDated(run, record) && (record.changedMs ?? 0) <= run.sinceMs;
}

function isTold(run: Run, record: ListedRecord, wasKnown: boolean): boolean {
  if (isOld(run, record)) return false;
  if (!run.isBaseline || wasKnown) return true;
  if (!isDated(run, record)) return false;
  // The look back reaches behind the moment at which events were enabled: nobody wants to hear of that.
  const isPrompt = run.startedMs - run.poll.enabledMs < promptMs;
  return !(isPrompt && (record.changedMs ?? 0) <= run.poll.enabledMs);
}

/** Stores changes as an event, or one event for each where their order counts. */
async function tell(run: Run, changes: Change[], progress: PollProgress | null): Promise<void> {
  const marks = changes.map((change) => toMark(run, change));
  const { inOrder } = settingsOf(run.connection);
  const events = (inOrder ? changes.map((change) => [change]) : [changes]).map((of) => toNewEvent(run, of));
  // They are stored all or none: the first tells of all.
  await hold(run.store.savePending(run.poll, { fingerprint: events[0]?.fingerprint ?? '', marks }));
  await run.recorder.record(events);
  await save(run, marks, progress);
}

async function save(run: Run, marks: Mark[], progress: PollProgress | null): Promise<void> {
  run.poll = { ...run.poll, progress };
  await hold(run.store.saveMarks(run.poll, { marks, sequence: run.poll.sequence, progress }));
}

/**
 * Objects that the list does not have any more. While its pages were read, a list may have moved so that one slipped
 * between two of them, and a provider in trouble may answer an empty one: then only an object that is missing again is gone.
 */
async function takeMissing(run: Run, isCertain: boolean): Promise<number> {
  const { store, poll: claimed, plan } = run;
  const missing = await store.missingFrom(claimed, run.listed);
  const gone = missing.filter(({ isMissing }) => isCertain || isMissing).map(({ objectId }) => objectId);
  const perhaps = missing.filter(({ isMissing }) => !isCertain && !isMissing).map(({ objectId }) => objectId);
  if (perhaps.length > 0) await store.markMissing(claimed, perhaps);
  if (gone.length === 0) return 0;
  if (plan.detectsDeletes) {
    for (let first = 0; first < gone.length; first += mostOfEvent) {
      const changes = gone.slice(first, first + mostOfEvent).map((objectId): Change => {
        const record = { [plan.idField]: objectId };
        const unknown = { createdMs: undefined, changedMs: undefined };
        return { objectId, record, ...unknown, isDeleted: true, mark: 'gone', eventType: 'DELETED' };
      });
      await tell(run, changes, null);
    }
  }
  await store.forget(claimed, gone);
  return plan.detectsDeletes ? gone.length : 0;
}

/**
 * While many pages are read, records may slip from one to another and be missed. So the next poll looks at the time
 * of such a poll once more: its checkpoint is the one before.
 */
async function finish(run: Run, isOnePage: boolean): Promise<void> {
  const { poll: claimed, startedMs, plan } = run;
  const checkpointMs = Math.max(
    claimed.checkpointMs,
    isOnePage ? startedMs : (claimed.lastPolledMs ?? claimed.checkpointMs),
  );
  if (!run.isWhole)
    await run.store.prune(claimed, checkpointMs - lookBackMs - plan.delayMs, claimed.sequence);
  const place = `${claimed.instanceId}/${claimed.objectName}`;
  await hold(
    run.store.finish(claimed, {
      checkpointMs,
      baseline: baselineOf(plan),
      startedMs,
      nextPollMs: nextPollMs(run.clock.nowMs(), claimed.intervalMinutes, place),
    }),
  );
}

async function hold(write: Promise<boolean>): Promise<void> {
  if (!(await write)) throw new LeaseLost();
}
