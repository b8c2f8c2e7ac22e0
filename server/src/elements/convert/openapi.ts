import { keyOf } from '../definition.ts';
import { notConvertible } from '../errors.ts';
import { isRow } from '../row-ids.ts';
import { convertAuthentication } from './authentication.ts';
import { toTree } from './document.ts';
import { Models } from './models.ts';
import { serverUrl } from './oauth.ts';
import { convertOperation } from './operation.ts';
import type { ConvertedOperation } from './operation.ts';
import { Reader } from './reader.ts';
import { configurationRow, enumerate, Notes } from './rows.ts';
import type { Converted } from './rows.ts';

type Row = Record<string, unknown>;

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const mostOperations = 5_000;
const mostLost = 20;

/**
 * Makes an element of an OpenAPI 3 or Swagger 2 document: base URL, authentication, a resource for each operation,
 * models, and paging by the names of parameters.
 *
 * @throws 400 when it is neither.
 */
export function convertOpenApi(given: unknown): Converted {
  if (!isRow(given)) throw notConvertible('it is no object');
  const version = given['openapi'] ?? given['swagger'];
  if (!/^(2|3)(\.|$)/.test(String(version)))
    throw notConvertible("it has neither 'openapi' 3 nor 'swagger' 2.0");
  const document = toTree(given) as Row;
  const notes = new Notes();
  const reader = new Reader(document);
  const info = isRow(document['info']) ? document['info'] : {};
  const name =
    typeof info['title'] === 'string' && info['title'].trim() !== '' ? info['title'].trim() : 'API';
  const { parameters, configuration, type } = convertAuthentication(reader, notes);
  const base = convertBase(document, new Set(configuration.map(({ key }) => key)), notes);
  const models = new Models(reader);
  const operations = convertOperations(reader, models, notes);
  noteGuesses(operations, notes);
  const lost = [...reader.lost];
  for (const reference of lost.slice(0, mostLost))
    notes.add(`The reference ${reference.slice(0, 200)} leads nowhere here.`);
  if (lost.length > mostLost) notes.add(`So do ${lost.length - mostLost} more.`);
  const paging = mostCommon(operations.flatMap((one) => (one.paging ? [one.paging.type] : [])));
  return {
    notes: notes.list(),
    definition: {
      name: name.slice(0, 200),
      key: safeKey(name),
      description: typeof info['description'] === 'string' ? info['description'].slice(0, 5_000) : name,
      hub: 'general',
      active: true,
      protocolType: 'http',
      authentication: { type },
      configuration: [...base, ...configuration, ...pagingRows(paging ?? 'page')],
      parameters,
      hooks: [],
      resources: operations.map(({ resource }) => resource),
      models: models.all,
      useModelsForMetadata: true,
    },
  };
}

export function pagingRows(type: string): Row[] {
  return [
    configurationRow('pagination.type', 'Pagination', { defaultValue: type, required: false }),
    configurationRow('pagination.max', 'Largest page', { defaultValue: '100', required: false }),
  ];
}

/** A key that the API takes, made of a name. */
export function safeKey(name: string): string {
  const key = keyOf(name).slice(0, 80);
  return key === '' || /^\d+$/.test(key) || key === 'keys' || key === 'metadata' || key === 'convert'
    ? `api${key}`
    : key;
}

