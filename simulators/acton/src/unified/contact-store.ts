import { randomUUID } from 'node:crypto';
import { Failure, invalidParameter } from '../failure.ts';
import type { UnifiedContact } from '../model.ts';
import { fieldsOf, toText } from '../surface.ts';
import type { Call } from '../surface.ts';
import { toContactData } from '../webhooks/event-data.ts';

const names =
  `actonPrimaryScore businessCity businessCountry businessFax businessPhone businessState businessStreet
businessWebsite businessZip company createdDate dateOfBirth department email externalId firstName homePhone id lastName
legacyRecordId middleName mobilePhone objectType personalCity personalCountry personalState personalStreet
personalWebsite personalZip picture timezone title updatedDate`.split(/\s+/);
/** What the provider itself sets. */
const own = new Set(['id', 'createdDate', 'updatedDate', 'legacyRecordId', 'actonPrimaryScore']);

export const notFound = () => new Failure(404, 404, 'Contact not found');

export function describe({ id, fields, customFields, createdMs, updatedMs }: UnifiedContact) {
  const createdDate = new Date(createdMs).toISOString();
  return { id, ...fields, customFields, createdDate, updatedDate: new Date(updatedMs).toISOString() };
}

/** Contacts made and changed in the windows of a query, in seconds. */
export function within(contacts: UnifiedContact[], query: Record<string, string>): UnifiedContact[] {
  const at = (name: string, fallback: number) => {
    const text = query[name];
    if (text === undefined) return fallback;
    if (!/^\d{1,11}$/.test(text)) throw invalidParameter(name, 'not a Unix timestamp in seconds');
    return Number(text) * 1000;
  };
  const [madeAfter, madeBefore] = [at('createdAfter', -1), at('createdBefore', Infinity)];
  const [changedAfter, changedBefore] = [at('updatedAfter', -1), at('updatedBefore', Infinity)];
  return contacts.filter(
    ({ createdMs, updatedMs }) =>
      createdMs > madeAfter &&
      createdMs < madeBefore &&
      updatedMs > changedAfter &&
      updatedMs < changedBefore,
  );
}

export function byEmail(contacts: UnifiedContact[], email: string | undefined): UnifiedContact[] {
  return contacts.filter(({ fields }) => fields['email']?.toLowerCase() === email?.toLowerCase());
}

export function byExternalId(contacts: UnifiedContact[], { objectType, externalId }: Record<string, string>) {
  return contacts.filter(
    ({ fields }) => fields['externalId'] === externalId && fields['objectType'] === objectType,
  );
}

/** Fields and custom fields (by column index) of a body; unknown names are refused. */
export function readContact(call: Call): Pick<UnifiedContact, 'fields' | 'customFields'> {
  const { customFields = {}, ...rest } = fieldsOf(call);
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (!names.includes(name)) throw new Failure(400, 400, `Unrecognized field "${name}"`);
    if (!own.has(name)) fields[name] = toText(value);
  }
  if (typeof customFields !== 'object' || customFields === null)
    throw invalidParameter('customFields', 'not an object');
  const custom = Object.entries(customFields).map(([index, value]) => [index, toText(value)] as const);
  for (const [index] of custom) {
    if (!call.data.columns.some((one) => String(one.columnIndex) === index)) {
      throw new Failure(400, 400, `Unknown custom field column index ${index}`);
    }
  }
  return { fields, customFields: Object.fromEntries(custom) };
}

export function addContact(
  call: Call,
  { fields, customFields }: Pick<UnifiedContact, 'fields' | 'customFields'>,
) {
  const contact: UnifiedContact = {
    id: randomUUID(),
    fields: { objectType: 'CONTACT', actonPrimaryScore: '0', ...fields },
    customFields,
    createdMs: call.nowMs,
    updatedMs: call.nowMs,
  };
  call.data.contacts.push(contact);
  call.state.happen('contact.added', toContactData(contact));
  return contact;
}

export function changeContact(
  { state, nowMs }: Call,
  contact: UnifiedContact,
  { fields, customFields }: Pick<UnifiedContact, 'fields' | 'customFields'>,
): void {
  Object.assign(contact.fields, fields);
  Object.assign(contact.customFields, customFields);
  contact.updatedMs = nowMs;
  state.happen('contact.updated', toContactData(contact));
}

/** What every write answers. */
export function saved(source: unknown, objectId: string | null, statusCode = 200) {
  return { source, errorMessage: null, statusCode, objectId, isSuccess: true };
}
