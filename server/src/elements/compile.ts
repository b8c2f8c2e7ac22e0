import { createRouter, shapeOf } from './router.ts';
import { withPlatformConfiguration } from './platform-configuration.ts';
import type {
  Element,
  ElementDefinition,
  EventSignature,
  Hook,
  Pagination,
  PaginationType,
  Parameter,
  Problem,
  Resource,
} from './element.ts';

type Row = Record<string, unknown>;

export interface CompileOptions {
  /** The operator's own defaults by configuration key, in place of the definition's. */
  defaults?: Record<string, string> | undefined;
  /** The definition without what is not valid. */
  usable?: ElementDefinition;
  /** Why that was left out. */
  problems?: Problem[];
  ownerAccountId?: number;
  /** On an element of the catalog: whose own resources are among its resources. */
  ownAccountId?: number;
}

/** Works out everything that a call needs from a validated definition. What cannot work is left out, and said. */
export function compileElement(document: ElementDefinition, options: CompileOptions = {}): Element {
  const definition = options.usable ?? document;
  const problems = [...(options.problems ?? [])];
  const configuration = withPlatformConfiguration(definition).map((row) => {
    const own = options.defaults?.[row.key];
    const complete = { ...row, name: row.name ?? row.key, type: row.type ?? 'TEXTFIELD_1000' };
    return own === undefined ? complete : { ...complete, defaultValue: own };
  });
  const settings = new Map(configuration.map((row) => [row.key, row.defaultValue]));
  const elementWide: Shared = {
    parameters: toParameters(definition.parameters),
    hooks: (definition.hooks ?? []) as Row[],
    settings,
    elementKey: definition.key,
    ownAccountId: options.ownAccountId,
  };
  const resources = (definition.resources ?? []).map((row) => compileResource(row, elementWide));
  const hub = definition.hub ?? 'general';
  return {
    id: definition.id ?? 0,
    ownerAccountId: options.ownerAccountId ?? catalogAccountId,
    key: definition.key,
    name: definition.name,
    hub,
    authentication: {
      type: definition.authentication?.type ?? 'custom',
      pkce: definition.authentication?.pkce,
    },
    configuration,
    limits: definition.limits ?? [],
    resources,
    eventHooks: toEventHooks(definition),
    eventSignature: toEventSignature(definition['events']),
    operatorKeys: new Set(Object.keys(options.defaults ?? {})),
    definition: document,
    problems,
    find: createRouter(resources, ({ method, path }, reason) => problems.push({ method, path, reason })),
    nextOf: ({ nextResource: next }) => next && findNext(resources, next),
    ofType: (type) => resources.filter((resource) => resource.type === type),
  };
}

/** That of the very path; else one that only names its variables otherwise, or ends without the slash. */
function findNext(
  resources: readonly Resource[],
  next: { method: string; path: string },
): Resource | undefined {
  const shape = (path: string) => shapeOf(path).replace(/(?<=.)\/+$/, '');
  const ofMethod = resources.filter(({ method }) => method === next.method);
  return (
    ofMethod.find(({ path }) => path === next.path) ??
    ofMethod.find(({ path }) => shape(path) === shape(next.path))
  );
}

/** Owner of what ships with the catalog, as clients of the old product expect. */
export const catalogAccountId = 1;

interface Shared {
  parameters: Parameter[];
  hooks: Row[];
  settings: Map<string, string | undefined>;
  elementKey: string;
  ownAccountId: number | undefined;
}

