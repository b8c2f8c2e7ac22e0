import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { CallOptions, Connected, Loose, TestApp } from '#test/app';
import { library, parameter, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider, ReceivedFile } from '#test/provider';

// Each row of the semantics: what of our call comes where in the provider's, and the way back.

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

const hook = (type: string, body: string, more = {}) => ({
  type,
  mimeType: 'application/javascript',
  body,
  ...more,
});

/** A connected account of a new element with these resources. */
async function connect(resources: object[], more: Record<string, unknown> = {}): Promise<Connected> {
  const key = `mapped${++made}`;
  const { configuration = [], ...rest } = more;
  const { status, text } = await app.call('POST', '/elements', {
    json: {
      ...library(),
      key,
      authentication: { type: 'custom' },
      configuration: [
        { key: 'base.url', name: 'URL', type: 'TEXTFIELD_1000', defaultValue: provider.url },
        { key: 'shop', name: 'Shop', type: 'TEXTFIELD_1000', defaultValue: 's 1' },
        ...(configuration as object[]),
      ],
      ...rest,
      resources,
    },
  });
  if (status !== 200) throw new Error(text);
  return app.connect(key);
}

const last = () => provider.received.at(-1);
const sent = (): Loose => last()?.json();
const xmlType = { 'content-type': 'text/xml' };

