import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { archive } from '#test/archive';
import { bookshop, parameter, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

let app: TestApp;
let provider: Provider;

beforeAll(async () => {
  provider = await startProvider();
  provider.answer((request) => ({ body: { path: request.path } }));
  app = await startTestApp({
    elements: [bookshop([resource('GET', '/books')])],
    elementDefaults: { bookshop: { 'base.url': provider.url, 'oauth.api.secret': 'operators-own-secret' } },
    allowHosts: [provider.host],
  });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const exported = (key: string, more = {}): Loose => archive(provider.url, key, more);
const post = (body: unknown, authorization = app.asUser) =>
  app.call('POST', '/elements', { json: body, authorization });
const withoutId = (element: Loose) => ({ ...element, id: undefined });

/** What the old product made for a new element with OAuth 2. */
const rowsOfNew = `base.url pagination.type pagination.max pagination.page.startindex filter.response.nulls
  event.notification.enabled event.vendor.type event.notification.callback.url event.notification.signature.key
  event.poller.refresh_interval oauth.api.key oauth.api.secret oauth.callback.url oauth.authorization.url
  oauth.token.url oauth.scope oauth.user.token oauth.user.refresh_token oauth.user.refresh_interval
  oauth.token.refresh_url oauth.token.revoke_url oauth.basic.header`.split(/\s+/);

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

  it.each([
    ['nothing', undefined],
    [
      'its base URL alone',
      [{ name: 'Base', key: 'base.url', description: 'd', defaultValue: 'http://stub' }],
    ],
  ])('that says %s of its configuration gets the rows of a new element', async (_, configuration) => {
    const name = `New ${configuration ? 'based' : 'bare'}`;
    const given = { name, description: 'd', authentication: { type: 'oauth2' }, configuration };
    const { body } = await post(given);
    const rows: Loose = Object.fromEntries(body.configuration.map((row: Loose) => [row.key, row]));
    expect(Object.keys(rows)).toHaveLength(body.configuration.length);
    expect(new Set(body.configuration.map(({ id }: Loose) => id)).size).toBe(body.configuration.length);
    expect(Object.keys(rows)).toEqual(expect.arrayContaining(rowsOfNew));
    expect(body.configuration.filter(({ required }: Loose) => required)).toEqual([]);
    expect(rows).toMatchObject({
      'pagination.max': { defaultValue: '100' },
      'oauth.user.refresh_interval': { defaultValue: '3600' },
      'filter.response.nulls': { defaultValue: 'true' },
    });
    expect(rows['base.url'].defaultValue).toBe(configuration?.[0]?.defaultValue);
    const json = { ...body, description: 'changed', configuration: [rows['base.url']] };
    const changed = await app.call('PUT', `/elements/${body.id}`, { json });
    expect(changed.body.configuration.map(({ key }: Loose) => key).toSorted()).toEqual(
      Object.keys(rows).toSorted(),
    );
    const based = changed.body.configuration.find(({ key }: Loose) => key === 'base.url');
    expect(based.defaultValue).toBe(rows['base.url'].defaultValue);
    // No row is required, so that it is the token endpoint that is missed.
    const connecting = { name: 'i', element: { id: body.id }, providerData: { code: 'c' } };
    const refused = await app.call('POST', '/instances', { json: connecting });
    expect([refused.status, refused.body.message]).toEqual([
      400,
      expect.stringMatching(/without oauth.api.key and oauth.token.url/),
    ]);
  });

  it('says where nothing leads to its provider', async () => {
    const { body } = await post({ name: 'Lost', resources: [resource('GET', '/papers')] });
    expect(body.importReport).toEqual([{ reason: expect.stringContaining("'base.url' has no default") }]);
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
