import { Failure, invalidParameter, missingParameter } from '../failure.ts';
import type { AccountData, Segment } from '../model.ts';
import { page } from '../paging.ts';
import { fieldsOf, nextNumber, toText } from '../surface.ts';
import type { Call, Surface } from '../surface.ts';
import { byEmail, byExternalId, describe, saved } from './contact-store.ts';
import { readTexts } from './contacts.ts';

const path = '/ucl/v2/:accountId/segment';

/** Segments of the account's contacts. */
export function mountSegments(surface: Surface): void {
  surface('GET', path, {
    query: ['page', 'pageSize'],
    handle: ({ data, query }) => page(data.segments.map(tell), query),
  });
  surface('POST', path, { body: ['json'], handle: create });
  surface('GET', `${path}/:segmentId`, {
    handle: ({ data, params }) => tell(find(data, params['segmentId'])),
  });
  surface('PUT', `${path}/:segmentId`, {
    body: ['json'],
    handle: (call) => {
      const segment = find(call.data, call.params['segmentId']);
      const { name = segment.name, filter = segment.filter } = fieldsOf(call);
      Object.assign(segment, { name: toText(name), filter });
      return saved(tell(segment), segment.id);
    },
  });
  surface('DELETE', `${path}/:segmentId`, {
    handle: ({ data, params }) => {
      const segment = find(data, params['segmentId']);
      data.segments = data.segments.filter((one) => one !== segment);
      return saved(tell(segment), segment.id);
    },
  });
  mountMembers(surface);
}

function mountMembers(surface: Surface): void {
  const contacts = `${path}/:segmentId/contacts`;
  surface('GET', contacts, {
    query: ['page', 'pageSize'],
    handle: ({ data, params, query }) => {
      const { contactIds } = find(data, params['segmentId']);
      return page(data.contacts.filter(({ id }) => contactIds.has(id)).map(describe), query);
    },
  });
  surface('PUT', contacts, { body: ['json'], handle: (call) => change(call, readTexts(call), true) });
  surface('DELETE', contacts, { body: ['json'], handle: (call) => change(call, readTexts(call), false) });
  surface('DELETE', `${path}/:segmentId/email/contact`, {
    query: ['email', 'policy'],
    handle: (call) => {
      for (const name of ['email', 'policy']) if (!call.query[name]) throw missingParameter(name);
      return change(
        call,
        byEmail(call.data.contacts, call.query['email']).map(({ id }) => id),
        false,
      );
    },
  });
  const external = `${path}/:segmentId/externalId/contacts`;
  surface('PUT', external, { body: ['json'], handle: (call) => change(call, readExternal(call), true) });
  surface('DELETE', external, { body: ['json'], handle: (call) => change(call, readExternal(call), false) });
}

function find(data: AccountData, id: string | undefined): Segment {
  const segment = data.segments.find((one) => one.id === id);
  if (!segment) throw new Failure(404, 404, 'Segment not found');
  return segment;
}

function tell({ contactIds, ...segment }: Segment) {
  return { ...segment, contactCount: contactIds.size };
}

function create(call: Call): unknown {
  const { name, parentId, type, filter = null } = fieldsOf(call);
  if (!name) throw missingParameter('name');
  if (!parentId) throw missingParameter('parentId');
  if (!['DIRECT_SELECT', 'QUERY', 'SEARCH'].includes(toText(type)))
    throw invalidParameter('type', 'unknown type');
  if (call.data.segments.some((one) => one.name === name))
    throw new Failure(409, 409, 'A segment of this name exists');
  const segment: Segment = {
    id: `g-${nextNumber(call.data).toString(16).padStart(4, '0')}`,
    name: toText(name),
    type: toText(type),
    parentId: toText(parentId),
    filter,
    contactIds: new Set(),
  };
  call.data.segments.push(segment);
  const { contactIds: _ids, ...source } = segment;
  return saved(source, null);
}

/** Puts contacts into a segment or takes them out. */
function change({ data, params }: Call, ids: string[], isIn: boolean): unknown {
  const segment = find(data, params['segmentId']);
  if (segment.type !== 'DIRECT_SELECT')
    throw new Failure(400, 400, 'Only a direct-select segment can be changed');
  const known = ids.filter((id) => data.contacts.some((one) => one.id === id));
  for (const id of known) {
    if (isIn) segment.contactIds.add(id);
    else segment.contactIds.delete(id);
  }
  return saved(tell(segment), segment.id);
}

/** `{"objectType": ["externalId", …]}`, or pairs of both. */
function readExternal({ body, data }: Call): string[] {
  if (typeof body !== 'object' || body === null) throw invalidParameter('body', 'not an object');
  const pairs = Array.isArray(body)
    ? (body as Record<string, string>[])
    : Object.entries(body as Record<string, unknown>).flatMap(([objectType, ids]) =>
        [ids].flat().map((id) => ({ objectType, externalId: toText(id) })),
      );
  return pairs.flatMap((pair) => byExternalId(data.contacts, pair)).map(({ id }) => id);
}