describe('a parameter', () => {
  /** Where the value is on our side, with what the caller sends for it. */
  const sources: Record<
    string,
    { name: string; path?: string; call: CallOptions; query?: string; value: string }
  > = {
    path: { name: 'id', path: '/things/{id}', call: {}, value: 'v 1' },
    query: { name: 'q', query: '?q=v%201', call: {}, value: 'v 1' },
    header: { name: 'X-Ours', call: { headers: { 'x-ours': 'v 1' } }, value: 'v 1' },
    bodyField: { name: 'deep.field', call: { json: { deep: { field: 'v 1' } } }, value: 'v 1' },
    form: {
      name: 'f',
      call: { body: 'f=v+1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      value: 'v 1',
    },
    configuration: { name: 'shop', call: {}, value: 's 1' },
    value: { name: 'lit ${configuration.shop}', call: {}, value: 'lit s 1' },
  };
  const template = { type: 'value', name: '{"t":"{token}"}', vendorType: 'body', vendorName: 'body' };
  /** Where it goes at the provider, and how to find it there. */
  const targets: Record<string, { name: string; vendorPath?: string; more?: object[]; find(): unknown }> = {
    path: {
      name: 'there',
      vendorPath: '/to/{there}',
      find: () => decodeURIComponent(last()?.path.split('/')[2] ?? ''),
    },
    query: { name: 'page[first]', find: () => last()?.query.get('page[first]') },
    header: { name: 'X-Theirs', find: () => last()?.headers['x-theirs'] },
    body: { name: 'body', find: () => last()?.text },
    bodyField: { name: 'a.b', find: () => sent().a.b },
    bodyToken: { name: 'token', more: [template], find: () => sent().t },
    form: { name: 'field', find: () => last()?.form()['field'] },
    multipart: { name: 'part', find: async () => (await last()?.multipart())?.['part'] },
  };
  const pairs = Object.keys(sources).flatMap((from) => Object.keys(targets).map((to) => [from, to] as const));

  it.each(pairs)('goes from %s to %s', async (from, to) => {
    const source = sources[from] as (typeof sources)[string];
    const target = targets[to] as (typeof targets)[string];
    const path = source.path ?? '/things';
    const account = await connect([
      resource('POST', path, {
        vendorPath: target.vendorPath ?? '/to',
        parameters: [parameter(from, source.name, to, target.name), ...(target.more ?? [])],
      }),
    ]);
    provider.answer({ body: {} });
    const called = path.replace('{id}', 'v%201') + (source.query ?? '');
    expect((await account.call('POST', called, source.call)).status).toBe(200);
    expect(await target.find()).toEqual(source.value);
  });

  it.each(Object.keys(sources))(
    'from %s to no-op is not sent, and hooks find it where it was',
    async (from) => {
      const source = sources[from] as (typeof sources)[string];
      const path = source.path ?? '/things';
      const account = await connect([
        resource('POST', path, {
          vendorPath: '/to',
          parameters: [parameter(from, source.name, 'no-op', 'nothing')],
          hooks: [
            hook(
              'preRequest',
              `done({ request_vendor_body: { p: request_path_variables, q: request_parameters, h: request_headers['x-ours'] } });`,
            ),
          ],
        }),
      ]);
      provider.answer({ body: {} });
      await account.call('POST', path.replace('{id}', 'v%201') + (source.query ?? ''), source.call);
      expect(last()?.url).toBe('/to');
      const seen = { path: { p: { id: 'v 1' } }, query: { q: { q: 'v 1' } }, header: { h: 'v 1' } };
      expect(last()?.json()).toMatchObject(seen[from as 'path'] ?? {});
    },
  );

  it.each([
    ['body to form spreads its fields', 'form', 'body', () => last()?.form(), { a: '1', b: 'x y' }],
    ['body to one form field', 'form', 'field', () => last()?.form(), { a: '1', b: 'x y' }],
    [
      'body to query',
      'query',
      'filter',
      () => JSON.parse(last()?.query.get('filter') ?? ''),
      { a: 1, b: 'x y' },
    ],
    ['body to a field', 'bodyField', 'data', () => last()?.json(), { data: { a: 1, b: 'x y' } }],
  ])('%s', async (_, vendorType, vendorName, find, expected) => {
    const account = await connect([
      resource('POST', '/things', { parameters: [parameter('body', 'body', vendorType, vendorName)] }),
    ]);
    provider.answer({ body: {} });
    await account.call('POST', '/things', { json: { a: 1, b: 'x y' } });
    expect(find()).toEqual(expected);
  });

  it('of an upload goes into a form, which becomes a multipart one', async () => {
    const account = await connect([
      resource('POST', '/files', {
        parameters: [
          parameter('multipart', 'file', 'form', 'upload', { dataType: 'file' }),
          parameter('query', 'folder', 'form', 'dir'),
        ],
      }),
    ]);
    provider.answer({ body: {} });
    const form = new FormData();
    form.set('file', new Blob(['content'], { type: 'text/plain' }), 'a.txt');
    await account.call('POST', '/files?folder=x', { body: form });
    const parts = (await last()?.multipart()) as { upload: ReceivedFile; dir: string };
    expect(parts.dir).toBe('x');
    expect(parts.upload).toMatchObject({ filename: 'a.txt', contentType: 'text/plain' });
    expect(parts.upload.content.toString()).toBe('content');
  });

  it('of an upload is the whole body', async () => {
    const account = await connect([
      resource('POST', '/files', {
        parameters: [parameter('multipart', 'file', 'body', 'body', { dataType: 'file' })],
      }),
    ]);
    provider.answer({ body: {} });
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array([0, 255, 1])], { type: 'image/png' }), 'a.png');
    await account.call('POST', '/files', { body: form });
    expect(last()?.headers['content-type']).toBe('image/png');
    expect([...(last()?.body ?? [])]).toEqual([0, 255, 1]);
  });

  it.each([
    ['array', 'a, b', ['a', 'b']],
    ['array', '[1,"b"]', [1, 'b']],
    ['object', '{"x":1}', { x: 1 }],
    ['integer', '12345678901234567890', undefined],
    ['boolean', 'TRUE', true],
    ['number', '1.50', 1.5],
    ['date', '2026-01-31', '2026-01-31'],
  ])('of data type %s turns the text %j into what it says', async (dataType, text, expected) => {
    const account = await connect([
      resource('POST', '/things', { parameters: [parameter('query', 'q', 'bodyField', 'v', { dataType })] }),
    ]);
    provider.answer({ body: {} });
    await account.call('POST', `/things?q=${encodeURIComponent(text)}`);
    if (expected === undefined) expect(last()?.text).toBe(`{"v":${text}}`);
    else expect(last()?.json()).toEqual({ v: expected });
  });

  it('of the resource wins over the one of the element for the same target', async () => {
    const account = await connect(
      [resource('GET', '/things', { parameters: [parameter('value', 'own', 'header', 'x-kind')] })],
      {
        parameters: [
          parameter('value', 'wide', 'header', 'X-Kind'),
          parameter('value', 'all', 'query', 'all'),
        ],
      },
    );
    provider.answer({ body: {} });
    await account.call('GET', '/things');
    expect(last()?.headers['x-kind']).toBe('own');
    expect(last()?.url).toBe('/things?all=all');
  });

  it.each([
    ['toBazaarvoice', "Rating >= 4 AND Id IN ('a', 'b')", 'Filter=Rating%3Agte%3A4&Filter=Id%3Aeq%3Aa%2Cb'],
    ['toODataFilter', "name = 'x' AND size > 3", 'Filter=name%20eq%20%27x%27%20and%20size%20gt%203'],
    ['toQueryParameters', "name = 'x' AND size = 3", 'name=x&size=3'],
    ['toNothingThatIsKnown', "name = 'x'", 'Filter=name%20%3D%20%27x%27'],
  ])('converts a where by %s', async (converter, where, query) => {
    const account = await connect([
      resource('GET', '/things', {
        parameters: [parameter('query', 'where', 'query', 'Filter', { converter })],
      }),
    ]);
    provider.answer({ body: [] });
    await account.call('GET', `/things?where=${encodeURIComponent(where)}`);
    expect(last()?.url).toBe(`/things?${query}`);
  });

  it.each(["a = 'x' OR b = 'y'", 'a IS NULL', "a LIKE 'x%'"])(
    'refuses a where that the provider cannot understand: %s',
    async (where) => {
      const account = await connect([
        resource('GET', '/things', {
          parameters: [parameter('query', 'where', 'query', 'Filter', { converter: 'toBazaarvoice' })],
        }),
      ]);
      const reply = await account.call('GET', `/things?where=${encodeURIComponent(where)}`);
      expect(reply.status).toBe(400);
      expect(reply.body.message).toContain('cannot be expressed');
      expect(provider.received).toEqual([]);
    },
  );
});

