import { addAbortSignal } from 'node:stream';
import { parseJson, stringifyJson } from '#kernel/json';
import type { Gateway, HubReply } from '#gateway';
import type { Connection } from '#instances';
import { readText } from '#platform/outbound';
import type { DueDelivery } from './delivery-store.ts';
import type { ObjectEvent } from './event.ts';

/** Records of one delivery; an event of more changes brings the first. */
const mostRecords = 50;
/** For all records of one delivery: a slow provider must not keep the callback waiting for long. */
const budgetMs = 15_000;
const mostRecordBytes = 1024 * 1024;
const mostBytes = 4 * mostRecordBytes;

/**
 * Reads the records that have changed and puts them beside what the provider sent, under the name of their object, as
 * polling does. A record that cannot be read, is too large or comes too late is left out: the change is told all the same.
 *
 * @returns the new text of what the provider sent; undefined when nothing is to be added.
 * @throws when `ending` broke it off.
 */
export async function hydrate(
  gateway: Pick<Gateway, 'run'>,
  connection: Connection,
  { objects, providerData }: Pick<DueDelivery, 'objects' | 'providerData'>,
  ending: AbortSignal,
): Promise<string | undefined> {
  const raw = parseJson(providerData);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw) || 'rawJSON' in raw) return undefined;
  const changes = parseJson(objects) as unknown as ObjectEvent[];
  // No prototype: an object may be called `constructor`.
  const records = Object.create(null) as Record<string, unknown[]>;
  const budget = AbortSignal.any([ending, AbortSignal.timeout(budgetMs)]);
  const isSpent = new Promise<undefined>((resolve) =>
    budget.addEventListener('abort', () => resolve(undefined), { once: true }),
  );
  let leftBytes = mostBytes;
  for (const { objectType, objectId, eventType } of changes.slice(0, mostRecords)) {
    if (budget.aborted) break;
    if (eventType === 'DELETED' || objectId === '' || Array.isArray(raw[objectType])) continue;
    const limitBytes = Math.min(mostRecordBytes, leftBytes);
    const reading = readRecord(gateway, connection, { objectType, objectId }, limitBytes, budget);
    const record = await Promise.race([reading, isSpent]);
    if (record === undefined) continue;
    leftBytes -= record.sizeBytes;
    (records[objectType] ??= []).push(record.value);
  }
  ending.throwIfAborted();
  return Object.keys(records).length > 0 ? stringifyJson({ ...raw, ...records }) : undefined;
}

async function readRecord(
  gateway: Pick<Gateway, 'run'>,
  connection: Connection,
  { objectType, objectId }: Pick<ObjectEvent, 'objectType' | 'objectId'>,
  limitBytes: number,
  budget: AbortSignal,
): Promise<{ value: unknown; sizeBytes: number } | undefined> {
  const path = `/${objectType.split('/').map(encodeURIComponent).join('/')}/${encodeURIComponent(objectId)}`;
  if (!connection.element.find('GET', path)) return undefined;
  try {
    const reply = await gateway.run(connection, {
      method: 'GET',
      path,
      query: {},
      headers: {},
      readBody: async () => ({ kind: 'none' }),
    });
    const text = await bodyOf(reply, limitBytes, budget);
    const sizeBytes = Buffer.byteLength(text);
    return sizeBytes > limitBytes ? undefined : { value: parseJson(text), sizeBytes };
  } catch {
    return undefined;
  }
}

/** A body that comes when the time is over is dropped. */
async function bodyOf({ body }: HubReply, limitBytes: number, budget: AbortSignal): Promise<string> {
  if (body === undefined || typeof body === 'string') return body ?? 'null';
  return readText(addAbortSignal(budget, body), limitBytes);
}
