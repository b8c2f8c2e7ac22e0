import { text as readText } from 'node:stream/consumers';
import { parseJson, stringifyJson } from '#kernel/json';
import type { Gateway, HubReply } from '#gateway';
import type { Connection } from '#instances';
import type { DueDelivery } from './delivery-store.ts';
import type { ObjectEvent } from './event.ts';

/** Records of one delivery; an event of more changes brings the first. */
const mostRecords = 50;

/**
 * Reads the records that have changed and puts them beside what the provider sent, under the name of their object, as
 * polling does. A record that cannot be read is left out: the change is told all the same.
 *
 * @returns the new text of what the provider sent; undefined when nothing is to be added.
 */
export async function hydrate(
  gateway: Pick<Gateway, 'run'>,
  connection: Connection,
  { objects, providerData }: Pick<DueDelivery, 'objects' | 'providerData'>,
): Promise<string | undefined> {
  const raw = parseJson(providerData);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw) || 'rawJSON' in raw) return undefined;
  const changes = parseJson(objects) as unknown as ObjectEvent[];
  const records: Record<string, unknown[]> = {};
  for (const { objectType, objectId, eventType } of changes.slice(0, mostRecords)) {
    if (eventType === 'DELETED' || objectId === '' || Array.isArray(raw[objectType])) continue;
    const record = await readRecord(gateway, connection, objectType, objectId);
    if (record !== undefined) (records[objectType] ??= []).push(record);
  }
  return Object.keys(records).length > 0 ? stringifyJson({ ...raw, ...records }) : undefined;
}

async function readRecord(
  gateway: Pick<Gateway, 'run'>,
  connection: Connection,
  objectType: string,
  objectId: string,
): Promise<unknown> {
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
    return parseJson(await bodyOf(reply));
  } catch {
    return undefined;
  }
}

async function bodyOf({ body }: HubReply): Promise<string> {
  return body === undefined || typeof body === 'string' ? (body ?? 'null') : readText(body);
}