describe('a parameter of the reply', () => {
  it('that is a header of ours comes with the reply', async () => {
    const account = await connect([
      resource('GET', '/things/1', {
        parameters: [parameter('header', 'X-Left', 'header', 'x-calls-left', { source: 'response' })],
      }),
    ]);
    provider.answer({ headers: { 'x-calls-left': '7' }, body: { id: 1 } });
    const { headers } = await account.call('GET', '/things/1');
    expect(headers['x-left']).toBe('7');
  });

  it('is kept in the instance, for the calls after it', async () => {
    const account = await connect(
      [
        resource('POST', '/open', {
          parameters: [parameter('configuration', 'cart', 'bodyField', 'cart.id', { source: 'response' })],
        }),
        resource('GET', '/cart', { vendorPath: '/carts/{cart}' }),
      ],
      { configuration: [{ key: 'cart', name: 'Cart', type: 'TEXTFIELD_32' }] },
    );
    provider.answer({ body: { cart: { id: 9 } } });
    await account.call('POST', '/open');
    await account.call('GET', '/cart');
    expect(last()?.path).toBe('/carts/9');
  });
});

describe('SOAP and XML', () => {
  const envelope =
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><Add><a>{a}</a><b>{b}</b><k>{key}</k></Add></soap:Body></soap:Envelope>';
  const calculator = () =>
    connect(
      [
        resource('POST', '/sums', {
          rootKey: '|soap:Envelope.soap:Body',
          parameters: [
            parameter('value', envelope, 'body', 'body'),
            parameter('body', 'body', 'bodyToken', 'body'),
            parameter('configuration', 'shop', 'bodyToken', 'key'),
            parameter('value', 'urn:Add', 'header', 'SOAPAction'),
          ],
        }),
      ],
      { protocolType: 'soap' },
    );

  it('fills the envelope from our JSON and reads the reply into JSON', async () => {
    const account = await calculator();
    provider.answer({
      headers: xmlType,
      body: '<?xml version="1.0"?><soap:Envelope xmlns:soap="s"><soap:Body><AddResponse id="7"><Sum>3</Sum><Code>007</Code><Item>a</Item><Item>b</Item></AddResponse></soap:Body></soap:Envelope>',
    });
    const { body, headers } = await account.call('POST', '/sums', { json: { a: 1, b: '<2> & "3"' } });
    expect(last()?.text).toBe(
      envelope.replace('{a}', '1').replace('{b}', '&lt;2&gt; &amp; &quot;3&quot;').replace('{key}', 's 1'),
    );
    expect(last()?.headers).toMatchObject({
      soapaction: 'urn:Add',
      'content-type': 'text/xml; charset=utf-8',
    });
    expect(body).toEqual({ AddResponse: { '@id': '7', Sum: 3, Code: '007', Item: ['a', 'b'] } });
    expect(headers['content-type']).toMatch(/^application\/json/);
  });

  it('tells a fault in its own words', async () => {
    const account = await calculator();
    provider.answer({
      status: 500,
      headers: xmlType,
      body: '<s:Envelope xmlns:s="s"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>No such sum</faultstring></s:Fault></s:Body></s:Envelope>',
    });
    const reply = await account.call('POST', '/sums', { json: { a: 1, b: 2 } });
    expect(reply).toMatchObject({ status: 502, body: { providerMessage: 'No such sum' } });
  });

  it.each([
    ['is cut off', '<a><b>'],
    ['declares entities', '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>'],
    ['is nested without end', '<a>'.repeat(20_000)],
  ])('says that a reply cannot be read that %s', async (_, text) => {
    const account = await calculator();
    provider.answer({ headers: xmlType, body: text });
    const reply = await account.call('POST', '/sums', { json: { a: 1, b: 2 } });
    expect(reply.status).toBe(502);
    expect(reply.body.message).toMatch(/XML, but it cannot be read/);
  });

  it('writes our JSON as XML where the element sends XML', async () => {
    const account = await connect(
      [resource('POST', '/orders', { parameters: [parameter('body', 'body')] })],
      { parameters: [parameter('value', 'application/xml', 'header', 'Content-Type')] },
    );
    provider.answer({ headers: { 'content-type': 'application/xml' }, body: '<ok/>' });
    await account.call('POST', '/orders', { json: { order: { '@id': '1', line: ['a & b', 'c'] } } });
    expect(last()?.text).toBe('<order id="1"><line>a &amp; b</line><line>c</line></order>');
    expect(last()?.headers['content-type']).toBe('application/xml');
  });

  it('leaves an XML file alone that a resource downloads', async () => {
    const account = await connect([
      resource('GET', '/files/{id}', { response: { contentType: 'application/octet-stream' } }),
    ]);
    provider.answer({ headers: { 'content-type': 'application/xml' }, body: '<a>1</a>' });
    const { text, headers } = await account.call('GET', '/files/1');
    expect(text).toBe('<a>1</a>');
    expect(headers['content-type']).toBe('application/xml');
  });
});

