import { canFail } from '#kernel/error';
import { toText } from '#kernel/json';
import { stringifyJson } from '#kernel/json';
import type { Clock } from '#kernel/clock';
import type { Log } from '#kernel/log';
import { getPath } from '#kernel/path';
import type { Calls } from '#calls';
import type { Connection } from '#instances';
import { tooBusy, tooManyObjects } from '../errors.ts';
import type { NewEvent } from '../event.ts';
import type { Recorder } from '../recorder.ts';
import { settingsOf } from '../settings.ts';
import type { InstanceFinder } from './find-instances.ts';
import { answerHandshake } from './handshake.ts';
import type { HandshakeAnswer } from './handshake.ts';
import { entriesOf, fromHook, fromPayload } from './normalize.ts';
import type { WebhookCall } from './payload.ts';
import { keepSigned } from './verify.ts';

interface Parts {
  finder: InstanceFinder;
  calls: Pick<Calls, 'readEvents'>;
  recorder: Recorder;
  clock: Clock;
  log: Log;
}

export type IntakeReply =
  | { kind: 'taken'; events: { id: string; instanceId: number }[] }
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
}

/** Calls of one organization that are at work at a time; more would delay those of others. */
const mostAtWork = 100;
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
      const taken: { id: string; instanceId: number }[] = [];
      let answer: IntakeReply | undefined;
      for (const connection of connections) {
        const { id: instanceId, organizationId } = connection.instance;
        await withinShare(organizationId, async () => {
          const read = await readCall(parts, connection, call);
          answer ??= read.answer && { kind: 'answer', ...read.answer };
          const ids = await parts.recorder.record(read.events);
          taken.push(...ids.map((id) => ({ id: String(id), instanceId })));
        });
      }
      return answer ?? { kind: 'taken', events: taken };
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
  return typeof id === 'string' || typeof id === 'number' ? toText(id) : undefined;
}