/** The first server; variables in it become configuration. */
function convertBase(document: Row, taken: ReadonlySet<unknown>, notes: Notes): Row[] {
  const servers = Array.isArray(document['servers']) ? document['servers'].filter(isRow) : [];
  const [server] = servers;
  if (servers.length > 1)
    notes.add(
      `Of ${servers.length} servers the first is used: ${enumerate(servers.map(({ url }) => String(url)))}.`,
    );
  const url = serverUrl(document);
  const variables = server && isRow(server['variables']) ? server['variables'] : {};
  const named = [...url.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
  const rows = [...new Set([...Object.keys(variables), ...named])]
    .filter((name) => name !== '' && name !== 'base.url' && !taken.has(name))
    .map((name) => toVariable(name, variables[name]));
  const isWhole = /^https?:\/\//i.test(url) || url.startsWith('{');
  if (!isWhole)
    notes.add(
      `The document does not say where the API is ('${url}'): give base.url when you connect an account.`,
    );
  const base = configurationRow('base.url', 'Base URL', {
    defaultValue: isWhole ? url.replace(/\/+$/, '') : '',
  });
  return [base, ...rows];
}

function toVariable(name: string, variable: unknown): Row {
  if (!isRow(variable)) return configurationRow(name, name, { defaultValue: '' });
  const { default: value, description, enum: choices } = variable;
  return configurationRow(name, name, {
    defaultValue: typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    ...(typeof description === 'string' && { description }),
    ...(Array.isArray(choices) && {
      type: 'SELECT',
      options: choices
        .filter((one) => typeof one === 'string')
        .map((one) => ({ value: one, description: one })),
    }),
  });
}

function convertOperations(reader: Reader, models: Models, notes: Notes): ConvertedOperation[] {
  const converted: ConvertedOperation[] = [];
  const taken = new Set<string>();
  const paths = isRow(reader.document['paths']) ? reader.document['paths'] : {};
  for (const [stated, given] of Object.entries(paths)) {
    if (stated.startsWith('x-')) continue;
    const item = reader.resolve(given);
    const path = stated.startsWith('/') ? stated : `/${stated}`;
    for (const method of methods) {
      const operation = item[method];
      if (!isRow(operation)) continue;
      if (converted.length === mostOperations) {
        notes.add(`Only the first ${mostOperations} operations are taken.`);
        return converted;
      }
      const baseUrl = ownServer(operation) ?? ownServer(item);
      const one = { path, method: method.toUpperCase(), item, operation, baseUrl };
      const made = convertOperation(reader, one, (schema, wish) => models.name(schema, wish));
      const mark = `${one.method} ${String(made.resource['path']).replace(/\{[^{}]*\}/g, '{}')}`;
      if (taken.has(mark)) {
        notes.add(`${made.label} is left out: another operation has the same method and path.`);
        continue;
      }
      taken.add(mark);
      notes.add(...made.notes);
      converted.push(made);
    }
  }
  if (converted.length === 0) notes.add('The document has no operations.');
  return converted;
}

/** An operation or a path may have a server of its own; one with variables in it cannot be told from a path's. */
function ownServer({ servers }: Row): string | undefined {
  const [server] = Array.isArray(servers) ? servers.filter(isRow) : [];
  const url = server?.['url'];
  return typeof url === 'string' && /^https?:\/\/[^{}]+$/i.test(url) ? url.replace(/\/+$/, '') : undefined;
}

function noteGuesses(operations: readonly ConvertedOperation[], notes: Notes): void {
  const groups = Map.groupBy(
    operations.filter(({ paging }) => paging),
    ({ paging }) => paging?.type ?? '',
  );
  for (const [type, some] of groups) {
    const shown = some.map(({ label, paging }) => `${label} (${paging?.by ?? ''})`);
    notes.add(`Paging by ${type} is guessed for ${lists(some.length)}: ${enumerate(shown)}.`);
  }
  const rooted = operations.filter(({ rootKey }) => rootKey);
  if (rooted.length > 0) {
    const shown = rooted.map(({ label, rootKey }) => `${label} (${rootKey ?? ''})`);
    notes.add(`Where the records are is guessed for ${lists(rooted.length)}: ${enumerate(shown)}.`);
  }
  const counted = operations.filter(({ paging }) => paging?.totalCountKey).length;
  if (counted > 0) notes.add(`How many records there are is guessed for ${lists(counted)}.`);
  const loose = operations.filter((one) => one.hasLooseCursor).map(({ label }) => label);
  if (loose.length > 0)
    notes.add(
      `No nextPageKey is known for ${enumerate(loose)}: a cursor is taken, but the reply does not say where the next one is.`,
    );
}

function lists(count: number): string {
  return count === 1 ? '1 list' : `${count} lists`;
}

function mostCommon(values: readonly string[]): string | undefined {
  const groups = [...Map.groupBy(values, (value) => value)];
  return groups.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}
