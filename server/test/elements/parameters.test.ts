import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { CallOptions, Connected, TestApp } from '#test/app';
import { library, parameter, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider, ReceivedFile, ReceivedRequest } from '#test/provider';

// Every place that a parameter takes from, with every place that it puts to: exactly what the provider gets.

let app: TestApp;
let provider: Provider;
let account: Connected;

interface Source {
  type: string;
  /** Its name on our side. */
  name: string;
  path?: string;
  query?: string;
  call?: CallOptions;
  /** As a text; parts of an upload are its content. */
  text: string;
  /** As JSON has it, where that is more than the text. */
  value?: unknown;
  isFile?: true;
  /** It comes from the reply before. */
  chained?: true;
}

const record = { a: 1, b: 'x y' };
const upload = new FormData();
upload.set('file', new Blob(['content'], { type: 'text/plain' }), 'a.txt');
const form = { body: 'f=v+1', headers: { 'content-type': 'application/x-www-form-urlencoded' } };

const sources: Source[] = [
  { type: 'path', name: 'id', path: '/{id}', text: 'v 1' },
  { type: 'query', name: 'q', query: '?q=v%201', text: 'v 1' },
  { type: 'header', name: 'X-Ours', call: { headers: { 'x-ours': 'v 1' } }, text: 'v 1' },
  { type: 'body', name: 'body', call: { json: record }, text: '{"a":1,"b":"x y"}', value: record },
  { type: 'bodyField', name: 'deep.field', call: { json: { deep: { field: 'v 1' } } }, text: 'v 1' },
  { type: 'form', name: 'f', call: form, text: 'v 1' },
  { type: 'multipart', name: 'file', call: { body: upload }, text: 'content', isFile: true },
  { type: 'configuration', name: 'shop', text: 's 1' },
  { type: 'value', name: 'x-literal', text: 'x-literal' },
  { type: 'prevBody', name: 'body', text: '{"a":1,"b":"x y"}', value: record, chained: true },
  { type: 'prevBodyField', name: 'b', text: 'x y', chained: true },
];

interface Target {
  type: string;
  name: string;
  vendorPath?: string;
  more?: object[];
  /** What the provider has to get: method and URL, type, body, a header. */
  expect(source: Source): Partial<Sent>;
}
interface Sent {
  line: string;
  type: string | undefined;
  text: string;
  header: string | undefined;
  parts: unknown;
}

const json = 'application/json';
const field = ({ text, value }: Source) => value ?? text;
const encoded = ({ text }: Source) => encodeURIComponent(text);
const template = parameter('value', '{"t":"{token}","n":{token}}', 'body', 'body');
const plain = { line: 'POST /to', type: json, text: '' };

const targets: Target[] = [
  {
    type: 'path',
    name: 'there',
    vendorPath: '/to/{there}',
    expect: (source) => ({ ...plain, line: `POST /to/${encoded(source)}` }),
  },
  {
    type: 'query',
    name: 'page[first]',
    expect: (source) => ({ ...plain, line: `POST /to?page%5Bfirst%5D=${encoded(source)}` }),
  },
  { type: 'header', name: 'X-Theirs', expect: ({ text }) => ({ ...plain, header: text }) },
  {
    type: 'body',
    name: 'body',
    expect: ({ text, isFile }) => ({ ...plain, text, type: isFile ? 'text/plain' : json }),
  },
  {
    type: 'bodyField',
    name: 'a.b',
    expect: (one) => ({ ...plain, text: JSON.stringify({ a: { b: field(one) } }) }),
  },
  {
    type: 'bodyToken',
    name: 'token',
    more: [template],
    // Inside quotes it can be nothing but a text.
    expect: ({ text }) => ({ ...plain, text: `{"t":${JSON.stringify(text)},"n":${text}}` }),
  },
  {
    type: 'form',
    name: 'field',
    expect: ({ type, text, isFile }) =>
      isFile
        ? { parts: { field: text } }
        : {
            ...plain,
            type: 'application/x-www-form-urlencoded',
            text: type === 'body' ? 'a=1&b=x+y' : new URLSearchParams({ field: text }).toString(),
          },
  },
  { type: 'multipart', name: 'part', expect: ({ text }) => ({ parts: { part: text } }) },
  { type: 'no-op', name: 'nothing', expect: () => plain },
  {
    type: 'value',
    name: 'Literal ${configuration.shop}',
    expect: ({ type, text }) => ({ ...plain, header: type === 'header' ? 'Literal s 1' : text }),
  },
];
// A file has no text to put there: it is sent whole or not at all.
const textOnly = new Set(['path', 'query', 'header', 'bodyField', 'bodyToken', 'value']);
const pairs = sources.flatMap((source) =>
  targets
    .filter((target) => !(source.isFile && textOnly.has(target.type)))
    .map((target) => ({ source, target, name: `${source.type}-to-${target.type}` })),
);

/** In place of the name, where a header is named like it. */
const nameIn = (source: Source, target: Target) =>
  target.type === 'value' && source.type === 'bodyField' ? 'deep' : source.name;

const rows = pairs.flatMap(({ source, target, name }) => {
  const own = parameter(source.type, nameIn(source, target), target.type, target.name);
  const row = resource('POST', `/${name}${source.path ?? ''}`, {
    vendorPath: target.vendorPath ?? '/to',
    parameters: [own, ...(target.more ?? [])],
  });
  if (!source.chained) return [row];
  const first = resource('POST', `/first-${name}`, {
    vendorPath: '/first',
    nextResource: `POST:/hubs/documents/${name}`,
  });
  return [first, row];
});

