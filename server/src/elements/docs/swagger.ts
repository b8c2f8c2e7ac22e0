import type { Element } from '../element.ts';
import { isRow } from '../row-ids.ts';
import { describeOperation, isList, tagOf } from './operation.ts';
import type { Operation } from './operation.ts';
import { Definitions } from './schema.ts';

type Row = Record<string, unknown>;

export interface SwaggerOptions {
  /** `https://host` that calls go to. */
  baseUrl: string;
  /** Only what belongs to this object. */
  objectName?: string;
  /** Only this operation: its operationId, or `GET-contacts`. */
  operationId?: string;
}

const methods = new Set(['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']);

/** Swagger 2.0 of exactly what an element offers to callers. */
export function writeSwagger(element: Element, options: SwaggerOptions): Row {
  const definitions = new Definitions();
  definitions.all['Error'] = errorSchema;
  const operations = documentedOperations(element);
  const paths: Record<string, Row> = {};
  const taken = new Set<string>();
  const tags = new Set<string>();
  const wanted = operations.filter(({ path }) => !options.objectName || tagOf(path) === options.objectName);
  for (const operation of [...wanted, ...(options.objectName ? [] : defaults(operations))]) {
    const id = uniqueId(operation.operationId, taken);
    const alternative = `${operation.method}-${operation.path.slice(1)}`;
    if (options.operationId && options.operationId !== id && options.operationId !== alternative) continue;
    const described = operation.describe(definitions);
    tags.add(tagOf(operation.path));
    const path = (paths[operation.path] ??= {});
    path[operation.method.toLowerCase()] = { operationId: id, ...described };
  }
  const url = new URL(options.baseUrl);
  return {
    swagger: '2.0',
    info: {
      title: element.name,
      version: 'api-v2',
      ...(element.definition.description && { description: element.definition.description }),
    },
    host: url.host,
    basePath: '/elements/api-v2',
    schemes: [url.protocol.replace(':', '')],
    consumes: ['application/json'],
    produces: ['application/json'],
    tags: [...tags].map((name) => ({ name })),
    paths,
    definitions: definitions.all,
  };
}

interface Documented {
  method: string;
  path: string;
  operationId: string;
  describe(definitions: Definitions): Row;
}

/** Resources of type `api`, each method and path once: what the router would find. */
function documentedOperations(element: Element): Documented[] {
  const rows = (element.definition.resources ?? []).filter(isRow);
  const seen = new Set<string>();
  return element.resources.flatMap((resource) => {
    const { method, path } = resource;
    const mark = `${method} ${path.replace(/\{[^{}]*\}/g, '{}')}`;
    if (resource.type !== 'api' || !methods.has(method) || seen.has(mark)) return [];
    if (!element.find(method, path.replace(/\{[^{}]*\}/g, 'x'))) return [];
    seen.add(mark);
    const row = rows.find((one) => sameResource(one, resource)) ?? {};
    const operation: Operation = { method, path, row, resource, models: element.definition.models };
    const stated = row['operationId'];
    return [
      {
        method,
        path,
        operationId: typeof stated === 'string' && stated !== '' ? stated : operationIdOf(operation),
        describe: (definitions: Definitions) => describeOperation(operation, definitions),
      },
    ];
  });
}

function sameResource(row: Row, { method, path }: { method: string; path: string }): boolean {
  const own = String(row['path'] ?? '').replace(/^\/hubs\/[^/]+/, '');
  const below = own.startsWith('/') ? own : `/${own}`;
  return below === path && String(row['method'] ?? 'GET').toUpperCase() === method;
}

/** `GET /accounts` → `getAccounts`, `GET /accounts/{id}` → `getAccountById`, `POST /accounts` → `createAccount`. */
function operationIdOf({ method, path, resource }: Operation): string {
  const verbs: Record<string, string> = { POST: 'create', PUT: 'replace', PATCH: 'update' };
  const segments = path.split('/').filter(Boolean);
  const nouns = segments.filter((segment) => !segment.includes('{'));
  const byId = segments.at(-1)?.includes('{') ?? false;
  const plural = method === 'GET' && !byId && isList(path, resource);
  const name = nouns
    .map((noun, at) => capital(at === nouns.length - 1 && !plural ? singular(noun) : noun))
    .join('');
  return `${verbs[method] ?? method.toLowerCase()}${name}${byId ? 'ById' : ''}`;
}

function singular(noun: string): string {
  if (noun.endsWith('ies')) return noun.replace(/ies$/, 'y');
  return /(ss|us)$/.test(noun) ? noun : noun.replace(/s$/, '');
}

function capital(word: string): string {
  const letters = word.replace(/[^A-Za-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase());
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}

function uniqueId(wish: string, taken: Set<string>): string {
  for (let number = 1; ; number++) {
    const id = number === 1 ? wish : `${wish}${number}`;
    if (!taken.has(id)) {
      taken.add(id);
      return id;
    }
  }
}

const errorSchema = {
  type: 'object',
  required: ['requestId', 'message'],
  properties: {
    requestId: { type: 'string' },
    message: { type: 'string' },
    providerMessage: { type: 'string' },
  },
};

/** What every element answers, unless its definition has an answer of its own. */
function defaults(own: Documented[]): Documented[] {
  const all: [string, string, string, Row][] = [
    [
      '/ping',
      'getPing',
      'Whether the account is there',
      { type: 'object', properties: { dateTime: { type: 'string' }, endpoint: { type: 'string' } } },
    ],
    ['/objects', 'getObjects', 'The names of the objects', { type: 'array', items: { type: 'string' } }],
    [
      '/objects/{objectName}/metadata',
      'getObjectsObjectNameMetadata',
      'The fields of an object',
      { type: 'object', properties: { fields: { type: 'array', items: { type: 'object' } } } },
    ],
  ];
  const shape = (path: string) => path.replace(/\{[^{}]*\}/g, '{}');
  return all
    .filter(([path]) => !own.some((one) => one.method === 'GET' && shape(one.path) === shape(path)))
    .map(([path, operationId, summary, schema]) => ({
      method: 'GET',
      path,
      operationId,
      describe: () => ({
        tags: [tagOf(path)],
        summary,
        parameters: [
          { name: 'Authorization', in: 'header', type: 'string', required: true },
          ...(path.includes('{') ? [{ name: 'objectName', in: 'path', type: 'string', required: true }] : []),
        ],
        responses: { 200: { description: 'Success', schema } },
      }),
    }));
}
