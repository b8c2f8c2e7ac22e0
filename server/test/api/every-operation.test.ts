import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { bookshop, library, resource, shopKeys } from '#test/definition';
import type { Tenant } from '#test/tenant';

// The API document, operation by operation, against the server that wrote it: who may call, and who may not. A route that
// is new is called too.

interface Operation {
  method: string;
  /** Below the API's base, with its variables. */
  path: string;
  security: Record<string, unknown>[];
  privileges: string[];
  /** The least that its schemas ask for. */
  json: unknown;
  query: string;
  /** What cannot be made up here. */
  needsMore: boolean;
}

let app: TestApp;
let operations: Operation[];
let stranger: Tenant;
let nobody: Tenant;
/** By the start of a path, the id that its variable has for what the first customer owns. */
let owned: [start: string, id: string][];
let token: string;

/** In the names of all that the first customer owns; never in what is asked for. */
const mark = 'zebra-of-the-first-customer';

beforeAll(async () => {
  app = await startTestApp({ elements: [bookshop([resource('GET', '/books')])] });
  const element = await made('/elements', {
    ...library([resource('GET', '/books')]),
    key: 'own-key',
    name: mark,
  });
  const shop = await app.connect('bookshop', {
    name: mark,
    configuration: { ...shopKeys, 'base.url': 'https://shop.example' },
  });
  ({ token } = shop);
  const account = await made('/accounts', { externalId: mark });
  const proxy = await made('/elements/oauthProxies', {
    name: mark,
    applicationUrls: ['https://app.example'],
  });
  await made('/hubs', { key: 'own-hub', name: mark });
  const provider = await made('/accounts/identity-providers', { name: mark });
  const requestId = (await app.call('GET', '/instances')).headers['elements-request-id'] ?? '';
  const me = (await app.call('GET', '/users/me')).body;
  owned = [
    ['/accounts/identity-providers/', String(provider.id)],
    ['/accounts/', String(account.id)],
    ['/organizations/users/', String(me.id)],
    ['/users/', String(me.id)],
    ['/elements/oauthProxies/', String(proxy.id)],
    ['/elements/', String(element.id)],
    ['/instances/', String(shop.id)],
    ['/hubs/', 'own-hub'],
    ['/docs/', 'own-hub'],
    ['/usage/', requestId],
  ];
  stranger = await app.addTenant();
  nobody = await app.addTenant({ sameOrganization: true, roles: [] });
  operations = await listOperations();
});
afterAll(() => app.close());

async function made(path: string, json: unknown): Promise<Loose> {
  const { status, body, text } = await app.call('POST', path, { json });
  expect(status, text).toBe(200);
  return body;
}

async function listOperations(): Promise<Operation[]> {
  const { body: document } = await app.call('GET', '/docs/json');
  return Object.entries<Loose>(document.paths)
    .filter(([path]) => path.startsWith('/elements/api-v2'))
    .flatMap(([path, item]) =>
      Object.entries<Loose>(item).map(([method, one]) => ({
        method: method.toUpperCase(),
        path: path.replace('/elements/api-v2', ''),
        security: one.security ?? [],
        privileges: one['x-privileges'] ?? [],
        needsMore: one['x-needs'] !== undefined,
        json: one.requestBody && leastOf(one.requestBody.content['application/json'].schema, document),
        query: (one.parameters ?? [])
          .filter((each: Loose) => each.in === 'query' && each.required)
          .map(
            ({ name, schema }: Loose) => `${name}=${encodeURIComponent(String(leastOf(schema, document)))}`,
          )
          .join('&'),
      })),
    );
}

/** The least value that a schema allows, for those that the API has. */
function leastOf(schema: Loose, document: Loose): unknown {
  if (schema.$ref) return leastOf(document.components.schemas[schema.$ref.split('/').at(-1)], document);
  if (schema.properties)
    return Object.fromEntries(
      (schema.required ?? []).map((key: string) => [key, leastOf(schema.properties[key], document)]),
    );
  if (schema.enum) return schema.enum[0];
  const least = {
    string: 'https://x.example',
    integer: schema.minimum ?? 1,
    number: 1,
    boolean: true,
    array: [],
  };
  return (least as Loose)[schema.type] ?? {};
}

const isOpen = ({ security }: Operation) =>
  security.length === 0 || security.some((one) => Object.keys(one).length === 0);
const asksFor = ({ security }: Operation, what: string) => security.some((one) => what in one);
const nameOf = ({ method, path }: Operation) => `${method} ${path}`;

