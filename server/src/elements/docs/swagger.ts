import { LRUCache } from 'lru-cache';
import { belowHub } from '../compile.ts';
import type { Element, Resource } from '../element.ts';
import { operationNotFound } from '../errors.ts';
import { isRow } from '../row-ids.ts';
import { shapeOf } from '../router.ts';
import { defaultOperations } from './default-operations.ts';
import { nameOperation } from './operation-name.ts';
import { describeOperation, tagOf, toOperation } from './operation.ts';
import type { Operation } from './operation.ts';
import { Definitions } from './schema.ts';
import { withReachable } from './select.ts';

type Row = Record<string, unknown>;

export interface SwaggerOptions {
  /** `https://host` that calls go to. */
  baseUrl: string;
  /** Only what belongs to this object. */
  objectName?: string | undefined;
  /** Only this operation: its operationId, or `GET-contacts`. */
  operationId?: string | undefined;
}

/** Everything of a document but the place that it is asked at. */
interface Whole {
  paths: Record<string, Row>;
  definitions: Row;
  operations: Described[];
}

interface Described {
  method: string;
  path: string;
  id: string;
  tag: string;
  objectName: string | undefined;
}

/** Methods that Swagger 2.0 knows. */
const methods = new Set(['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']);

/** Documents in memory, counted in characters. An element that is gone keeps none alive for long. */
const mostCharacters = 32 * 1024 * 1024;
const documents = new LRUCache<object, Whole>({
  maxSize: mostCharacters,
  sizeCalculation: (whole) => JSON.stringify(whole).length + 1,
});
const marks = new WeakMap<Element, object>();

/**
 * Swagger 2.0 of exactly what an element offers to callers. Made once for each compiled element.
 *
 * @throws 404 for an operation that the element does not have.
 */
export function writeSwagger(element: Element, options: SwaggerOptions): Row {
  const whole = wholeOf(element);
  const { objectName, operationId } = options;
  let operations = whole.operations;
  if (objectName !== undefined)
    operations = operations.filter((one) => one.objectName === objectName || one.tag === objectName);
  if (operationId !== undefined) {
    const found = operations.find((one) => one.id === operationId) ?? findByPath(operations, operationId);
    if (!found) throw operationNotFound(operationId, element.key);
    operations = [found];
  }
  const url = new URL(options.baseUrl);
  const selected = operations === whole.operations ? whole : select(whole, operations);
  return {
    swagger: '2.0',
    info: {
      title: element.name,
      version: 'api-v2',
      contact: { url: url.origin },
      ...(element.definition.description && { description: element.definition.description }),
    },
    host: url.host,
    basePath: '/elements/api-v2',
    schemes: [url.protocol.replace(':', '')],
    consumes: ['application/json'],
    produces: ['application/json'],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: selected.paths,
    definitions: selected.definitions,
  };
}

/** `GET-contacts/{id}`, as old clients name an operation; the variables' names do not matter. */
function findByPath(operations: Described[], name: string): Described | undefined {
  const [, method = '', path = ''] = /^([A-Za-z]+)-\/?(.*)$/.exec(name) ?? [];
  return operations.find(
    (one) => one.method === method.toUpperCase() && shapeOf(one.path) === shapeOf(`/${path}`),
  );
}

function wholeOf(element: Element): Whole {
  const mark = marks.get(element) ?? {};
  marks.set(element, mark);
  const known = documents.get(mark);
  if (known) return known;
  const whole = describe(element);
  documents.set(mark, whole);
  return whole;
}

function describe(element: Element): Whole {
  const definitions = new Definitions({ Error: errorSchema });
  // Two paths that differ only in the names of variables are one to readers of the document.
  const shown = new Map<string, string>();
  const pathLike = (path: string): string => {
    const known = shown.get(shapeOf(path));
    if (known === undefined) shown.set(shapeOf(path), path);
    return known ?? path;
  };
  const own = documentedOperations(element).map((one) => ({ ...one, path: pathLike(one.path) }));
  const paths: Record<string, Row> = {};
  const operations: Described[] = [];
  const names = namesOf(own);
  const add = (method: string, path: string, id: string, described: Row, objectName?: string) => {
    (paths[path] ??= {})[method.toLowerCase()] = { operationId: id, ...described };
    operations.push({ method, path, id, tag: tagOf(path), objectName });
  };
  for (const operation of own) {
    const { method, path, resource } = operation;
    const described = describeOperation(operation, definitions);
    add(method, path, names.take(operation), described, resource.objectName);
  }
  for (const one of defaultOperations(own, pathLike))
    add(one.method, one.path, names.unique(one.operationId), one.describe());
  return { paths, definitions: withReachable(paths, definitions.all), operations };
}

function select(
  { paths, definitions }: Whole,
  operations: Described[],
): Pick<Whole, 'paths' | 'definitions'> {
  const selected: Record<string, Row> = {};
  for (const { method, path } of operations) {
    const verb = method.toLowerCase();
    (selected[path] ??= {})[verb] = paths[path]?.[verb];
  }
  return { paths: selected, definitions: withReachable(selected, definitions) };
}

/** In place of a variable: no definition has a path with this in it. */
const anyValue = '0-any-value-0';

/** Resources of type `api` that can run, each method and path once: what the router would find. */
function documentedOperations(element: Element): Operation[] {
  const rows = (element.definition.resources ?? []).filter(isRow);
  const byMark = new Map<string, Row>();
  for (const row of rows) {
    const mark = markOf(row);
    if (!byMark.has(mark)) byMark.set(mark, row);
  }
  const seen = new Set<string>();
  return element.resources.flatMap((resource) => {
    const { method, path } = resource;
    const mark = `${method} ${shapeOf(path)}`;
    if (!isDocumented(resource) || !methods.has(method) || seen.has(mark)) return [];
    if (element.find(method, path.replace(/\{[^{}]*\}/g, anyValue))?.resource.type !== 'api') return [];
    seen.add(mark);
    return [toOperation(element, resource, byMark.get(`${method} ${path} ${resource.type}`) ?? {})];
  });
}

/** Callers are told of it: it is no secret and no step of an instance's life, and it can run. */
export function isDocumented({ type, kind }: Pick<Resource, 'type' | 'kind'>): boolean {
  return type === 'api' && kind !== 'java';
}

function markOf(row: Row): string {
  const path = belowHub(String(row['path'] ?? '/')).split('?', 1)[0];
  return `${String(row['method'] ?? 'GET').toUpperCase()} ${path} ${String(row['type'] ?? 'api')}`;
}

/** Gives each operation a name of its own; those that the definition states are not taken by others. */
function namesOf(operations: Operation[]) {
  const stated = new Map<Operation, string>();
  const taken = new Set<string>();
  for (const operation of operations) {
    const name = operation.row['operationId'];
    if (typeof name !== 'string' || name === '' || taken.has(name)) continue;
    taken.add(name);
    stated.set(operation, name);
  }
  const unique = (wish: string): string => {
    for (let number = 1; ; number++) {
      const id = number === 1 ? wish : `${wish}${number}`;
      if (taken.has(id)) continue;
      taken.add(id);
      return id;
    }
  };
  return { unique, take: (one: Operation) => stated.get(one) ?? unique(nameOperation(one)) };
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
