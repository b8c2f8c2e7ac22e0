import { canFail } from '#kernel/error';
import { isNumber, stringifyJson, toText } from '#kernel/json';
import type { Clock } from '#kernel/clock';
import type { Log } from '#kernel/log';
import { getPath } from '#kernel/path';
import type { Principal } from '#accounts';
import type { Calls } from '#calls';
import type { Connection, Instances } from '#instances';
import { noInstanceForEvents, tooBusy, tooManyObjects } from '../errors.ts';
import type { NewEvent } from '../event.ts';
import type { Recorder } from '../recorder.ts';
import { settingsOf } from '../settings.ts';
import { decodeId } from './find-instances.ts';
import type { InstanceFinder } from './find-instances.ts';
import { answerHandshake } from './handshake.ts';
import type { HandshakeAnswer } from './handshake.ts';
import { entriesOf, fromHook, fromPayload } from './normalize.ts';
import type { WebhookCall } from './payload.ts';
import { keepSigned } from './verify.ts';

interface Parts {
  instances: Pick<Instances, 'findConnection'>;
  finder: InstanceFinder;
  calls: Pick<Calls, 'readEvents'>;
  recorder: Recorder;
  clock: Clock;
  log: Log;
}

/** An event that is stored now. */
export interface Taken {
  id: string;
  instanceId: number;
}

export type IntakeReply =
  | { kind: 'taken'; events: Taken[] }
  | { kind: 'handshake'; answer: HandshakeAnswer }
  /** What the definition's hook wants said. */
  | { kind: 'answer'; status: number; body: unknown };

export interface Intake {
  /**
   * Takes a provider's call. When it returns, the events are durable.
   *
   * @throws 404 when it is about no instance, 401 when its signature is wrong, 413 when it tells of too many objects, 503 when the tenant has too much at work.
   */
  take(elementKey: string, encodedId: string | undefined, call: WebhookCall): Promise<IntakeReply>;
  /**
   * Takes the result of a poll from somebody of the instance's account, as if we had polled.
   *
   * @throws 404 when the account has no such instance with events enabled.
   */
  takePoll(principal: Principal, elementKey: string, encodedId: string, call: WebhookCall): Promise<Taken[]>;
}

/** Calls of one organization that are at work at a time; more would delay those of others. */
const mostAtWork = 100;
/** Instances whose events are stored together, where one call is about many. */
const mostAtATime = 16;
/** In order each object is an event of its own. */
const mostObjects = 1000;

export function createIntake(parts: Parts): Intake {
  const atWork = new Map<number, number>();

  /** A flood of one tenant is turned away before it costs anybody else. */
  async function withinShare<T>(organizationId: number, work: () => Promise<T>): Promise<T> {
    const running = atWork.get(organizationId) ?? 0;
    if (running >= mostAtWork) throw tooBusy();
    atWork.set(organizationId, running + 1);
    try {
      return await work();
    } finally {
      const left = (atWork.get(organizationId) ?? 1) - 1;
      if (left === 0) atWork.delete(organizationId);
      else atWork.set(organizationId, left);
    }
  }

  return {
    async take(elementKey, encodedId, call) {
      const handshake = answerHandshake(call);
      if (handshake) return { kind: 'handshake', answer: handshake };
      const connections = keepSigned(await parts.finder.find(elementKey, encodedId, call), call);
      const taken: Taken[] = [];
      let answer: IntakeReply | undefined;
      for (let at = 0; at < connections.length; at += mostAtATime) {
        const some = connections.slice(at, at + mostAtATime).map((connection) =>
          withinShare(connection.instance.organizationId, async () => {
            const read = await readCall(parts, connection, call);
            const ids = await parts.recorder.record(read.events);
            return { answer: read.answer, ids, instanceId: connection.instance.id };
          }),
        );
        for (const { answer: said, ids, instanceId } of await Promise.all(some)) {
          answer ??= said && { kind: 'answer', ...said };
          taken.push(...ids.map((id) => ({ id: String(id), instanceId })));
        }
      }
      return answer ?? { kind: 'taken', events: taken };
    },

    async takePoll(principal, elementKey, encodedId, { payload }) {
      const connection = await parts.instances.findConnection(decodeId(encodedId));
      const { organizationId, accountId, id } = connection?.instance ?? {};
      const isOwn = organizationId === principal.organizationId && accountId === principal.accountId;
      if (!connection || !isOwn || connection.element.key.toLowerCase() !== elementKey.toLowerCase())
        throw noInstanceForEvents(elementKey);
      const settings = settingsOf(connection);
      if (!settings.enabled || connection.instance.disabled) throw noInstanceForEvents(elementKey);
      const { key, hub } = connection.element;
      const objects = fromPayload(payload, { elementKey: key, hubKey: hub, nowMs: parts.clock.nowMs() });
      if (objects.length > mostObjects) throw tooManyObjects(mostObjects);
      const event: NewEvent = {
        owner: { ...connection.instance, elementKey: key },
        source: 'polling',
        callbackUrl: settings.callbackUrl,
        objects,
        providerData: stringifyJson({ objectType: objects[0]?.objectType ?? 'unknown', ...payload }),
      };
      const ids = await withinShare(principal.organizationId, () => parts.recorder.record([event]));
      return ids.map((eventId) => ({ id: String(eventId), instanceId: id ?? 0 }));
    },
  };
}