describe('a root key', () => {
  it.each([
    ['data', { data: { id: 1 } }, { id: 1 }],
    ['|data', { data: { id: 1 } }, { id: 1 }],
    ['out|d.results', { d: { results: [1] } }, [1]],
    ['items[*]', { items: [{ id: 1 }] }, [{ id: 1 }]],
    ['events[0].data.worker', { events: [{ data: { worker: { id: 1 } } }] }, { id: 1 }],
    ['.workers[*]', { workers: [{ id: 1 }] }, [{ id: 1 }]],
    ['|data|items', { items: [1] }, [1]],
    ['data,items', { items: [1] }, [1]],
    ['missing', { id: 1 }, { id: 1 }],
    ['data', [{ id: 1 }], [{ id: 1 }]],
  ])('%s unwraps %j', async (rootKey, reply, expected) => {
    const account = await connect([resource('GET', '/things', { rootKey, paginationType: 'NO_PAGINATION' })]);
    provider.answer({ body: reply });
    expect((await account.call('GET', '/things')).body).toEqual(expected);
  });

  it.each([
    ['data|', { data: { a: 1 } }],
    ['data.item|x', { data: { item: { a: 1 } } }],
    ['|data', { a: 1 }],
    ['data', { a: 1 }],
  ])('%s wraps our body', async (rootKey, expected) => {
    const account = await connect([
      resource('POST', '/things', { rootKey, parameters: [parameter('body', 'body')] }),
    ]);
    provider.answer({ body: {} });
    await account.call('POST', '/things', { json: { a: 1 } });
    expect(last()?.json()).toEqual(expected);
  });
});

