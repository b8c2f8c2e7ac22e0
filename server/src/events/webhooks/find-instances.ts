import { toText } from '#kernel/json';
import { getPath } from '#kernel/path';
import type { Connection, Instances } from '#instances';
import { noInstanceForEvents } from '../errors.ts';
import { settingsOf } from '../settings.ts';
import type { FinderStore } from '../finder-store.ts';
import type { WebhookCall } from './payload.ts';

interface Parts {
  instances: Pick<Instances, 'findConnection'>;
  store: FinderStore;
}

/** One call may be about so many instances. */
const mostInstances = 100;

/**
 * The instances that a provider's call is about: named by the URL or by the header `Element-Instances`; else found by
 * the element's `event.notification.instance.finder`. Those that want no webhooks are left out.
 *
 * @throws 404 when none is left. It does not tell which of the reasons it is: anybody may ask.
 */
export async function findInstances(
  parts: Parts,
  elementKey: string,
  encodedId: string | undefined,
  call: WebhookCall,
): Promise<Connection[]> {
  const named =
    encodedId === undefined ? readHeader(call.headers['element-instances']) : [decodeId(encodedId)];
  const ids = named ?? (await findByPayload(parts, elementKey, call));
  const found = await Promise.all(
    [...new Set(ids)]
      .filter((id) => Number.isSafeInteger(id) && id > 0)
      .slice(0, mostInstances)
      .map((id) => parts.instances.findConnection(id)),
  );
  const wanting = found
    .filter((connection) => connection !== undefined)
    .filter((connection) => {
      const settings = settingsOf(connection);
      const isOfElement = connection.element.key.toLowerCase() === elementKey.toLowerCase();
      return (
        isOfElement && settings.enabled && settings.vendorType === 'webhook' && !connection.instance.disabled
      );
    });
  if (wanting.length === 0) throw noInstanceForEvents(elementKey);
  return wanting;
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

/**
 * A finder says where the provider's call names the account, and which configuration value of an instance that is:
 * `owner.id=event.helper.key` or `headers.x-account=account.id`; without the second part it is `event.helper.key`.
 */
async function findByPayload(
  { instances, store }: Parts,
  elementKey: string,
  call: WebhookCall,
): Promise<number[]> {
  const examples = await store.anInstanceOfEach(elementKey);
  const finders = new Set<string>();
  for (const id of examples) {
    const connection = await instances.findConnection(id);
    const row = connection?.element.configuration.find(
      ({ key }) => key === 'event.notification.instance.finder',
    );
    if (row?.defaultValue) finders.add(row.defaultValue.trim());
  }
  const ids: number[] = [];
  for (const finder of finders) {
    const [place = '', key = 'event.helper.key'] = finder.split('=').map((part) => part.trim());
    const value = getPath({ ...call.payload, headers: call.headers, query: call.query }, place);
    if (typeof value === 'string' || typeof value === 'number')
      ids.push(...(await store.withValue(elementKey, key, toText(value), mostInstances)));
  }
  return ids;
}
