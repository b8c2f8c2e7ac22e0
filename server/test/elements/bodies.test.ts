import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { library, parameter, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider, ReceivedFile } from '#test/provider';

// Bodies of every kind, both ways, and the addresses that they go to.

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

async function connect(resources: object[], more: Record<string, unknown> = {}): Promise<Connected> {
  const key = `bodies${++made}`;
  const { settings = {}, ...rest } = more;
  const configuration = Object.entries({ 'base.url': provider.url, shop: 's1', ...(settings as object) });
  const { status, text } = await app.call('POST', '/elements', {
    json: {
      ...library(),
      key,
      authentication: { type: 'custom' },
      configuration: configuration.map(([name, value]) => ({
        key: name,
        name,
        type: 'TEXTFIELD_1000',
        defaultValue: value,
      })),
      ...rest,
      resources,
    },
  });
  if (status !== 200) throw new Error(text);
  return app.connect(key);
}

const last = () => provider.received.at(-1);
const post = (parameters: object[], more = {}) => resource('POST', '/things', { parameters, ...more });
const header = (name: string, value: string) => parameter('value', value, 'header', name);
const bodyOf = (template: string) => parameter('value', template, 'body', 'body');
const token = (type: string, name: string, vendorName = name) =>
  parameter(type, name, 'bodyToken', vendorName);

describe('a body that is a template', () => {
  const xml = '<a n="{n}"><b>{b}</b><c>{c}</c></a>';
  const json = '{"t": "{b}", "o": {c}, "n": "{n}", "left": {"x": "{x y}"}}';

  it.each<[string, string, object, string]>([
    ['XML', xml, { n: 1, b: 'x' }, '<a n="1"><b>x</b><c></c></a>'],
    [
      'XML, with markup in a value',
      xml,
      { n: '"/><evil a="', b: '</b><evil/>', c: ']]>&\u0000' },
      '<a n="&quot;/&gt;&lt;evil a=&quot;"><b>&lt;/b&gt;&lt;evil/&gt;</b><c>]]&gt;&amp;</c></a>',
    ],
    [
      'JSON',
      json,
      { b: 'x', c: { d: 1 }, n: 7 },
      '{"t": "x", "o": {"d":1}, "n": "7", "left": {"x": "{x y}"}}',
    ],
    [
      'JSON, with quotes in a value',
      json,
      { b: '", "admin": "1', c: [1], n: 'a\\b\n' },
      '{"t": "\\", \\"admin\\": \\"1", "o": [1], "n": "a\\\\b\\n", "left": {"x": "{x y}"}}',
    ],
    ['JSON, without values', json, {}, '{"t": "", "o": null, "n": "", "left": {"x": "{x y}"}}'],
    ['any text', 'b={b}&c={c}', { b: '1', c: '2' }, 'b=1&c=2'],
    ['a token in a value', '<a>{b}</a>', { b: '{c}', c: 'never' }, '<a>{c}</a>'],
  ])('%s', async (_, template, body, expected) => {
    const account = await connect([post([bodyOf(template), token('body', 'body')])]);
    provider.answer({ body: {} });
    await account.call('POST', '/things', { json: body });
    expect(last()?.text).toBe(expected);
  });

  it('takes the whole of our body, or one field of it', async () => {
    const account = await connect([
      post([
        bodyOf('{"action": "{action}", "payload": {payload}}'),
        token('body', 'payload'),
        token('value', 'go', 'action'),
      ]),
    ]);
    provider.answer({ body: {} });
    await account.call('POST', '/things', { json: { payload: { a: 1 } } });
    expect(last()?.json()).toEqual({ action: 'go', payload: { a: 1 } });
    await account.call('POST', '/things', { json: { a: 2 } });
    expect(last()?.json()).toEqual({ action: 'go', payload: { a: 2 } });
  });

  it('names what other rows send, and the configuration', async () => {
    const account = await connect([
      resource('POST', '/things/{id}', {
        vendorPath: '/things',
        parameters: [
          bodyOf('<a shop="${configuration.shop}" id="{theirs}">{q}</a>'),
          parameter('path', 'id', 'query', 'theirs'),
          token('query', 'q'),
        ],
      }),
    ]);
    provider.answer({ body: {} });
    await account.call('POST', '/things/7%3C?q=a%26b');
    expect(last()?.text).toBe('<a shop="s1" id="7&lt;">a&amp;b</a>');
  });

  it('is not needed for tokens: they are fields of a JSON body', async () => {
    const account = await connect([
      resource('DELETE', '/things/{name}', {
        vendorMethod: 'POST',
        vendorPath: '/things/delete.json',
        parameters: [parameter('configuration', 'shop', 'bodyField', 'key'), token('path', 'name')],
      }),
    ]);
    provider.answer({ body: {} });
    await account.call('DELETE', '/things/x%20y');
    expect(last()?.json()).toEqual({ key: 's1', name: 'x y' });
  });

  it('may be text that a hook wrote', async () => {
    const account = await connect([
      post([token('query', 'url')], {
        hooks: [
          {
            type: 'preRequest',
            mimeType: 'application/javascript',
            body: `done({ request_vendor_body: { to: '{url}', n: 1 } })`,
          },
        ],
      }),
    ]);
    provider.answer({ body: {} });
    await account.call('POST', '/things?url=http%3A%2F%2Fx');
    expect(last()?.json()).toEqual({ to: 'http://x', n: 1 });
  });
});

