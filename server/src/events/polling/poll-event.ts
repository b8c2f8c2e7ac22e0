import { createHash } from 'node:crypto';
import { stringifyJson } from '#kernel/json';
import type { Connection } from '#instances';
import type { EventType, NewEvent, ObjectEvent } from '../event.ts';
import type { ClaimedPoll } from '../poll-store.ts';
import { settingsOf } from '../settings.ts';
import type { ListedRecord } from './change.ts';
import type { PollPlan } from './plan.ts';

export interface Change extends ListedRecord {
  eventType: EventType;
}

/** What events say of the poll that has found them. */
export interface PollOrigin {
  connection: Connection;
  plan: PollPlan;
  poll: ClaimedPoll;
  startedMs: number;
}

/** Changes as one event; the records are under the name of their object. */
export function toNewEvent(origin: PollOrigin, changes: Change[]): NewEvent {
  const { connection, plan, poll } = origin;
  const { instance } = connection;
  const { callbackUrl, inOrder } = settingsOf(connection);
  const [first] = changes;
  const objects = changes.map((change) => toObjectEvent(origin, change));
  const providerData = stringifyJson(
    Object.fromEntries<unknown>([
      ['instance_id', instance.id],
      ['objectType', plan.objectName],
      ['events', objects],
      [plan.objectName, changes.map(({ record }) => record)],
    ]),
  );
  // What was stored before a crash is stored once. The same change again, such as a switch that is turned on a second
  // time, is found by another poll, or by another try of one that has failed.
  const found = `poll ${plan.objectName} ${poll.enabledMs} ${poll.sequence} ${poll.failures}`;
  return {
    owner: {
      id: instance.id,
      organizationId: instance.organizationId,
      accountId: instance.accountId,
      userId: instance.userId,
      elementKey: instance.elementKey,
    },
    source: 'polling',
    objects,
    providerData,
    fingerprint: `${found} ${fingerprintOf(changes)}`,
    callbackUrl,
    orderKey: inOrder && first ? `${plan.objectName}/${first.objectId}` : undefined,
  };
}

function toObjectEvent({ connection, plan, startedMs }: PollOrigin, change: Change): ObjectEvent {
  const { element } = connection;
  return {
    objectType: plan.objectName,
    objectId: change.objectId,
    eventType: change.eventType,
    date: new Date(change.changedMs ?? startedMs).toISOString(),
    pollDate: new Date(startedMs).toISOString(),
    elementKey: element.key,
    hubKey: element.hub,
  };
}

/** Differs where other objects are listed, or one of them in another state. */
export function fingerprintOf(records: Pick<ListedRecord, 'objectId' | 'mark'>[]): string {
  const names = records.map(({ objectId, mark }) => `${objectId} ${mark}`);
  return createHash('sha256').update(JSON.stringify(names)).digest('base64url');
}