interface Read {
  events: NewEvent[];
  answer: { status: number; body: unknown } | undefined;
}

/** From what the provider sent to events: by the definition's hooks, else by what providers usually call things. */
async function readCall(parts: Parts, connection: Connection, call: WebhookCall): Promise<Read> {
  const { element, instance, configuration } = connection;
  const context = { elementKey: element.key, hubKey: element.hub, nowMs: parts.clock.nowMs() };
  const target = {
    element,
    configuration: { ...configuration },
    tenant: String(instance.organizationId),
    instanceId: instance.id,
  };
  const payload = { ...call.payload, eventHeaders: call.headers };
  // A script that fails must not cost the event: what the provider sent is delivered as it is.
  const read =
    element.eventHooks.length === 0
      ? undefined
      : await canFail(parts.calls.readEvents(payload, target), 'the event is taken without it', (error) =>
          parts.log.warn(
            { err: error, instanceId: instance.id },
            'An event hook failed; the event is delivered as it came',
          ),
        );
  if (read?.answer && read.events.length === 0) return { events: [], answer: read.answer };
  const objects = read ? fromHook(read.events, context) : fromPayload(call.payload, context);
  if (objects.length > mostObjects) throw tooManyObjects(mostObjects);
  const settings = settingsOf(connection);
  const owner = { ...instance, elementKey: element.key };
  const base = { owner, source: 'webhook' as const, callbackUrl: settings.callbackUrl };
  const known = idOf(connection, call);
  const events = settings.inOrder && objects.length > 0 ? objects.map((object) => [object]) : [objects];
  // Each of several events brings what it is about: the whole call in each would be its square.
  const sent = events.length === 1 ? [call.payload] : read ? objects : entriesOf(call.payload);
  return {
    answer: read?.answer,
    events: events.map((group, index) => ({
      ...base,
      objects: group,
      providerData: stringifyJson({ objectType: group[0]?.objectType ?? 'unknown', ...sent[index] }),
      fingerprint: known && `${known} ${index}`,
      orderKey: settings.inOrder && group[0] ? `${group[0].objectType}/${group[0].objectId}` : undefined,
    })),
  };
}

/**
 * The provider's own name of a call, so that one that it sends twice is taken once. Without a name nobody can tell a
 * second call from a second change, and both are taken.
 */
function idOf({ element }: Connection, { payload, headers }: WebhookCall): string | undefined {
  const events = element.definition['events'] as { id?: unknown } | undefined;
  const place = typeof events?.id === 'string' ? events.id : undefined;
  const stated = place === undefined ? undefined : getPath({ ...payload, headers }, place);
  const id = stated ?? headers['webhook-id'];
  return typeof id === 'string' || isNumber(id) ? toText(id) : undefined;
}
