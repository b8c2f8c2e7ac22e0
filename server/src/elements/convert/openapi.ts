import { keyOf } from '../definition.ts';
import { notConvertible } from '../errors.ts';
import { isRow } from '../row-ids.ts';
import { configurationRow, convertAuthentication } from './authentication.ts';
import { convertOperation } from './operation.ts';
import type { ConvertedOperation } from './operation.ts';
import { Reader } from './reader.ts';

type Row = Record<string, unknown>;

export interface Converted {
  /** An element as `POST /elements` takes it. */
  definition: Row;
  /** What was guessed or left out, in sentences. */
  notes: string[];
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const mostOperations = 5_000;

/**
 * Makes an element of an OpenAPI 3 or Swagger 2 document: base URL, authentication, a resource for each operation,
 * models, and paging by the names of parameters.
 *
 * @throws 400 when it is neither.
 */
export function convertOpenApi(document: unknown): Converted {
  if (!isRow(document)) throw notConvertible('it is no object');
  const version = document['openapi'] ?? document['swagger'];
  if (typeof version !== 'string' || !/^(2\.|3\.)/.test(version))
    throw notConvertible("it has neither 'openapi' 3 nor 'swagger' 2.0");
  const notes: string[] = [];
  const reader = new Reader(document);
  const info = isRow(document['info']) ? document['info'] : {};
  const name =
    typeof info['title'] === 'string' && info['title'].trim() !== '' ? info['title'].trim() : 'API';
  const { parameters, configuration, type } = convertAuthentication(reader, notes);
  const base = convertBase(document, notes);
  const models = new Models(reader);
  const operations = convertOperations(reader, models, notes);
  notes.push(...pagingNotes(operations));
  for (const reference of reader.lost)
    notes.push(`The reference ${reference.slice(0, 200)} leads nowhere here.`);
  const paging = mostCommon(operations.flatMap((one) => (one.paging ? [one.paging.type] : [])));
  return {
    notes,
    definition: {
      name: name.slice(0, 200),
      key: safeKey(name),
      description: typeof info['description'] === 'string' ? info['description'].slice(0, 5_000) : name,
      hub: 'general',
      active: true,
      protocolType: 'http',
      authentication: { type },
      configuration: [
        ...base,
        ...configuration,
        configurationRow('pagination.type', 'Pagination', {
          defaultValue: paging ?? 'page',
          required: false,
        }),
        configurationRow('pagination.max', 'Largest page', { defaultValue: '100', required: false }),
      ],
      parameters,
      hooks: [],
      resources: operations.map(({ resource }) => resource),
      models: models.all,
      useModelsForMetadata: true,
    },
  };
}

function safeKey(name: string): string {
  const key = keyOf(name).slice(0, 80);
  return key === '' || /^\d+$/.test(key) ? `api${key}` : key;
}

/** The first server; variables in it become configuration. */
function convertBase(document: Row, notes: string[]): Row[] {
  const servers = Array.isArray(document['servers']) ? document['servers'].filter(isRow) : [];
  const [server] = servers;
  if (servers.length > 1) notes.push(`Of ${servers.length} servers the first is used.`);
  const url = server ? String(server['url'] ?? '') : oldBase(document);
  const variables = server && isRow(server['variables']) ? server['variables'] : {};
  const rows = Object.entries(variables).map(([name, variable]) =>
    configurationRow(name, name, {
      defaultValue: isRow(variable) ? String(variable['default'] ?? '') : '',
      ...(isRow(variable) &&
        typeof variable['description'] === 'string' && { description: variable['description'] }),
    }),
  );
  const isWhole = /^https?:\/\//i.test(url) || url.startsWith('{');
  if (!isWhole) notes.push(`The document does not say where the API is ('${url}'): base.url is to be given.`);
  const base = configurationRow('base.url', 'Base URL', {
    defaultValue: isWhole ? url.replace(/\/+$/, '') : '',
  });
  return [base, ...rows];
}

function oldBase(document: Row): string {
  const host = typeof document['host'] === 'string' ? document['host'] : '';
  const path = typeof document['basePath'] === 'string' ? document['basePath'] : '';
  const schemes = Array.isArray(document['schemes']) ? document['schemes'] : [];
  const scheme = schemes.includes('https') || schemes.length === 0 ? 'https' : String(schemes[0]);
  return host === '' ? path : `${scheme}://${host}${path}`;
}

function convertOperations(reader: Reader, models: Models, notes: string[]): ConvertedOperation[] {
  const converted: ConvertedOperation[] = [];
  const paths = isRow(reader.document['paths']) ? reader.document['paths'] : {};
  for (const [path, given] of Object.entries(paths)) {
    const item = reader.resolve(given);
    for (const method of methods) {
      const operation = item[method];
      if (!isRow(operation)) continue;
      if (converted.length === mostOperations) {
        notes.push(`Only the first ${mostOperations} operations are taken.`);
        return converted;
      }
      const one = {
        path: path.startsWith('/') ? path : `/${path}`,
        method: method.toUpperCase(),
        item,
        operation,
      };
      converted.push(convertOperation(reader, one, models.name, notes));
    }
  }
  if (converted.length === 0) notes.push('The document has no operations.');
  return converted;
}

/** Every schema once, under one name, as old definitions have them. */
class Models {
  readonly all: Row = {};
  readonly name: (schema: unknown, wish: string) => string | undefined;

  constructor(reader: Reader) {
    const components = isRow(reader.document['components']) ? reader.document['components'] : {};
    const stated = isRow(components['schemas']) ? components['schemas'] : reader.document['definitions'];
    for (const [name, schema] of Object.entries(isRow(stated) ? stated : {})) {
      if (name !== '__proto__') this.all[name] = withOldReferences(schema);
    }
    this.name = (schema, wish) => {
      if (!isRow(schema)) return undefined;
      const reference = schema['$ref'];
      if (typeof reference === 'string') return reference.split('/').at(-1);
      const name = wish.replace(/[^\w.-]+/g, '_').replace(/^_+/, '');
      this.all[name] = withOldReferences(schema);
      return name;
    };
  }
}

function withOldReferences(schema: unknown): unknown {
  return JSON.parse(
    JSON.stringify(schema ?? {}).replaceAll('"#/components/schemas/', '"#/definitions/'),
  ) as unknown;
}

function pagingNotes(operations: ConvertedOperation[]): string[] {
  const counts = new Map<string, number>();
  for (const { paging } of operations)
    if (paging) counts.set(paging.type, (counts.get(paging.type) ?? 0) + 1);
  return [...counts].map(
    ([type, count]) =>
      `Paging by ${type} is guessed from the names of parameters, for ${count} ${count === 1 ? 'list' : 'lists'}.`,
  );
}

function mostCommon(values: string[]): string | undefined {
  const count = (value: string) => values.filter((one) => one === value).length;
  return [...new Set(values)].sort((a, b) => count(b) - count(a))[0];
}
