import { Failure, invalidParameter, missingParameter } from '../failure.ts';
import type { UnifiedContact } from '../model.ts';
import { page } from '../paging.ts';
import { fieldsOf, toText } from '../surface.ts';
import type { Call, Surface } from '../surface.ts';
import { toContactData } from '../webhooks/event-data.ts';
import {
  addContact,
  byEmail,
  byExternalId,
  changeContact,
  describe,
  notFound,
  readContact,
  saved,
  within,
} from './contact-store.ts';

const path = '/ucl/v2/:accountId/contact';
const windows = ['createdAfter', 'createdBefore', 'page', 'pageSize', 'updatedAfter', 'updatedBefore'];
const policies = [
  'OLDEST_CONTACT',
  'NEWEST_CONTACT',
  'ADD_NEW_CONTACT',
  'ALL_CONTACTS',
  'SKIP_EXISTING_CONTACT',
  'SKIP_NEW_CONTACT',
];

/** The newer contacts of the account, found by id, address, cookie or the id of another system. */
export function mountContacts(surface: Surface): void {
  surface('GET', path, {
    query: windows,
    handle: ({ data, query }) => page(within(data.contacts, query).map(describe), query),
  });
  surface('POST', path, { query: ['createContactMethod'], body: ['json'], handle: create });
  surface('POST', `${path}/byFields`, { query: windows, body: ['json'], handle: findByFields });
  surface('GET', `${path}/cookieId/:cookieId`, {
    handle: ({ data, params }) =>
      first(data.contacts.filter(({ cookieId }) => cookieId === params['cookieId'])),
  });
  surface('GET', `${path}/email/:email`, {
    query: ['page', 'pageSize'],
    handle: ({ data, params, query }) => page(byEmail(data.contacts, params['email']).map(describe), query),
  });
  surface('GET', `${path}/externalId/:objectType/:externalId`, {
    handle: ({ data, params }) => first(byExternalId(data.contacts, params)),
  });
  surface('GET', `${path}/id/:id`, {
    handle: ({ data, params }) => first(byId(data.contacts, params['id'])),
  });
  mountWrites(surface);
  mountDeletes(surface);
}

function mountWrites(surface: Surface): void {
  const query = ['upsertContactPolicy'];
  surface('PUT', `${path}/email/:email`, {
    query,
    body: ['json'],
    handle: (call) =>
      upsert(call, byEmail(call.data.contacts, call.params['email']), { email: call.params['email'] ?? '' }),
  });
  surface('PUT', `${path}/externalId/:objectType/:externalId`, {
    query,
    body: ['json'],
    handle: (call) => {
      const { objectType = '', externalId = '' } = call.params;
      return upsert(call, byExternalId(call.data.contacts, call.params), { objectType, externalId });
    },
  });
  surface('PUT', `${path}/id/:id`, {
    body: ['json'],
    handle: (call) => {
      const [contact] = byId(call.data.contacts, call.params['id']);
      if (!contact) throw notFound();
      changeContact(call, contact, readContact(call));
      return saved(describe(contact), contact.id);
    },
  });
}

function mountDeletes(surface: Surface): void {
  surface('DELETE', `${path}/email/:email`, {
    query: ['deleteContactPolicy'],
    handle: (call) => {
      const found = byEmail(call.data.contacts, call.params['email']);
      if (found.length === 0) throw notFound();
      remove(call, found);
      return true;
    },
  });
  surface('DELETE', `${path}/externalId/:objectType/:externalId`, {
    handle: (call) => {
      const found = byExternalId(call.data.contacts, call.params);
      if (found.length === 0) throw notFound();
      remove(call, found);
      return true;
    },
  });
  surface('DELETE', `${path}/emails`, {
    query: ['deleteContactPolicy'],
    body: ['json'],
    handle: (call) =>
      remove(
        call,
        readTexts(call).flatMap((email) => byEmail(call.data.contacts, email)),
      ),
  });
  surface('DELETE', `${path}/ids`, {
    body: ['json'],
    handle: (call) =>
      remove(
        call,
        readTexts(call).flatMap((id) => byId(call.data.contacts, id)),
      ),
  });
}

const byId = (contacts: UnifiedContact[], id: string | undefined) => contacts.filter((one) => one.id === id);

function first([contact]: UnifiedContact[]): unknown {
  if (!contact) throw notFound();
  return describe(contact);
}

function create(call: Call): unknown {
  const method = call.query['createContactMethod'];
  const key = { EMAIL: 'email', EXTERNAL_ID: 'externalId' }[method ?? ''];
  if (!key) throw invalidParameter('createContactMethod', 'EMAIL or EXTERNAL_ID');
  const given = readContact(call);
  if (!given.fields[key]) throw missingParameter(key);
  if (call.data.contacts.some(({ fields }) => fields[key] === given.fields[key])) {
    throw new Failure(409, 409, `A contact with this ${key} exists`);
  }
  const contact = addContact(call, given);
  return saved(describe(contact), contact.id);
}

function upsert(call: Call, found: UnifiedContact[], identity: Record<string, string>): unknown {
  const { upsertContactPolicy: policy = 'OLDEST_CONTACT' } = call.query;
  if (!policies.includes(policy))
    throw invalidParameter('upsertContactPolicy', `one of ${policies.join(', ')}`);
  const given = readContact(call);
  if (found.length === 0 || policy === 'ADD_NEW_CONTACT') {
    if (policy === 'SKIP_NEW_CONTACT') return saved(null, null);
    const contact = addContact(call, { ...given, fields: { ...identity, ...given.fields } });
    return saved(describe(contact), contact.id);
  }
  if (policy === 'SKIP_EXISTING_CONTACT') return saved(null, null);
  const byAge = found.toSorted((a, b) => a.createdMs - b.createdMs);
  const chosen =
    policy === 'ALL_CONTACTS' ? byAge : byAge.slice(policy === 'NEWEST_CONTACT' ? -1 : 0).slice(0, 1);
  for (const contact of chosen) changeContact(call, contact, given);
  const [contact] = chosen;
  return saved(contact ? describe(contact) : null, contact?.id ?? null);
}

function remove(call: Call, gone: UnifiedContact[]): unknown {
  call.data.contacts = call.data.contacts.filter((one) => !gone.includes(one));
  for (const { contactIds } of call.data.segments) for (const { id } of gone) contactIds.delete(id);
  for (const contact of gone) call.state.happen('contact.deleted', toContactData(contact));
  return gone.map(({ id }) => saved(null, id));
}

function findByFields(call: Call): unknown {
  const wanted = Object.entries(fieldsOf(call));
  const found = within(call.data.contacts, call.query).filter(({ fields, customFields }) =>
    wanted.every(([name, value]) => (fields[name] ?? customFields[name]) === toText(value)),
  );
  return page(found.map(describe), call.query);
}

export function readTexts({ body }: Call): string[] {
  if (!Array.isArray(body) || body.some((one) => typeof one !== 'string'))
    throw invalidParameter('body', 'not an array of texts');
  return body as string[];
}