/** The first variable is what the first customer owns; a role is one that there is, and nothing else behind it is. */
function fill(path: string): { asked: string; isOwned: boolean } {
  const [, id] = owned.find(([start]) => path.startsWith(`${start}{`)) ?? [];
  let isFirst = true;
  const asked = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = isFirst ? (id ?? '1') : name === 'key' ? 'admin' : '1';
    isFirst = false;
    return value;
  });
  return { asked, isOwned: id !== undefined };
}

async function walk(
  which: (operation: Operation) => boolean,
  authorization: (operation: Operation) => string | null,
  isRight: (status: number, operation: Operation, text: string) => boolean,
): Promise<{ wrong: string[]; walked: number }> {
  const wrong: string[] = [];
  const chosen = operations.filter(which);
  for (const operation of chosen) {
    const { method, path, query, json } = operation;
    const { status, text } = await app.call(method, `${fill(path).asked}?${query}`, {
      authorization: authorization(operation),
      ...(json === undefined ? {} : { json }),
    });
    if (!isRight(status, operation, text))
      wrong.push(`${nameOf(operation)}: ${status} ${text.slice(0, 200)}`);
  }
  return { wrong, walked: chosen.length };
}

describe('every operation of the API document', () => {
  it('answers 401 to who sends no secrets, unless it is for everybody', async () => {
    const { wrong, walked } = await walk(
      (one) => !isOpen(one),
      () => null,
      (status) => status === 401,
    );
    expect(wrong).toEqual([]);
    expect(walked).toBeGreaterThan(200);
  });

  it('answers 401 to secrets that are not known', async () => {
    const { wrong } = await walk(
      (one) => !isOpen(one),
      () => 'User dW5rbm93bg==, Organization 00000000000000000000000000000000',
      (status) => status === 401,
    );
    expect(wrong).toEqual([]);
  });

  it('answers 403 to a user who has no role that allows it', async () => {
    const { wrong, walked } = await walk(
      ({ privileges }) => privileges.length > 0,
      (one) =>
        asksFor(one, 'Element')
          ? `User ${nobody.userSecret}, Element ${token}`
          : `User ${nobody.userSecret}, Organization ${app.organizationSecret}`,
      (status) => status === 403,
    );
    expect(wrong).toEqual([]);
    expect(walked).toBeGreaterThan(100);
  });

  it('answers 404 or 403 to another customer who asks for what is not theirs', async () => {
    const { wrong, walked } = await walk(
      (one) => !isOpen(one) && fill(one.path).isOwned,
      (one) => (asksFor(one, 'Element') ? stranger.asElement(token) : stranger.asUser),
      (status, _one, text) => [401, 403, 404].includes(status) && !text.includes(mark),
    );
    expect(wrong).toEqual([]);
    expect(walked).toBeGreaterThan(100);
  });

  it('tells another customer nothing of the first, wherever it asks', async () => {
    const { wrong } = await walk(
      ({ method }) => method === 'GET',
      () => stranger.asUser,
      (status, _one, text) => status < 500 && !text.includes(mark),
    );
    expect(wrong).toEqual([]);
  });

  it('answers 404 to who asks for what is not there, also with a body or a query that is wrong', async () => {
    const wrong: string[] = [];
    const takes = operations.filter(
      (one) => /\{/.test(one.path) && (one.json !== undefined || one.query !== '') && one.security.length > 0,
    );
    const chosen = takes.filter(({ path }) => !path.startsWith('/models/')); // the name of what is made
    for (const operation of chosen) {
      const { status, text } = await app.call(
        operation.method,
        operation.path.replaceAll(/\{\w+\}/g, '999999'),
        {
          authorization: asksFor(operation, 'Element') ? app.asElement(token) : app.asUser,
          ...(operation.json !== undefined && { json: 'no object' }),
        },
      );
      if (status !== 404) wrong.push(`${nameOf(operation)}: ${status} ${text.slice(0, 200)}`);
    }
    expect(wrong).toEqual([]);
    expect(chosen.length).toBeGreaterThan(40);
  });

  it('answers a read of what is there with 2xx, or says that there is none', async () => {
    const { wrong, walked } = await walk(
      (one) => one.method === 'GET' && !asksFor(one, 'Bearer') && !/\{.*\{/.test(one.path) && !one.needsMore,
      (one) => (asksFor(one, 'Element') ? app.asElement(token) : app.asUser),
      (status, _one, text) => status < 300 || (status === 404 && /"message":"No /.test(text)),
    );
    expect(wrong).toEqual([]);
    expect(walked).toBeGreaterThan(60);
  });

  it('leaves what the first customer owns as it was', async () => {
    for (const [start, id] of owned.filter(([path]) => !/^.(usage|docs)/.test(path)))
      expect(await app.call('GET', `${start}${id}`), start).toMatchObject({ status: 200 });
    expect(app.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