function compileResource(row: Row, shared: Shared): Resource {
  const method = text(row['method'], 'GET').toUpperCase();
  // Some definitions write a query behind the path; it is no part of what is matched.
  const path = belowHub(text(row['path'], '/')).split('?', 1)[0] ?? '/';
  const own = toParameters(row['parameters']).map((parameter) => withoutHopelessDemand(parameter, path));
  const parameters = withoutOverridden(shared.parameters, own).concat(own);
  const request = parameters.filter((parameter) => parameter.source === 'request');
  const { requestRootKey, responseRootKeys } = toRootKeys(row['rootKey']);
  const label = `${shared.elementKey} ${method} ${path}`;
  const hooks = (row['hooks'] ?? []) as Row[];
  return {
    method,
    path,
    vendorMethod: text(row['vendorMethod'], method).toUpperCase(),
    vendorPath: text(row['vendorPath'], ''),
    type: text(row['type'], 'api'),
    kind: row['kind'] === 'java' ? 'java' : 'eb',
    description: text(row['description'], ''),
    requestParameters: request,
    responseParameters: parameters.filter((parameter) => parameter.source === 'response'),
    preRequestHooks: toHooks([...shared.hooks, ...hooks], 'preRequest', label),
    postRequestHooks: toHooks([...hooks, ...shared.hooks], 'postRequest', label),
    requestRootKey,
    responseRootKeys,
    rawReply: isRaw(row['response']),
    expectsJson: /[/+]json\b/i.test(contentTypeOf(row['response'])),
    pagination: toPagination(row, request, shared.settings),
    nextPageKey: optionalText(row['nextPageKey']),
    totalCountKey: optionalText(row['totalCountKey']),
    nextResource: toNextResource(row['nextResource']),
    objectName: optionalText(row['objectName']),
    isOwn: shared.ownAccountId !== undefined && row['ownerAccountId'] === shared.ownAccountId,
    bodyKind: toBodyKind(request),
    mappedQuery: new Set(request.filter(({ type }) => type === 'query').map(({ name }) => name)),
  };
}

