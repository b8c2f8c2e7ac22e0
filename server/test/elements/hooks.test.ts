import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { library, parameter, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

// Every variable that a hook sees, every key that it may give to done, and what comes of it.

let app: TestApp;
let provider: Provider;
let made = 0;

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({ elements: [], allowHosts: [provider.host] });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

const pre = (body: string, more = {}) => ({
  type: 'preRequest',
  mimeType: 'application/javascript',
  body,
  ...more,
});
const after = (body: string, more = {}) => ({ ...pre(body), type: 'postRequest', ...more });
const last = () => provider.received.at(-1);

/** A connected account of a new element with these resources. */
async function connect(resources: object[], more: Record<string, unknown> = {}): Promise<Connected> {
  const key = `hooked${++made}`;
  const { configuration = [], ...rest } = more;
  const { status, text } = await app.call('POST', '/elements', {
    json: {
      ...library(),
      key,
      authentication: { type: 'custom' },
      configuration: [
        { key: 'base.url', name: 'URL', type: 'TEXTFIELD_1000', defaultValue: `${provider.url}/v1` },
        { key: 'shop', name: 'Shop', type: 'TEXTFIELD_1000', defaultValue: 's1' },
        ...(configuration as object[]),
      ],
      ...rest,
      resources,
    },
  });
  if (status !== 200) throw new Error(text);
  return app.connect(key);
}

/** Connects one resource, with what a hook sees sent back as its reply. */
async function seen(names: string[], hooks: (shows: string) => object[], more: Record<string, unknown> = {}) {
  const shows = `{ ${names.map((name) => `${name}: typeof ${name} === 'undefined' ? '(none)' : ${name}`).join(', ')} }`;
  return connect([
    resource('POST', '/things/{id}', {
      vendorPath: '/theirs/{id}',
      vendorMethod: 'PUT',
      objectName: 'things',
      hooks: hooks(shows),
      parameters: [
        parameter('path', 'id'),
        parameter('query', 'q', 'query', 'theirs'),
        parameter('query', 'secret', 'no-op'),
        parameter('value', 'v', 'header', 'X-Kind'),
        parameter('body', 'body'),
      ],
      ...more,
    }),
  ]);
}

describe('a hook sees', () => {
  const ask = (account: Connected) =>
    account.call('POST', '/things/7?q=1&secret=s', { json: { a: 1 }, headers: { 'X-Own': 'o' } });

  it('the request, ours and theirs, before it is sent', async () => {
    const names = [
      'request_body', 'request_body_map', 'request_path', 'request_path_variables', 'request_parameters',
      'request_method', 'request_expression', 'request_root_key', 'request_vendor_body', 'request_vendor_body_map',
      'request_vendor_headers', 'request_vendor_method', 'request_vendor_parameters', 'request_vendor_path',
      'request_vendor_url', 'request_previous_response', 'request_previous_response_headers', 'response_body',
      'response_iserror', 'object_name', 'events', 'meta_data',
    ]; // prettier-ignore
    const account = await seen(
      names,
      (shows) => [
        pre(
          `done({ continue: false, response_body: { ...${shows}, own: request_headers['X-Own'], shop: configuration.shop } })`,
        ),
      ],
      { rootKey: 'wrap|' },
    );
    const { body } = await ask(account);
    expect(body).toEqual({
      request_body: '{"a":1}',
      request_body_map: { a: 1 },
      request_path: '/things/7',
      request_path_variables: { id: '7' },
      request_parameters: { q: '1', secret: 's' },
      request_method: 'POST',
      request_expression: [],
      request_root_key: 'wrap',
      request_vendor_body: '{"a":1}',
      request_vendor_body_map: { a: 1 },
      request_vendor_headers: { 'X-Kind': 'v' },
      request_vendor_method: 'PUT',
      request_vendor_parameters: { theirs: '1' },
      request_vendor_path: '/theirs/{id}',
      request_vendor_url: `${provider.url}/v1/theirs/{id}`,
      request_previous_response: '(none)',
      request_previous_response_headers: '(none)',
      response_body: '(none)',
      response_iserror: '(none)',
      object_name: 'things',
      events: '(none)',
      meta_data: '(none)',
      own: 'o',
      shop: 's1',
    });
    expect(provider.received).toEqual([]);
  });

  it('the reply, as text and as objects, after it', async () => {
    const names = ['response_body', 'response_body_map', 'response_body_raw', 'response_body_raw_map', 'response_status_code',
      'response_iserror', 'response_error', 'request_vendor_parameters']; // prettier-ignore
    const account = await seen(names, (shows) => [
      after(`response_body.b = 2; done({ response_body })`),
      after(`done({ response_body: { ...${shows}, type: response_headers['Content-Type'] } })`),
    ]);
    provider.answer({ status: 201, body: { a: 1 } });
    expect((await ask(account)).body).toEqual({
      response_body: { a: 1, b: 2 },
      response_body_map: { a: 1, b: 2 },
      response_body_raw: '{"a":1}',
      response_body_raw_map: { a: 1 },
      response_status_code: 201,
      response_iserror: false,
      response_error: '(none)',
      request_vendor_parameters: { theirs: '1' },
      type: 'application/json',
    });
  });

  it('what the provider says of an error', async () => {
    const account = await seen(['response_iserror', 'response_error', 'response_status_code'], (shows) => [
      after(`done({ response_status_code: 200, response_body: ${shows} })`),
    ]);
    provider.answer({ status: 422, body: { error: { message: 'no such shop' } } });
    expect((await ask(account)).body).toEqual({
      response_iserror: true,
      response_error: 'no such shop',
      response_status_code: 422,
    });
  });

  it('headers that an earlier hook has removed as null', async () => {
    const account = await seen([], () => [
      pre(`done({ request_vendor_headers: { ...request_vendor_headers, 'X-Kind': null, Accept: null } })`),
      pre(
        `done({ request_vendor_headers: { ...request_vendor_headers, 'X-Seen': JSON.stringify(request_vendor_headers) } })`,
      ),
    ]);
    provider.answer({ body: {} });
    await ask(account);
    expect(last()?.headers).toMatchObject({ 'x-seen': '{"X-Kind":null,"Accept":null}' });
    expect(last()?.headers).not.toHaveProperty('x-kind');
    expect(last()?.headers).not.toHaveProperty('accept');
  });
});

describe('done takes', () => {
  it.each<[string, string, string, object]>([
    [
      'request_vendor_body as an object',
      `{ request_vendor_body: { n: 1 } }`,
      'PUT /v1/theirs/7?theirs=1',
      { text: '{"n":1}' },
    ],
    [
      'request_vendor_body as text',
      `{ request_vendor_body: JSON.stringify({ n: 1 }) }`,
      'PUT /v1/theirs/7?theirs=1',
      { text: '{"n":1}' },
    ],
    [
      'request_vendor_body_map',
      `{ request_vendor_body_map: { n: 1 } }`,
      'PUT /v1/theirs/7?theirs=1',
      { text: '{"n":1}' },
    ],
    [
      'request_vendor_parameters',
      `{ request_vendor_parameters: { a: ['1', 2], b: true, c: null } }`,
      'PUT /v1/theirs/7?a=1&a=2&b=true',
      {},
    ],
    [
      'request_vendor_path',
      '{ request_vendor_path: `/x/${request_path_variables.id}/{shop}` }',
      'PUT /v1/x/7/s1?theirs=1',
      {},
    ],
    ['request_vendor_method', `{ request_vendor_method: 'patch' }`, 'PATCH /v1/theirs/7?theirs=1', {}],
    [
      'request_vendor_url',
      `{ request_vendor_url: request_vendor_url.replace('/v1/', '/v2/').replace('{id}', '8') }`,
      'PUT /v2/theirs/8?theirs=1',
      {},
    ],
    [
      'continue: true with all of them',
      `{ continue: true, request_vendor_method: 'POST', request_vendor_path: '/y' }`,
      'POST /v1/y?theirs=1',
      {},
    ],
    ['nothing', '', 'PUT /v1/theirs/7?theirs=1', { text: '{"a":1}' }],
    [
      'things that it does not know',
      `{ nonsense: 1, response_body: 'not now' }`,
      'PUT /v1/theirs/7?theirs=1',
      { text: '{"a":1}' },
    ],
  ])('%s', async (_, given, line, more) => {
    const account = await seen([], () => [pre(`done(${given})`)]);
    provider.answer({ body: { fine: true } });
    expect((await account.call('POST', '/things/7?q=1', { json: { a: 1 } })).body).toEqual({ fine: true });
    expect({ line: `${last()?.method} ${last()?.url}`, text: last()?.text }).toMatchObject({ line, ...more });
  });

  it.each<[string, string, number, unknown]>([
    ['response_body', `{ response_body: [1] }`, 200, [1]],
    ['response_body as JSON text', `{ response_body: '{"n":1}' }`, 200, { n: 1 }],
    ['response_body_raw', `{ response_body_raw: '{"n":1}' }`, 200, { n: 1 }],
    ['response_status_code of an error', `{ response_status_code: 409 }`, 409, { message: /./ }],
    ['response_error_message', `{ response_error_message: 'Sold out' }`, 400, { message: /^Sold out/ }],
    [
      'response_error',
      `{ response_error: 'Sold out', response_status_code: 404 }`,
      404,
      { message: /^Sold out/ },
    ],
    ['nothing', '', 200, { fine: true }],
  ])('after the call: %s', async (_, given, status, body) => {
    const account = await seen([], () => [after(`done(${given})`)]);
    provider.answer({ body: { fine: true } });
    const reply = await account.call('POST', '/things/7', { json: {} });
    expect(reply.status).toBe(status);
    if (status === 200) expect(reply.body).toEqual(body);
    else expect(reply.body.message).toMatch((body as { message: RegExp }).message);
  });

  it('configuration, which the next call and the next hook see', async () => {
    const account = await seen([], () => [
      pre(`done({ configuration: { count: Number(configuration.count || 0) + 1, shop: 's2' } })`),
      pre(`done({ request_vendor_parameters: { count: configuration.count, shop: configuration.shop } })`),
      after(`configuration.late = 'x'; done({ configuration })`),
    ]);
    provider.answer({ body: {} });
    await account.call('POST', '/things/7', { json: {} });
    await account.call('POST', '/things/7', { json: {} });
    expect(provider.received.map(({ url }) => url)).toEqual([
      '/v1/theirs/7?count=1&shop=s2',
      '/v1/theirs/7?count=2&shop=s2',
    ]);
    const { body } = await app.call('GET', `/instances/${account.id}`);
    expect(body.configuration).toMatchObject({ count: '2', shop: 's2', late: 'x' });
  });
});

describe('hooks of the element and of the resource', () => {
  const add = (name: string) =>
    `done({ request_vendor_parameters: { ...request_vendor_parameters, order: (request_vendor_parameters.order || '') + '${name}' } })`;
  const put = (name: string) => `done({ response_body: { order: (response_body.order || '') + '${name}' } })`;

  it('run around each other: the element’s first and last', async () => {
    const account = await connect(
      [resource('GET', '/things/1', { hooks: [pre(add('r')), after(put('r'))] })],
      { hooks: [pre(add('e')), after(put('e'))] },
    );
    provider.answer({ body: {} });
    expect((await account.call('GET', '/things/1')).body).toEqual({ order: 're' });
    expect(last()?.query.get('order')).toBe('er');
  });

  it('after the call run even where a hook has answered before it', async () => {
    const account = await connect([
      resource('GET', '/things/1', {
        hooks: [pre(`done({ continue: false, response_body: { order: 'p' } })`), after(put('r'))],
      }),
    ]);
    expect((await account.call('GET', '/things/1')).body).toEqual({ order: 'pr' });
    expect(provider.received).toEqual([]);
  });

  it('see in a chain what the call before answered, and stored', async () => {
    const account = await connect([
      resource('POST', '/one', {
        nextResource: 'POST:/hubs/documents/two',
        parameters: [parameter('configuration', 'token', 'bodyField', 'token', { source: 'response' })],
      }),
      resource('POST', '/two', {
        vendorPath: '/two/{token}',
        hooks: [
          pre(
            `done({ request_vendor_body: { before: request_previous_response, left: request_previous_response_headers['X-RateLimit-Left'] } })`,
          ),
        ],
      }),
    ]);
    provider.answer({ headers: { 'x-ratelimit-left': '3' }, body: { token: 't1' } });
    await account.call('POST', '/one', { json: {} });
    expect(last()?.url).toBe('/v1/two/t1');
    expect(last()?.json()).toEqual({ before: { token: 't1' }, left: '3' });
  });
});

describe('a hook that fails is named, with its line', () => {
  it.each([
    ['its own error', 'let a;\n\nthrow new Error("no shop");', 'at line 3: no shop'],
    ['a text', '\nthrow "no shop"', 'no shop'],
    ['wrong syntax', 'let a = 1;\nlet a = 2;', 'at line 2'],
    ['a constant', '\nCE = 1;', 'at line 2: Assignment to constant variable.'],
    [
      'a library that is not there',
      'require("axios")',
      "Cannot find module 'axios'. Scripts may require lodash,",
    ],
    ['no end', 'setTimeout(() => {}, 1)', 'it ended without calling done(…)'],
  ])('%s', async (_, body, message) => {
    const account = await connect([resource('GET', '/things/1', { hooks: [pre(body)] })]);
    const reply = await account.call('GET', '/things/1');
    expect(reply.status).toBe(500);
    expect(reply.body.message).toMatch(/^Hook "hooked\d+ GET \/things\/1 preRequest" failed/);
    expect(reply.body.message).toContain(message);
    expect(provider.received).toEqual([]);
  });
});

it('mails that a hook asks for are noted, and not sent', async () => {
  const account = await connect([
    resource('GET', '/things/1', {
      hooks: [after(`notify.email('ann@example.com', 'Hi', 'secret text'); done()`)],
    }),
  ]);
  provider.answer({ body: { fine: true } });
  expect((await account.call('GET', '/things/1')).body).toEqual({ fine: true });
  const line = app.log.find(({ message }) => message.startsWith('A hook asks for a mail'));
  expect(line?.details).toMatchObject({ to: 'ann@example.com', subject: 'Hi', instanceId: account.id });
  expect(JSON.stringify(line)).not.toContain('secret text');
});

describe('variables of an instance', () => {
  it.each([
    ['an object', '{"region": "eu", "depth": 2}', { region: 'eu', depth: '2' }],
    ['rows', '[{"key": "region", "value": "eu"}, {"name": "depth"}]', { region: 'eu', depth: '' }],
    ['names', 'region, depth', { region: '', depth: '' }],
    ['a list of names', '["region", "depth"]', { region: '', depth: '' }],
    ['something else', '{broken', {}],
  ])('are %s', async (_, text, expected) => {
    const names = `{ region: configuration.region, depth: configuration.depth }`;
    const account = await connect(
      [resource('GET', '/things/1', { hooks: [pre(`done({ continue: false, response_body: ${names} })`)] })],
      {
        configuration: [
          { key: 'instance.variables', name: 'Variables', type: 'CODE_EDITOR', defaultValue: text },
        ],
      },
    );
    expect((await account.call('GET', '/things/1')).body).toEqual(expected);
  });

  it('are filled in where a definition names them, and stored over', async () => {
    const account = await connect(
      [
        resource('GET', '/things/1', {
          vendorPath: '/{region}/things',
          hooks: [after(`done({ configuration: { region: 'us' } })`)],
        }),
      ],
      {
        configuration: [{ key: 'instance.variables', type: 'CODE_EDITOR', defaultValue: '{"region":"eu"}' }],
      },
    );
    provider.answer({ body: {} });
    await account.call('GET', '/things/1');
    await account.call('GET', '/things/1');
    expect(provider.received.map(({ path }) => path)).toEqual(['/v1/eu/things', '/v1/us/things']);
  });
});
