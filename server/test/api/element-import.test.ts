import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { bookshop, library, parameter, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';
import type { Tenant } from '#test/tenant';

let app: TestApp;
let provider: Provider;
let asNeighbour: string;
let stranger: Tenant;

beforeAll(async () => {
  provider = await startProvider();
  provider.answer((request) => ({ body: { path: request.path } }));
  app = await startTestApp({
    elements: [bookshop([resource('GET', '/books')])],
    elementDefaults: { bookshop: { 'base.url': provider.url, 'oauth.api.secret': 'operators-own-secret' } },
    allowHosts: [provider.host],
  });
  const neighbour = await app.addTenant({ sameOrganization: true });
  asNeighbour = `User ${neighbour.userSecret}, Organization ${app.organizationSecret}`;
  stranger = await app.addTenant();
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

/** A whole export with what real ones have: ids, nulls, fields that nobody knows, numbers of many digits. */
const exported = (key: string, more = {}): Loose => ({
  id: 4711,
  name: 'Archive',
  key,
  description: null,
  hub: 'documents',
  active: true,
  extendebl: 'a mistyped field',
  authentication: { type: 'basic' },
  configuration: [
    {
      id: 90,
      key: 'base.url',
      name: 'URL',
      type: 'TEXTFIELD_1000',
      defaultValue: provider.url,
      required: true,
    },
    { id: 91, key: 'username', name: 'User', type: 'TEXTFIELD_128', required: true, options: null },
    { id: 92, key: 'password', name: 'Password', type: 'PASSWORD', required: true },
  ],
  parameters: [],
  hooks: [],
  resources: [
    {
      ...resource('GET', '/papers/{id}', { parameters: [{ id: 5, ...parameter('path', 'id') }] }),
      id: 17,
      response: { contentType: 'application/json', sampleData: '{"a": 1.0}' },
      weight: 1,
      createdDate: 1487000000000,
    },
  ],
  models: { papers: { id: 'papers', properties: { id: { type: 'string' } } } },
  objects: null,
  ...more,
});

const post = (body: unknown, authorization = app.asUser) =>
  app.call('POST', '/elements', { json: body, authorization });
const withoutId = (element: Loose) => ({ ...element, id: undefined });

describe('an imported element', () => {
  it('is exported as it came, its own id aside', async () => {
    const given = exported('archive');
    const made = await post(given);
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({ key: 'archive', private: true, importReport: [] });
    expect(made.body.id).toBeGreaterThanOrEqual(200_000);
    const { status, body } = await app.call('GET', '/elements/archive/export');
    expect(status).toBe(200);
    expect(withoutId(body)).toEqual(withoutId(given));
    expect(body.id).toBe(made.body.id);
  });

  it('keeps digits of numbers that a double would lose', async () => {
    const text = JSON.stringify(exported('digits')).replace('"weight":1', '"weight":12345678901234567890.10');
    const headers = { 'content-type': 'application/json' };
    await app.call('POST', '/elements', { body: text, headers });
    const { text: got } = await app.call('GET', '/elements/digits/export');
    expect(got).toContain('"weight":12345678901234567890.10');
  });

  it('is connected and called', async () => {
    await post(exported('called'));
    const shelf = await app.connect('called', { configuration: { username: 'u', password: 'p' } });
    const { status, body } = await shelf.call('GET', '/hubs/documents/papers/7');
    expect({ status, body }).toEqual({ status: 200, body: { path: '/papers/7' } });
    expect(provider.received.at(-1)?.headers['authorization']).toBe(`Basic ${btoa('u:p')}`);
  });

  it('of several megabytes is taken', async () => {
    const resources = Array.from({ length: 400 }, (_, index) =>
      resource('GET', `/papers${index}`, { description: 'x'.repeat(10_000) }),
    );
    const { status, body } = await post(exported('large', { resources }));
    expect(status).toBe(200);
    expect(body.resources).toHaveLength(400);
    expect(new Set(body.resources.map(({ id }: Loose) => id)).size).toBe(400);
  });

  it('is a draft of little more than a name', async () => {
    const { status, body } = await post({
      name: 'My DB element',
      description: 'd',
      hub: 'crm',
      authentication: { type: 'basic' },
      configuration: [{ name: 'Base URL', key: 'base.url', description: 'd', defaultValue: 'http://stub' }],
      resources: [
        { path: '/contacts', method: 'GET', vendorPath: '/people', vendorMethod: 'GET', type: 'api' },
      ],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      key: 'mydbelement',
      active: true,
      deleted: false,
      private: true,
      typeOauth: false,
    });
    expect(body.resources[0]).toMatchObject({
      id: 1,
      path: '/hubs/crm/contacts',
      ownerAccountId: expect.any(Number),
    });
    const keys = body.configuration.map(({ key }: Loose) => key);
    expect(keys.filter((key: string) => key === 'base.url')).toHaveLength(1);
    expect(keys).toEqual(expect.arrayContaining(['username', 'password', 'filter.response.nulls']));
  });

  it('has its paths below its hub, and exports them as they were written', async () => {
    const paths = ['/plain', 'bare', 'hubs/other/slashless', '/hubs/documents/whole/', '/hubs/documents/*'];
    const given = exported('paths', {
      resources: paths.map((path) => ({ ...resource('GET', '/x', { vendorPath: '/x' }), path })),
    });
    const made = await post(given);
    expect(made.body.resources.map(({ path }: Loose) => path)).toEqual([
      '/hubs/documents/plain',
      '/hubs/documents/bare',
      '/hubs/other/slashless',
      '/hubs/documents/whole/',
      '/hubs/documents/*',
    ]);
    const { body } = await app.call('GET', '/elements/paths/export');
    expect(body.resources.map(({ path }: Loose) => path)).toEqual(paths);
    const shelf = await app.connect('paths', { configuration: { username: 'u', password: 'p' } });
    for (const path of ['plain', 'bare', 'slashless', 'whole', 'whole/', '*'])
      expect([path, (await shelf.call('GET', `/hubs/documents/${path}`)).status]).toEqual([path, 200]);
    expect((await shelf.call('GET', '/hubs/documents/else')).status).toBe(400);
  });

  it('means what it says in an unusual spelling, and is exported in it', async () => {
    const row = { name: 'q', vendorName: 'q', description: null, id: '7' };
    const given = {
      ...exported('loose'),
      key: '',
      name: 'Loose',
      hub: null,
      active: 'true',
      displayOrder: '3',
      authentication: { type: 'Basic' },
      parameters: null,
      configuration: [
        { key: 'base.url', name: null, type: 'TEXTFIELD_1000', required: 'true', defaultValue: provider.url },
        { key: 'username', type: 'TEXTFIELD_32', required: 'TRUE', displayOrder: '2', internal: '' },
        { key: 'password', type: 'PASSWORD', required: 'false', defaultValue: 12 },
      ],
      resources: [
        {
          method: 'GET',
          path: '/papers',
          vendorPath: '/papers',
          vendorMethod: null,
          type: null,
          kind: 'EB',
          paginationType: '',
          parameters: [
            { ...row, type: 'Query', vendorType: 'QUERY', required: 'true', source: '' },
            { ...row, type: 'value', name: 5, vendorType: 'query', vendorName: 'five' },
          ],
          hooks: [{ type: 'prerequest', isLegacy: 'true', body: 'return {};' }],
          response: null,
        },
      ],
    };
    const made = await post(given);
    expect(made.body).toMatchObject({ key: 'loose', importReport: [] });
    const { body } = await app.call('GET', '/elements/loose/export');
    expect(body).toMatchObject({ active: 'true', displayOrder: '3', authentication: { type: 'Basic' } });
    expect(body.resources[0]).toMatchObject({ type: null, kind: 'EB', hooks: [{ isLegacy: 'true' }] });
    const refused = await app.call('POST', '/instances', { json: { name: 'x', element: { key: 'loose' } } });
    expect(refused.body.message).toContain('username');
    const shelf = await app.connect('loose', { configuration: { username: 'u' } });
    expect((await shelf.call('GET', '/hubs/general/papers')).body.message).toContain('q (query)');
    expect((await shelf.call('GET', '/hubs/general/papers?q=1')).status).toBe(200);
    expect(provider.received.at(-1)?.url).toBe('/papers?q=1&five=5');
    expect(provider.received.at(-1)?.headers['authorization']).toBe(`Basic ${btoa('u:12')}`);
  });

  it('can be sent back as it was answered', async () => {
    const made = await post(exported('back'));
    const again = await app.call('PUT', '/elements/back', { json: made.body });
    expect(again.status).toBe(200);
    const { body } = await app.call('GET', '/elements/back/export');
    expect(body).not.toHaveProperty('importReport');
  });

  it.each([
    ['no object', [], /body must be a JSON object/],
    ['no name', { key: 'nameless' }, /'name' is missing/],
    ['a number as key', { name: 'n', key: '123' }, /taken for an id/],
    ['a name of nothing but digits', { name: '12 34' }, /taken for an id/],
    ['a key with a slash', { name: 'n', key: 'a/b' }, /'key' must begin/],
    ['a key that is a path of the API', { name: 'n', key: 'keys' }, /must not be 'keys'/],
    ['resources that are no list', { name: 'n', resources: {} }, /'resources' must be an array/],
    ['a hub that is no word', { name: 'n', hub: '../x' }, /'hub' must be a word/],
  ])('with %s is refused, and says why', async (_, body, message) => {
    const reply = await post(body);
    expect(reply.status).toBe(400);
    expect(reply.body.message).toMatch(message);
  });

  it('of a key that the account has already is refused', async () => {
    await post(exported('twice'));
    const again = await post(exported('twice'));
    expect(again.status).toBe(409);
    expect(again.body.message).toContain("key 'twice' already");
  });
});

describe('another kind of document', () => {
  const yaml = `openapi: 3.0.0
info: { title: Paper Mill }
servers: [{ url: 'https://mill.example' }]
paths:
  /rolls:
    get:
      responses: { '200': { description: all } }
`;

  it.each([
    [
      'JSON',
      () => ({
        json: {
          swagger: '2.0',
          info: { title: 'Paper Mill' },
          host: 'mill.example',
          paths: { '/rolls': { get: {} } },
        },
      }),
    ],
    ['YAML', () => ({ body: yaml, headers: { 'content-type': 'application/yaml' } })],
    [
      'an uploaded file',
      () => {
        const form = new FormData();
        form.set('file', new Blob([yaml], { type: 'application/yaml' }), 'mill.yaml');
        return { body: form };
      },
    ],
  ])('becomes a draft of an element: %s', async (kind, options) => {
    const draft = await app.call('POST', '/elements/convert?type=swagger', options());
    expect(draft.status).toBe(200);
    expect(draft.body).toMatchObject({ name: 'Paper Mill', importNotes: expect.any(Array) });
    const made = await post({ ...draft.body, key: `mill${kind.replaceAll(' ', '').toLowerCase()}` });
    expect(made.status).toBe(200);
    expect(made.body).not.toHaveProperty('importNotes');
    expect(made.body.resources[0]).toMatchObject({ path: '/hubs/general/rolls', method: 'GET' });
  });

  it.each([
    ['broken', 'paths: [', /neither JSON nor YAML/],
    ['no such document', '{"a": 1}', /neither 'openapi' 3 nor 'swagger' 2/],
    [
      'made of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.replace(/./g, (c, i: number) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghi'[i]}`).join()}]\n`)}`,
      /neither JSON nor YAML|neither 'openapi'/,
    ],
    ['empty', '', /cannot be made/],
  ])('that is %s is refused', async (_, body, message) => {
    const reply = await app.call('POST', '/elements/convert', {
      body,
      headers: { 'content-type': 'text/plain' },
    });
    expect(reply.status).toBe(400);
    expect(reply.body.message).toMatch(message);
  });
});

describe('what cannot work', () => {
  it('is told at import, resource by resource, and the rest works', async () => {
    const { status, body } = await post(
      exported('partly', {
        protocolType: 'jdbc',
        resources: [
          { ...resource('GET', '/old'), kind: 'java' },
          resource('OPTIONS', '/options'),
          resource('GET', '/x{a}{b}'),
          resource('GET', '/chain', { nextResource: 'GET:/hubs/documents/nowhere' }),
          resource('GET', '/odd', { parameters: [{ name: 'q', type: 'guess', vendorType: 'query' }] }),
          resource('GET', '/lib', {
            hooks: [{ type: 'preRequest', body: "const fs = require('fs');\ndone();" }],
          }),
          resource('GET', '/script', { hooks: [{ type: 'preRequest', body: 'done();\nthis is no script' }] }),
          resource('GET', '/where', {
            parameters: [{ ...parameter('query', 'where'), converter: 'toNothing' }],
          }),
          resource('GET', '/papers'),
        ],
        configuration: [...exported('x').configuration, { key: 'odd', name: 'Odd', type: 'GUESS' }],
      }),
    );
    expect(status).toBe(200);
    const told = body.importReport.map(({ path, reason }: Loose) => `${path ?? ''} ${reason}`).join('\n');
    for (const expected of [
      /jdbc/,
      /\/old .*Java code/,
      /\/options .*takes no OPTIONS/,
      /\/x\{a\}\{b\} .*cannot be matched/,
      /\/chain .*\/nowhere does not exist/,
      /\/odd parameters\/0 is left out: type must be .*path, query/,
      /\/lib .*requires 'fs'/,
      /\/script .*failed at line 2/,
      /\/where The converter 'toNothing'/,
      /configuration\/3\/type is left out/,
    ]) {
      expect(told).toMatch(expected);
    }
    expect(told).not.toMatch(/\/papers/);
    const report = await app.call('GET', '/elements/partly/report');
    expect(report.body).toEqual(body.importReport);
    const one = await app.connect('partly', { configuration: { username: 'u', password: 'p' } });
    expect((await one.call('GET', '/hubs/documents/papers')).status).toBe(200);
  });
});

describe('changing an element', () => {
  it('replaces what is given, and never the key', async () => {
    const made = await post(exported('changing'));
    const { status, body } = await app.call('PUT', `/elements/${made.body.id}`, {
      json: { name: 'Renamed', key: 'renamed', resources: [resource('GET', '/letters')] },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: made.body.id, key: 'changing', name: 'Renamed' });
    expect(body.resources).toHaveLength(1);
    expect(body.configuration.filter(({ key }: Loose) => key === 'base.url')).toHaveLength(1);
  });

  it('keeps the base URL when new configuration leaves it out', async () => {
    await post(exported('based'));
    const { body } = await app.call('PUT', '/elements/based', {
      json: { configuration: [{ key: 'other', name: 'Other', description: 'd', type: 'TEXTFIELD_32' }] },
    });
    const base = body.configuration.filter(({ key }: Loose) => key === 'base.url');
    expect(base).toEqual([expect.objectContaining({ defaultValue: provider.url })]);
  });

  it('reaches connected accounts with the next call', async () => {
    await post(exported('live'));
    const one = await app.connect('live', { configuration: { username: 'u', password: 'p' } });
    expect((await one.call('GET', '/letters')).status).toBe(400);
    await app.call('PUT', '/elements/live', { json: { resources: [resource('GET', '/letters')] } });
    expect((await one.call('GET', '/letters')).status).toBe(200);
  });

  it('marks it as active or not', async () => {
    await post(exported('active'));
    expect((await app.call('DELETE', '/elements/active/active')).body.active).toBe(false);
    expect((await app.call('GET', '/elements/active')).body.active).toBe(false);
    expect((await app.call('PUT', '/elements/active/active')).body.active).toBe(true);
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('%s refuses a shipped one', async (method) => {
    const reply = await app.call(method, '/elements/bookshop', { json: { name: 'Mine' } });
    expect(reply.status).toBe(403);
    expect(reply.body.message).toContain('clone');
  });

  it('deletes, unless accounts are connected with it', async () => {
    await post(exported('gone'));
    const one = await app.connect('gone', { configuration: { username: 'u', password: 'p' } });
    const refused = await app.call('DELETE', '/elements/gone');
    expect(refused.status).toBe(409);
    expect(refused.body.message).toContain('One account is connected');
    await app.call('DELETE', `/instances/${one.id}`);
    expect((await app.call('DELETE', '/elements/gone')).status).toBe(200);
    expect((await app.call('GET', '/elements/gone')).status).toBe(404);
    expect((await app.call('DELETE', '/elements/gone')).status).toBe(404);
  });

  it('copies an element without the credentials of its app', async () => {
    const credentials = [
      { key: 'oauth.api.key', name: 'Key', type: 'TEXTFIELD_128', defaultValue: 'app' },
      { key: 'oauth.api.secret', name: 'Secret', type: 'PASSWORD', defaultValue: 'hush' },
    ];
    await post(exported('original', { configuration: credentials }));
    const { status, body } = await app.call('POST', '/elements/original/clone');
    expect(status).toBe(200);
    expect(body).toMatchObject({ key: 'originalclone', private: true });
    const ours = body.configuration.filter(({ key }: Loose) => key.startsWith('oauth.api.'));
    expect(ours.map(({ defaultValue }: Loose) => defaultValue)).toEqual(['', '']);
    const second = await app.call('POST', '/elements/original/clone', {
      json: { name: 'Mine', key: 'mine' },
    });
    expect(second.body).toMatchObject({ key: 'mine', name: 'Mine' });
    const shipped = await app.call('POST', '/elements/bookshop/clone');
    expect(shipped.text).not.toContain('operators-own-secret');
  });
});

describe('who sees an element', () => {
  it('is its account alone, until it is shared with another of the organization', async () => {
    const { body: made } = await post(exported('ours'));
    for (const authorization of [asNeighbour, stranger.asUser]) {
      const as = { authorization };
      for (const path of ['ours', made.id, `${made.id}/export`, 'ours/resources', 'ours/report'])
        expect((await app.call('GET', `/elements/${path}`, as)).status).toBe(404);
      for (const method of ['PUT', 'PATCH', 'DELETE'])
        expect((await app.call(method, `/elements/${made.id}`, { ...as, json: { name: 'x' } })).status).toBe(
          404,
        );
      expect((await app.call('GET', '/elements/keys', as)).body).not.toContain('ours');
      expect((await app.call('GET', "/elements?where=key='ours'", as)).body).toEqual([]);
      const connect = { ...as, json: { name: 'i', element: { key: 'ours' } } };
      expect((await app.call('POST', '/instances', connect)).status).toBe(404);
    }
    const id = (await app.call('GET', '/elements/ours')).body.resources[0].ownerAccountId;
    expect((await app.call('PUT', `/elements/ours/accounts/${id + 100}`)).status).toBe(404);
  });

  it('is an account that it is shared with, to use but not to change', async () => {
    const { body: made } = await post(exported('lent'));
    const as = { authorization: asNeighbour };
    const theirs = await app.call('POST', '/elements', { ...as, json: exported('theirs') });
    const accountId = theirs.body.resources[0].ownerAccountId;
    expect((await app.call('PUT', `/elements/lent/accounts/${accountId}`)).status).toBe(200);
    expect((await app.call('GET', '/elements/lent/accounts')).body).toEqual([accountId]);
    expect((await app.call('GET', '/elements/lent', as)).body.id).toBe(made.id);
    expect((await app.call('PUT', '/elements/lent', { ...as, json: { name: 'x' } })).status).toBe(403);
    expect((await app.call('DELETE', `/elements/lent/accounts/${accountId}`)).status).toBe(200);
    expect((await app.call('GET', '/elements/lent', as)).status).toBe(404);
  });

  it('has its own in the list behind the shipped ones, page by page', async () => {
    const all = await app.call('GET', '/elements?abridged=true');
    const total = Number(all.headers['elements-total-count']);
    expect(all.body).toHaveLength(total);
    expect(all.body[0].key).toBe('bookshop');
    const pages = [];
    let query = 'pageSize=2';
    for (;;) {
      const page = await app.call('GET', `/elements?${query}`);
      pages.push(...page.body.map(({ id }: Loose) => id));
      const next = page.headers['elements-next-page-token'];
      if (!next) break;
      query = `pageSize=2&nextPage=${next}`;
    }
    expect(pages).toEqual(all.body.map(({ id }: Loose) => id));
    const some = await app.call('GET', '/elements?where=private=true&pageSize=3');
    expect(some.body).toHaveLength(3);
    expect(Number(some.headers['elements-total-count'])).toBe(total - 1);
  });

  it('nobody finds without credentials', async () => {
    await post(exported('quiet'));
    expect((await app.call('GET', '/elements/quiet', { authorization: null })).status).toBe(404);
    expect((await app.call('POST', '/elements', { authorization: null, json: {} })).status).toBe(401);
  });

  it('finds its own before a shipped one of the same key, which never gets the operator’s secrets', async () => {
    const { body: made } = await post({ ...library(), ...exported('bookshop'), key: 'bookshop' });
    expect((await app.call('GET', '/elements/bookshop')).body.id).toBe(made.id);
    expect((await app.call('GET', '/elements/bookshop', { authorization: asNeighbour })).body.id).toBe(501);
    const both = await app.call('GET', "/elements?where=key='bookshop'");
    expect(both.body.map(({ id }: Loose) => id)).toEqual([501, made.id]);
    const one = await app.connect('bookshop', { configuration: { username: 'u', password: 'p' } });
    const shown = await app.call('GET', `/instances/${one.id}`);
    expect(shown.body.element.id).toBe(made.id);
    expect((await app.call('GET', '/elements/501/instances')).status).toBe(404);
    await app.call('DELETE', `/instances/${one.id}`);
    await app.call('DELETE', `/elements/${made.id}`);
    expect((await app.call('GET', '/elements/bookshop')).body.id).toBe(501);
  });
});