const where = (vendorType: string, converter: string, vendorName = 'filter') => [
  parameter('query', 'where', vendorType, vendorName, { converter }),
];
const converted: [string, object[], string, string][] = [
  ['query', where('query', 'toQueryParameters'), '?a=x&b.c=3', ''],
  ['query', where('query', 'toODataFilter'), "?filter=a%20eq%20'x'%20and%20b%2Fc%20eq%203", ''],
  ['query', where('query', 'toBazaarvoice'), '?filter=a%3Aeq%3Ax&filter=b.c%3Aeq%3A3', ''],
  ['query', [parameter('query', 'where', 'query', 'converter:toQueryParameters')], '?a=x&b.c=3', ''],
  ['bodyField', where('bodyField', 'toODataFilter'), '', `{"filter":"a eq 'x' and b/c eq 3"}`],
  ['bodyField', where('bodyField', 'toQueryParameters'), '', '{"a":"x","b":{"c":"3"}}'],
  ['body', where('body', 'toQueryParameters', 'body'), '', '{"a":"x","b":{"c":"3"}}'],
  ['form', where('form', 'toQueryParameters'), '', 'a=x&b.c=3'],
  ['no-op', where('no-op', 'toQueryParameters'), '', ''],
];

const stored = [
  ...converted.map(([, parameters], index) =>
    resource('GET', `/converted/${index}`, {
      vendorMethod: 'POST',
      vendorPath: '/to',
      paginationType: 'NO_PAGINATION',
      parameters,
    }),
  ),
  resource('POST', '/cookies', {
    vendorPath: '/to',
    parameters: [parameter('configuration', 'session', 'header', 'Set-Cookie', { source: 'response' })],
  }),
  resource('POST', '/store', {
    vendorPath: '/to/{kept.query}',
    parameters: [
      parameter('query', 'q', 'configuration', 'kept.query'),
      parameter('bodyField', 'deep.field', 'configuration', 'kept.field'),
      parameter('value', 'literal', 'configuration', 'kept.value'),
    ],
  }),
];

beforeAll(async () => {
  provider = await startProvider();
  const { configuration } = library() as unknown as { configuration: object[] };
  app = await startTestApp({
    elements: [
      library([...rows, ...stored], {
        authentication: { type: 'custom' },
        configuration: [
          ...configuration.slice(0, 1),
          { key: 'shop', name: 'Shop', type: 'TEXTFIELD_32', defaultValue: 's 1' },
        ],
      }),
    ],
    elementDefaults: { library: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  account = await app.connect('library');
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

async function toSent(request: ReceivedRequest, header: string): Promise<Sent> {
  const type = request.headers['content-type'];
  const isParts = type?.startsWith('multipart/');
  const parts = isParts
    ? Object.fromEntries(
        Object.entries(await request.multipart()).map(([name, part]) => [
          name,
          typeof part === 'string' ? part : (part as ReceivedFile).content.toString(),
        ]),
      )
    : undefined;
  return {
    line: `${request.method} ${request.url}`,
    type,
    text: request.text,
    header: request.headers[header.toLowerCase()],
    parts,
  };
}

it.each(pairs)('$name', async ({ source, target, name }) => {
  provider.answer({ body: record });
  const path = `/${source.chained ? 'first-' : ''}${name}${source.path?.replace('{id}', 'v%201') ?? ''}`;
  const reply = await account.call('POST', path + (source.query ?? ''), callOf(source, target));
  expect([reply.status, reply.text]).toEqual([200, '{"a":1,"b":"x y"}']);
  const header = target.type === 'value' ? nameIn(source, target) : target.name;
  const sent = await toSent(provider.received.at(-1) as ReceivedRequest, header);
  expect(sent).toMatchObject(target.expect(source));
});

function callOf(source: Source, target: Target): CallOptions {
  return target.type === 'value' && source.type === 'bodyField'
    ? { json: { deep: 'v 1' } }
    : (source.call ?? {});
}

describe('a parameter', () => {
  it('stores in the instance, where the call itself finds it too', async () => {
    provider.answer({ body: {} });
    await account.call('POST', '/store?q=v%201', { json: { deep: { field: 7 } } });
    expect(provider.received[0]?.path).toBe('/to/v%201');
    const { body } = await app.call('GET', `/instances/${account.id}`);
    expect(body.configuration).toMatchObject({
      'kept.query': 'v 1',
      'kept.field': '7',
      'kept.value': 'literal',
    });
  });

  it.each(converted.map(([to, , query, text], index) => [to, query, text, index] as const))(
    'goes converted to %s',
    async (_, query, text, index) => {
      provider.answer({ body: [] });
      const given = encodeURIComponent("a = 'x' AND b.c = 3");
      expect((await account.call('GET', `/converted/${index}?where=${given}`)).status).toBe(200);
      const [{ url, text: sent } = { url: '', text: '' }] = provider.received;
      expect([decodeURIComponent(url), sent]).toEqual([decodeURIComponent(`/to${query}`), text]);
    },
  );

  it('keeps the cookies of a session, as they are sent back', async () => {
    provider.answer({ headers: { 'set-cookie': ['a=1; Path=/; HttpOnly', 'b=2; Secure'] }, body: {} });
    await account.call('POST', '/cookies', { json: {} });
    const { body } = await app.call('GET', `/instances/${account.id}`);
    expect(body.configuration.session).toBe('a=1; b=2');
  });
});
