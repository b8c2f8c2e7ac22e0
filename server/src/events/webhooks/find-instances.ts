import { LRUCache } from 'lru-cache';
import { isNumber, toText } from '#kernel/json';
import { getPath } from '#kernel/path';
import type { Connection, Instances } from '#instances';
import { noInstanceForEvents } from '../errors.ts';
import { settingsOf } from '../settings.ts';
import type { FinderElement, FinderStore } from '../finder-store.ts';
import type { WebhookCall } from './payload.ts';

interface Parts {
  instances: Pick<Instances, 'findConnection'>;
  store: FinderStore;
}

/** The instances that a call is about. */
export interface Found {
  connections: Connection[];
  /** Whether the caller named them; else they were found by what the call says, which anybody can say. */
  areNamed: boolean;
}

export interface InstanceFinder {
  /**
   * The instances that a provider's call is about: named by the URL or by the header `Element-Instances`; else found by
   * the element's `event.notification.instance.finder`. Those that want no webhooks are left out.
   *
   * @throws 404 when none is left. It does not tell which of the reasons it is: anybody may ask.
   */
  find(elementKey: string, encodedId: string | undefined, call: WebhookCall): Promise<Found>;
}

/** What an element's `event.notification.instance.finder` says. */
interface Finder {
  element: FinderElement;
  text: string;
}

/** One call may name so many instances. */
const mostNamed = 100;
/** Instances that are read at a time: what a call says may be true of thousands. */
const mostAtATime = 50;
/** So long a change of an element's finder may go unseen. */
const findersAgeMs = 10_000;

export function createInstanceFinder(parts: Parts): InstanceFinder {
  const finders = new LRUCache<string, Finder[]>({
    max: 1000,
    ttl: findersAgeMs,
    fetchMethod: (elementKey) => readFinders(parts, elementKey),
  });

  return {
    async find(elementKey, encodedId, call) {
      // PostgreSQL takes no zero byte, and no element has one in its key.
      if (elementKey.includes('\0')) throw noInstanceForEvents(elementKey);
      const named =
        encodedId === undefined ? readHeader(call.headers['element-instances']) : [decodeId(encodedId)];
      const ids = named
        ? await ofElement(parts, elementKey, named)
        : await findByPayload(parts, elementKey, (await finders.fetch(elementKey.toLowerCase())) ?? [], call);
      const connections: Connection[] = [];
      for (let at = 0; at < ids.length; at += mostAtATime) {
        const some = ids.slice(at, at + mostAtATime).map((id) => parts.instances.findConnection(id));
        for (const connection of await Promise.all(some))
          if (connection && wantsWebhooks(connection, elementKey)) connections.push(connection);
      }
      if (connections.length === 0) throw noInstanceForEvents(elementKey);
      return { connections, areNamed: named !== undefined };
    },
  };
}

function wantsWebhooks(connection: Connection, elementKey: string): boolean {
  const settings = settingsOf(connection);
  const isOfElement = connection.element.key.toLowerCase() === elementKey.toLowerCase();
  return (
    isOfElement && settings.enabled && settings.vendorType === 'webhook' && !connection.instance.disabled
  );
}

/** Many ids are looked up at once: each that does not exist would be a query of its own. */
async function ofElement({ store }: Parts, elementKey: string, named: number[]): Promise<number[]> {
  const ids = [...new Set(named)].filter((id) => Number.isSafeInteger(id) && id > 0).slice(0, mostNamed);
  if (ids.length < 2) return ids;
  const known = new Set(await store.ofKey(elementKey, ids));
  return ids.filter((id) => known.has(id));
}

function readHeader(header: string | undefined): number[] | undefined {
  const ids = (header ?? '').split(',').map((id) => id.trim());
  return ids.some((id) => id !== '') ? ids.filter((id) => id !== '').map(Number) : undefined;
}

/** Base64 of the id, as the platform hands it out; a plain number is taken too. */
export function decodeId(encoded: string): number {
  if (/^\d{1,15}$/.test(encoded)) return Number(encoded);
  const text = Buffer.from(encoded, 'base64').toString('latin1');
  return /^\d{1,15}$/.test(text) ? Number(text) : NaN;
}

export function encodeId(instanceId: number): string {
  return Buffer.from(String(instanceId)).toString('base64url');
}

/** The finders of the elements with a key: customers may have elements of one key, and each has its own. */
async function readFinders({ instances, store }: Parts, elementKey: string): Promise<Finder[]> {
  const finders: Finder[] = [];
  for (const { id, element } of await store.anInstanceOfEach(elementKey)) {
    const connection = await instances.findConnection(id);
    const row = connection?.element.configuration.find(
      ({ key }) => key === 'event.notification.instance.finder',
    );
    if (row?.defaultValue) finders.push({ element, text: row.defaultValue.trim() });
  }
  return finders;
}

/**
 * A finder says where the provider's call names the account, and which configuration value of an instance that is:
 * `owner.id=event.helper.key` or `headers.x-account=account.id`; without the second part it is `event.helper.key`. It
 * finds instances of its own element only: whoever makes an element must not reach those of others.
 */
async function findByPayload(
  { store }: Parts,
  elementKey: string,
  finders: Finder[],
  call: WebhookCall,
): Promise<number[]> {
  const wanted = finders.flatMap(({ element, text }) => {
    const [place = '', key = 'event.helper.key'] = text.split('=').map((part) => part.trim());
    const value = getPath({ ...call.payload, headers: call.headers, query: call.query }, place);
    return typeof value === 'string' || isNumber(value) ? [{ element, key, value: toText(value) }] : [];
  });
  return wanted.length === 0 ? [] : store.withValues(elementKey, wanted);
}