describe('the content type that a definition sets', () => {
  it('makes a form of our JSON', async () => {
    const account = await connect([
      post([header('Content-Type', 'application/x-www-form-urlencoded'), parameter('body', 'body')]),
    ]);
    provider.answer({ body: {} });
    await account.call('POST', '/things', { json: { a: 'x y', b: [1, 2], c: { d: 1 }, e: null } });
    expect(last()?.text).toBe('a=x+y&b=1&b=2&c=%7B%22d%22%3A1%7D');
    expect(last()?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it('makes parts of an upload, with a boundary of its own', async () => {
    const account = await connect([
      post([header('Content-Type', 'multipart/form-data'), parameter('multipart', 'file', 'body', 'body')]),
    ]);
    provider.answer({ body: {} });
    const form = new FormData();
    form.set('file', new Blob(['content'], { type: 'text/plain' }), 'a.txt');
    await account.call('POST', '/things', { body: form });
    const parts = (await last()?.multipart()) as { file: ReceivedFile };
    expect({ ...parts.file, content: parts.file.content.toString() }).toEqual({
      filename: 'a.txt',
      contentType: 'text/plain',
      content: 'content',
    });
  });

  it('is sent as it stands for anything else, and by default there is one', async () => {
    const account = await connect([
      post([header('Content-Type', 'application/vnd.shop+json'), parameter('body', 'body')]),
      resource('PUT', '/plain', { parameters: [parameter('body', 'body')] }),
      resource('GET', '/none'),
    ]);
    provider.answer({ body: {} });
    await account.call('POST', '/things', { json: { a: 1 } });
    expect(last()?.headers).toMatchObject({
      'content-type': 'application/vnd.shop+json',
      accept: 'application/json',
    });
    await account.call('PUT', '/plain', { json: { a: 1 } });
    expect(last()?.headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' });
    await account.call('GET', '/none');
    expect(last()?.headers).not.toHaveProperty('content-type');
  });
});

describe('bytes', () => {
  const bytes = randomBytes(300_000);

  it('go up and come down as they are', async () => {
    const account = await connect([
      resource('PUT', '/files/{id}', { parameters: [parameter('path', 'id'), parameter('body', 'body')] }),
      resource('GET', '/files/{id}', { parameters: [parameter('path', 'id')] }),
    ]);
    provider.answer({ body: {} });
    const headers = { 'content-type': 'image/png' };
    await account.call('PUT', '/files/1', { body: bytes, headers });
    expect(last()?.headers['content-type']).toBe('image/png');
    expect(last()?.body.equals(bytes)).toBe(true);
    provider.answer({
      headers: { ...headers, 'content-disposition': 'attachment; filename="a.png"' },
      body: bytes,
    });
    const reply = await app.open('GET', '/hubs/documents/files/1', { authorization: account.authorization });
    const chunks: Buffer[] = [];
    for await (const chunk of reply) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    expect(reply.headers).toMatchObject({
      ...headers,
      'content-disposition': 'attachment; filename="a.png"',
    });
  });

  it('go into a part, though nobody named them', async () => {
    const account = await connect([
      post([
        parameter('body', 'body', 'multipart', 'upload'),
        parameter('query', 'folder', 'multipart', 'dir'),
      ]),
    ]);
    provider.answer({ body: {} });
    await account.call('POST', '/things?folder=x', { body: bytes, headers: { 'content-type': 'image/png' } });
    const parts = (await last()?.multipart()) as { upload: ReceivedFile; dir: string };
    expect(parts.dir).toBe('x');
    expect(parts.upload.contentType).toBe('image/png');
    expect(parts.upload.content.equals(bytes)).toBe(true);
  });
});

describe('a reply', () => {
  const xmlType = { 'content-type': 'text/xml' };

  it.each<[string, string, unknown]>([
    [
      'ids keep their zeros and digits',
      '<a><b>007</b><c>12345678901234567890</c><d>1.50</d><e>-3</e></a>',
      '{"a":{"b":"007","c":12345678901234567890,"d":1.50,"e":-3}}',
    ],
    ['what is repeated is a list', '<a><i>1</i><i>2</i><j>3</j></a>', '{"a":{"i":[1,2],"j":3}}'],
    [
      'prefixes and attributes stay',
      '<n:a xmlns:n="u" k="1"><n:b k="2">t</n:b></n:a>',
      '{"n:a":{"n:b":{"$":"t","@k":"2"},"@xmlns:n":"u","@k":"1"}}',
    ],
    ['texts are unescaped', '<a>&lt;&amp;&#228;<![CDATA[<x>]]></a>', '{"a":"<&ä<x>"}'],
    ['names reach no prototype', '<__proto__><polluted>1</polluted></__proto__>', undefined],
  ])('of XML: %s', async (_, text, expected) => {
    const account = await connect([resource('GET', '/things/1')]);
    provider.answer({ headers: xmlType, body: text });
    const reply = await account.call('GET', '/things/1');
    if (expected === undefined) expect([200, 502]).toContain(reply.status);
    else expect(reply.text).toBe(expected);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('that is a SOAP fault is an error, whatever its status says', async () => {
    const account = await connect([resource('GET', '/things/1', { rootKey: '|soap:Envelope.soap:Body' })]);
    const fault = (inside: string) =>
      `<soap:Envelope xmlns:soap="s"><soap:Body><soap:Fault>${inside}</soap:Fault></soap:Body></soap:Envelope>`;
    for (const inside of [
      '<faultstring>No such shop</faultstring>',
      '<soap:Reason><soap:Text xml:lang="en">No such shop</soap:Text></soap:Reason>',
    ]) {
      provider.answer({ headers: xmlType, body: fault(inside) });
      const reply = await account.call('GET', '/things/1');
      expect(reply).toMatchObject({ status: 502, body: { providerMessage: 'No such shop' } });
    }
  });

  it('that is JSON is read, though the provider calls it a text', async () => {
    const account = await connect([
      resource('GET', '/things', { rootKey: 'data', response: { contentType: 'application/json' } }),
      resource('GET', '/page', { response: { contentType: 'text/html' } }),
    ]);
    for (const type of ['text/plain', 'text/html; charset=utf-8', 'application/javascript']) {
      provider.answer({ headers: { 'content-type': type }, body: '{"data":[{"id":1.10}]}' });
      const reply = await account.call('GET', '/things');
      expect([reply.text, reply.headers['content-type']]).toEqual([
        '[{"id":1.10}]',
        'application/json; charset=utf-8',
      ]);
    }
    provider.answer({ headers: { 'content-type': 'text/plain' }, body: '[a note]' });
    expect((await account.call('GET', '/things')).text).toBe('[a note]');
    provider.answer({ headers: { 'content-type': 'text/html' }, body: '<p>x</p>' });
    expect((await account.call('GET', '/page')).text).toBe('<p>x</p>');
  });
});

describe('the address', () => {
  it.each<[string, string, string, string]>([
    ['of the base with an account’s value', '{host}/api/', 'things', '/api/things'],
    ['of the base with a parameter', `${'{host}'}/{region}/`, '/things', '/eu%2F..%2Fx/things'],
    ['of the base with a value by its long name', '${configuration.host}/a', '/things', '/a/things'],
    ['of a path that starts with an account’s host', 'http://127.0.0.1:1', '{host}/b/things', '/b/things'],
    ['of a path with a query of its own', '{host}', '/things?a=1&b={unset}', '/things?a=1&b='],
    ['of a path with a name that nobody knows', '{host}', '/things/{nobody}', '/things/%7Bnobody%7D'],
    ['of no path', '{host}/whole', '', '/whole'],
  ])('%s', async (_, base, vendorPath, expected) => {
    const account = await connect(
      [
        resource('GET', '/things/{region}', {
          vendorPath,
          parameters: [parameter('path', 'region'), parameter('query', 'unset', 'path', 'unset')],
        }),
      ],
      { settings: { 'base.url': base, host: provider.url } },
    );
    provider.answer({ body: {} });
    await account.call('GET', `/things/${encodeURIComponent('eu/../x')}`);
    expect(last()?.url).toBe(expected);
  });

  it('takes a variable of our path, where nothing else gives the name', async () => {
    const account = await connect([resource('GET', '/things/{id}/{host}', { vendorPath: '{host}/{id}' })], {
      settings: { 'base.url': 'http://127.0.0.1:1', host: provider.url },
    });
    provider.answer({ body: {} });
    await account.call('GET', `/things/${encodeURIComponent('a/../b')}/evil`);
    expect(last()?.url).toBe('/a%2F..%2Fb');
  });

  it('cannot be moved by a caller: a value is one piece of it', async () => {
    const account = await connect(
      [
        resource('GET', '/things/{host}', {
          vendorPath: '{host}/x',
          parameters: [parameter('path', 'host')],
        }),
      ],
      { settings: { 'base.url': `${provider.url}/a` } },
    );
    provider.answer({ body: {} });
    for (const given of ['http://evil.example', '//evil.example', '@evil.example', '..%2F..']) {
      await account.call('GET', `/things/${encodeURIComponent(given)}`);
      expect(last()?.url).toBe(`/a/${encodeURIComponent(given)}/x`);
    }
  });
});