/** Below the hub: `/hubs/marketing/lists` is `/lists`. */
export function belowHub(path: string): string {
  const below = path.replace(/^\/*hubs\/[^/]+/, '');
  return below.startsWith('/') ? below : `/${below}`;
}

function toParameters(rows: unknown): Parameter[] {
  return ((rows ?? []) as Row[]).map((row) => {
    const name = text(row['name'], '');
    const converted = /^converter:(.+)$/.exec(text(row['vendorName'], ''));
    return {
      name,
      vendorName: converted ? name : text(row['vendorName'], name),
      type: text(row['type'], 'query') as Parameter['type'],
      vendorType: text(row['vendorType'], 'query') as Parameter['vendorType'],
      source: row['source'] === 'response' ? 'response' : 'request',
      required: row['required'] === true,
      ...given('dataType', row['dataType']),
      ...given('vendorDataType', row['vendorDataType']),
      ...given('converter', row['converter'] ?? converted?.[1]),
    };
  });
}

/** Nobody can give a variable that the path does not have: definitions with such a row are called without it. */
function withoutHopelessDemand(parameter: Parameter, path: string): Parameter {
  const hopeless = parameter.type === 'path' && !path.includes(`{${parameter.name}}`);
  return hopeless ? { ...parameter, required: false } : parameter;
}

/** A resource's own parameter of the same target wins over the element-wide one. */
function withoutOverridden(wide: Parameter[], own: Parameter[]): Parameter[] {
  const target = (parameter: Parameter) =>
    `${parameter.source} ${parameter.vendorType} ${parameter.vendorName.toLowerCase()}`;
  const taken = new Set(own.map(target));
  return wide.filter((parameter) => !taken.has(target(parameter)));
}

function toHooks(rows: Row[], type: string, label: string): Hook[] {
  return rows
    .filter((row) => row['type'] === type && text(row['body'], '').trim() !== '')
    .map((row) => ({
      name: text(row['name'], `${label} ${type}`),
      body: text(row['body'], ''),
      legacy: row['isLegacy'] === true,
    }));
}

/** `request|response`; without a bar the response alone. Behind further bars or commas stand alternates. */
function toRootKeys(value: unknown): Pick<Resource, 'requestRootKey' | 'responseRootKeys'> {
  if (typeof value !== 'string') return { requestRootKey: undefined, responseRootKeys: [] };
  const bar = value.indexOf('|');
  const responseRootKeys = value
    .slice(bar + 1)
    .split(/[|,]/)
    .map((key) => key.trim())
    .filter((key) => key !== '');
  return { requestRootKey: bar > 0 ? value.slice(0, bar).trim() || undefined : undefined, responseRootKeys };
}

function isRaw(response: unknown): boolean {
  const contentType = contentTypeOf(response);
  return contentType !== '' && !/json|xml/i.test(contentType);
}

/** `contentTypeAsString` is the newer of the two. */
function contentTypeOf(response: unknown): string {
  const { contentType, contentTypeAsString } = (response ?? {}) as Row;
  return text(contentTypeAsString, '') || text(contentType, '');
}

function toPagination(row: Row, parameters: Parameter[], settings: Shared['settings']): Pagination {
  const own = (row['pagination'] ?? {}) as Row;
  const stated = text(own['type'] ?? settings.get('pagination.type'), 'page').trim();
  const type: PaginationType = stated.startsWith('offset')
    ? 'offset'
    : stated.startsWith('cursor')
      ? 'cursor'
      : 'page';
  const takes = (name: string) => parameters.some((one) => one.type === 'query' && one.name === name);
  const byHook = tellsNextPage(row);
  const followsOnly =
    (byHook || optionalText(row['nextPageKey']) !== undefined) && !takes('page') && !takes('nextPage');
  const start = own['startIndex'] ?? settings.get('pagination.page.startindex');
  return {
    mode: toPaginationMode(row, parameters),
    type: followsOnly ? 'cursor' : type,
    byHook,
    startIndex: stated === 'page 0' ? 0 : whole(start, 1),
    maxPageSize: whole(own['max'] ?? settings.get('pagination.max'), 200),
  };
}

/** Some definitions have them on a resource: the provider's calls are about the whole account all the same. */
function toEventHooks(definition: ElementDefinition): Hook[] {
  const resources = (definition.resources ?? []) as Row[];
  const rows = [definition as Row, ...resources].flatMap((owner) => (owner['hooks'] ?? []) as Row[]);
  return toHooks(rows, 'event', definition.key);
}

function toEventSignature(events: unknown): EventSignature | undefined {
  const stated = (events as { signature?: Row } | undefined)?.signature;
  if (typeof stated !== 'object' || stated === null) return undefined;
  return {
    header: text(stated['header'], '').toLowerCase(),
    algorithm: text(stated['algorithm'], 'sha256'),
    encoding: stated['encoding'] === 'base64' ? 'base64' : 'hex',
    prefix: text(stated['prefix'], ''),
    secretKey: text(stated['secret'], ''),
  };
}

/** A next page that the reply names can be followed even where no parameter takes it: when it is a URL. */
function toPaginationMode(row: Row, parameters: Parameter[]): Pagination['mode'] {
  if (text(row['method'], 'GET').toUpperCase() !== 'GET') return 'none';
  if (row['paginationType'] === 'NO_PAGINATION') return 'none';
  if (row['paginationType'] === 'VENDOR_NOT_SUPPORTED') return 'local';
  const mapsPages = parameters.some(
    ({ type, name }) => type === 'query' && (name === 'page' || name === 'nextPage' || name === 'pageSize'),
  );
  return mapsPages || optionalText(row['nextPageKey']) || tellsNextPage(row) ? 'vendor' : 'local';
}

/** A hook that makes the header of the next page does the paging itself. */
function tellsNextPage(row: Row): boolean {
  const hooks = (row['hooks'] ?? []) as Row[];
  return hooks.some((hook) => hook['type'] === 'postRequest' && nextPageHeader.test(text(hook['body'], '')));
}

const nextPageHeader = /elements-next-page-token/i;

function toNextResource(value: unknown): { method: string; path: string } | undefined {
  const parts = /^\s*([A-Za-z]+)\s*:\s*(\/.*)$/.exec(text(value, ''));
  if (!parts) return undefined;
  return { method: (parts[1] ?? '').toUpperCase(), path: belowHub((parts[2] ?? '').trim()) };
}

function toBodyKind(parameters: Parameter[]): Resource['bodyKind'] {
  if (parameters.some(({ vendorType }) => vendorType === 'multipart')) return 'multipart';
  if (parameters.some(({ vendorType }) => vendorType === 'form')) return 'form';
  return 'json';
}

function text(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function whole(value: unknown, fallback: number): number {
  const number = Number(value);
  return value !== undefined && value !== '' && Number.isInteger(number) && number >= 0 ? number : fallback;
}

function given<K extends string>(key: K, value: unknown): Partial<Record<K, string>> {
  return typeof value === 'string' && value !== '' ? ({ [key]: value } as Record<K, string>) : {};
}
