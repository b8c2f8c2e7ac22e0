import { notConvertible } from '../errors.ts';
import { readEdm } from './edm.ts';
import type { Edm, EntitySet, EntityType } from './edm.ts';
import { pagingRows, safeKey } from './openapi.ts';
import { configurationRow, enumerate, headerRow, Notes, parameterRow } from './rows.ts';
import type { Converted } from './rows.ts';
import type { Node } from './xml.ts';

type Row = Record<string, unknown>;

const mostSets = 2_000;

/**
 * Makes an element of the `$metadata` of an OData service (versions 2 to 4): to list, get, create, change and delete
 * the entities of each set.
 *
 * @throws 400 when it has no entity sets.
 */
export function convertOData(root: Node): Converted {
  const edm = readEdm(root);
  if (edm.sets.length === 0) throw notConvertible('it has no entity sets');
  const notes = new Notes();
  noteLimits(edm, notes);
  const name = edm.namespace || 'OData';
  return {
    notes: notes.list(),
    definition: {
      name: name.slice(0, 200),
      key: safeKey(name),
      description: `${name}, OData ${edm.version}`,
      hub: 'general',
      active: true,
      protocolType: 'odata',
      authentication: { type: 'custom' },
      configuration: [
        configurationRow('base.url', 'Base URL', { defaultValue: edm.base }),
        ...pagingRows('offset'),
      ],
      parameters:
        edm.version === 4
          ? [headerRow('OData-MaxVersion', '4.01')]
          : [headerRow('MaxDataServiceVersion', '3.0')],
      hooks: [],
      resources: [
        ...edm.sets.slice(0, mostSets).flatMap((set) => toResources(set, edm.version)),
        ...edm.singletons.slice(0, mostSets).map(toSingleton),
      ],
      models: edm.models,
      useModelsForMetadata: true,
    },
  };
}

function noteLimits(edm: Edm, notes: Notes): void {
  notes.add(
    'OData metadata do not say how calls are authenticated: set authentication, if the service asks for it.',
  );
  if (edm.base === '')
    notes.add('OData metadata do not say where the service is: give base.url when you connect an account.');
  if (edm.operations.length > 0)
    notes.add(`Functions and actions are left out: ${enumerate(edm.operations)}.`);
  const keyless = edm.sets.filter(({ type }) => type.keys.length === 0).map(({ name }) => name);
  if (keyless.length > 0) notes.add(`These have no key, so they can only be listed: ${enumerate(keyless)}.`);
  const quoted = edm.sets.some(({ type }) => type.keys.some((key) => key.type.endsWith('String')));
  if (quoted)
    notes.add("Keys that are texts go between single quotes: write a quote inside of one twice ('').");
  if (edm.sets.length > mostSets) notes.add(`Only the first ${mostSets} sets are taken.`);
}

type Version = Edm['version'];

function toResources({ name, type }: EntitySet, version: Version): Row[] {
  const list = `/${name}`;
  const body = parameterRow('body', 'body', 'body', { required: true });
  const all = [
    toRow('GET', list, `Lists ${name}`, type, listRows(version), {
      rootKey: version === 4 ? '|value' : '|d.results|d|value',
      pagination: { type: 'offset' },
    }),
    toRow('POST', list, `Makes one of ${name}`, type, [body], single(version)),
  ];
  if (type.keys.length === 0) return all.slice(0, 1);
  const one = `${list}/${type.keys.map((key) => `{${key.name}}`).join('/')}`;
  const keys = type.keys.map((key) =>
    parameterRow(key.name, 'path', 'path', { required: true, dataType: 'string' }),
  );
  const vendorPath = `${list}(${predicate(type, version)})`;
  const more = { ...single(version), vendorPath };
  // Version 2 changes by a method of its own; version 3 takes both.
  const change = version === 4 ? {} : { vendorMethod: 'MERGE' };
  return [
    ...all,
    toRow('GET', one, `One of ${name}`, type, [...keys, ...selectRows], more),
    toRow('PATCH', one, `Changes one of ${name}`, type, [...keys, body], { ...more, ...change }),
    toRow('DELETE', one, `Deletes one of ${name}`, undefined, keys, { vendorPath }),
  ];
}

function toSingleton({ name, type }: EntitySet): Row {
  return toRow('GET', `/${name}`, name, type, selectRows, { paginationType: 'NO_PAGINATION' });
}

function toRow(
  method: string,
  path: string,
  description: string,
  type: EntityType | undefined,
  parameters: Row[],
  more: Row,
): Row {
  return {
    method,
    path,
    vendorMethod: method,
    vendorPath: path,
    type: 'api',
    kind: 'eb',
    description,
    parameters,
    hooks: [],
    response: { contentType: 'application/json' },
    ...(type && { model: { name: type.model, ...(method !== 'GET' && { requestName: type.model }) } }),
    ...more,
  };
}

function single(version: Version): Row {
  return version === 4 ? {} : { rootKey: '|d' };
}

const query = (name: string, vendorName: string, more: Row = {}): Row =>
  parameterRow(name, 'query', 'query', { vendorName, required: false, dataType: 'string', ...more });
const selectRows = [query('fields', '$select'), query('expand', '$expand')];

function listRows(version: Version): Row[] {
  return [
    query('where', '$filter', { converter: version === 4 ? 'toODataFilter' : 'toODataV3Filter' }),
    query('page', '$skip', { dataType: 'integer' }),
    query('pageSize', '$top', { dataType: 'integer' }),
    query('orderBy', '$orderby'),
    ...selectRows,
  ];
}

/** `'{id}'`, or `first={first},second='{second}'` for a key of several parts. */
function predicate({ keys }: EntityType, version: Version): string {
  const write = (name: string, type: string) => literal(type, version).replace('{}', `{${name}}`);
  const [only, ...others] = keys;
  if (only && others.length === 0) return write(only.name, only.type);
  return keys.map(({ name, type }) => `${name}=${write(name, type)}`).join(',');
}

/** Texts stand between quotes; before version 4 other types have marks too (OData 2, "Primitive data types"). */
function literal(type: string, version: Version): string {
  const name = type.replace(/^Edm\./, '');
  if (name === 'String') return "'{}'";
  if (version === 4) return name === 'Duration' ? "duration'{}'" : '{}';
  const marked: Record<string, string> = {
    Guid: "guid'{}'",
    DateTime: "datetime'{}'",
    DateTimeOffset: "datetimeoffset'{}'",
    Time: "time'{}'",
    Binary: "binary'{}'",
    Int64: '{}L',
    Decimal: '{}M',
    Double: '{}d',
    Single: '{}f',
  };
  return Object.hasOwn(marked, name) ? (marked[name] ?? '{}') : '{}';
}