describe('the next page', () => {
  const list = (more: object, configuration: Record<string, string> = {}) =>
    connect([resource('GET', '/things', { rootKey: '|items', ...more })], {
      configuration: Object.entries(configuration).map(([key, defaultValue]) => ({ key, defaultValue })),
    });
  const read = async (account: Connected, query = 'pageSize=2') => {
    const all = [];
    let next: string | undefined;
    for (let page = 0; page < 10; page++) {
      const { body, headers, status, text } = await account.call(
        'GET',
        `/things?${query}${next ? `&nextPage=${next}` : ''}`,
      );
      if (status !== 200) throw new Error(text);
      all.push(...body);
      next = headers['elements-next-page-token'];
      if (!next) break;
    }
    return all;
  };
  const items = [1, 2, 3, 4, 5];

  it.each([
    [
      'a URL in the body',
      'body.next',
      (at: number, url: string) => ({
        body: { items: items.slice(at, at + 2), next: at + 2 < 5 ? `${url}/things?from=${at + 2}` : null },
      }),
    ],
    [
      'a path in the body',
      'paging.next',
      (at: number) => ({
        body: {
          items: items.slice(at, at + 2),
          paging: at + 2 < 5 ? { next: `/things?from=${at + 2}` } : {},
        },
      }),
    ],
    [
      'a Link header',
      'header.link',
      (at: number, url: string) => ({
        headers:
          at + 2 < 5
            ? { link: `<${url}/things?from=0>; rel="first", <${url}/things?from=${at + 2}>; rel="next last"` }
            : { link: `<${url}/things?from=0>; rel=first` },
        body: { items: items.slice(at, at + 2) },
      }),
    ],
  ])('is followed where it is %s', async (_, nextPageKey, answer) => {
    provider.answer((request) => answer(Number(request.query.get('from') ?? 0), provider.url));
    expect(await read(await list({ nextPageKey }))).toEqual(items);
    expect(provider.received.map(({ url }) => url)).toEqual(['/things', '/things?from=2', '/things?from=4']);
  });

  it.each([
    ['a cursor', 'meta.cursor', (at: number) => ({ meta: { cursor: at + 2 < 5 ? String(at + 2) : '' } })],
    [
      'a parameter of a URL',
      'body.next?after',
      (at: number) => ({ next: at + 2 < 5 ? `https://x.example/?after=${at + 2}` : undefined }),
    ],
  ])('is asked for by %s', async (_, nextPageKey, meta) => {
    provider.answer((request) => {
      const at = Number(request.query.get('after') ?? 0);
      return { body: { items: items.slice(at, at + 2), ...meta(at) } };
    });
    const account = await list(
      {
        nextPageKey,
        parameters: [
          parameter('query', 'nextPage', 'query', 'after'),
          parameter('query', 'pageSize', 'query', 'n'),
        ],
      },
      { 'pagination.type': 'cursor' },
    );
    expect(await read(account)).toEqual(items);
  });

  describe('is read for the caller', () => {
    const parameters = [
      parameter('query', 'page', 'query', 'p'),
      parameter('query', 'pageSize', 'query', 'n'),
    ];
    const answer = () =>
      provider.answer(({ query }) => {
        const [at, size] = [Number(query.get('p')), Number(query.get('n'))];
        return { body: { items: items.slice((at - 1) * size, at * size).map((id) => ({ id, gone: null })) } };
      });

    it('by /all, to the last page', async () => {
      answer();
      const account = await list({ parameters }, { 'pagination.max': '2' });
      const { body, status } = await account.call('GET', '/hubs/documents/things/all');
      expect({ status, body }).toEqual({ status: 200, body: items.map((id) => ({ id })) });
      expect(provider.received.map(({ url }) => url)).toEqual([
        '/things?p=1&n=2',
        '/things?p=2&n=2',
        '/things?p=3&n=2',
      ]);
    });

    it('with a filter, where the provider has none', async () => {
      answer();
      const account = await list({ parameters }, { 'pagination.max': '2' });
      const { body } = await account.call('GET', '/things/all?where=id%20%3E%203');
      expect(body).toEqual([{ id: 4 }, { id: 5 }]);
      expect((await account.call('GET', '/things/all?where=id%20%3E%209')).text).toBe('[]');
    });

    it('without pages too', async () => {
      provider.answer({ body: { items } });
      const account = await list({ paginationType: 'VENDOR_NOT_SUPPORTED' });
      expect((await account.call('GET', '/things/all')).body).toEqual(items);
      expect(provider.received).toHaveLength(1);
    });

    it('and breaks off when a page fails, where the first one would say so', async () => {
      const account = await list({ parameters }, { 'pagination.max': '2' });
      provider.answer({ status: 403, body: { message: 'No' } });
      expect((await account.call('GET', '/things/all')).status).toBe(403);
      provider.answer(({ query }) =>
        query.get('p') === '1' ? { body: { items: [1, 2] } } : { status: 403, body: { message: 'No' } },
      );
      await expect(account.call('GET', '/things/all')).rejects.toThrow();
    });

    it('unless the element has such a resource', async () => {
      provider.answer((request) => ({ body: { items: [request.path] } }));
      const account = await connect([
        resource('GET', '/things', { rootKey: '|items' }),
        resource('GET', '/things/all', { rootKey: '|items' }),
      ]);
      expect((await account.call('GET', '/things/all')).body).toEqual(['/things/all']);
    });
  });

  it('is not followed to another place: neither the provider nor a caller can lead credentials away', async () => {
    provider.answer({ body: { items: [1, 2], next: 'https://evil.example/steal' } });
    const account = await list({ nextPageKey: 'body.next' });
    const { headers } = await account.call('GET', '/things?pageSize=2');
    expect(headers['elements-next-page-token']).toBeUndefined();
    provider.answer({ body: { items: [1, 2], next: `${provider.url}/things?x=1` } });
    const token = (await account.call('GET', '/things?pageSize=2')).headers['elements-next-page-token'] ?? '';
    expect(token).not.toBe('');
  });

  it.each([
    ['offset', { 'pagination.type': 'offset' }, ['0', '2', '4']],
    ['page', { 'pagination.type': 'page' }, ['1', '2', '3']],
    ['page 0', { 'pagination.type': 'page 0' }, ['0', '1', '2']],
    ['page starts with 1', { 'pagination.type': 'page starts with 1' }, ['1', '2', '3']],
    ['a start index', { 'pagination.type': 'page', 'pagination.page.startindex': '0' }, ['0', '1', '2']],
  ])('is counted by %s', async (_, configuration, expected) => {
    provider.answer(() => ({
      body: { items: items.slice((provider.received.length - 1) * 2, provider.received.length * 2) },
    }));
    const account = await list(
      {
        parameters: [parameter('query', 'page', 'query', 'p'), parameter('query', 'pageSize', 'query', 'n')],
      },
      configuration as Record<string, string>,
    );
    expect(await read(account)).toEqual(items);
    expect(provider.received.map(({ query }) => query.get('p'))).toEqual(expected);
  });
});

describe('a resource', () => {
  it('that was Java code says that it cannot run', async () => {
    const account = await connect([{ ...resource('GET', '/things'), kind: 'java' }]);
    const reply = await account.call('GET', '/things');
    expect(reply).toMatchObject({
      status: 400,
      body: { message: 'This API is not currently supported for this element' },
    });
  });

  it('has its own place where its path is a URL, and none where a hook does it all', async () => {
    const account = await connect(
      [
        resource('GET', '/elsewhere', { vendorPath: `${provider.url}/{shop}/x` }),
        resource('GET', '/nowhere', {
          vendorPath: '',
          hooks: [hook('preRequest', 'done({ continue: false, response_body: { here: true } });')],
        }),
      ],
      { configuration: [{ key: 'base.url', defaultValue: 'http://127.0.0.1:1' }] },
    );
    provider.answer({ body: {} });
    await account.call('GET', '/elsewhere');
    expect(last()?.path).toBe('/s%201/x');
    expect((await account.call('GET', '/nowhere')).body).toEqual({ here: true });
  });

  it('may chain five calls, and no more', async () => {
    const chain = (links: number, prefix: string) =>
      Array.from({ length: links }, (_, index) =>
        resource('POST', `/${prefix}${index}`, {
          ...(index + 1 < links ? { nextResource: `POST:/hubs/documents/${prefix}${index + 1}` } : {}),
          parameters:
            index === 0
              ? [parameter('body', 'body')]
              : [
                  parameter('prevBody', 'body', 'bodyField', 'before'),
                  parameter('prevBodyField', 'n', 'query', 'n'),
                ],
        }),
      );
    const account = await connect([...chain(5, 'five'), ...chain(6, 'six')]);
    provider.answer((request) => ({ body: { n: provider.received.length, path: request.path } }));
    expect((await account.call('POST', '/five0', { json: {} })).body).toEqual({ n: 5, path: '/five4' });
    expect(last()?.url).toBe('/five4?n=4');
    expect(last()?.json()).toEqual({ before: { n: 4, path: '/five3' } });
    expect((await account.call('POST', '/six0', { json: {} })).status).toBe(400);
  });
});
