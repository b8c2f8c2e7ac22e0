import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { encodePageToken } from '#kernel/page';
import { startTestApp } from '#test/app';
import type { Connected, Reply, TestApp } from '#test/app';
import { bookshop, parameter, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider, ProviderReply, ReceivedRequest } from '#test/provider';

let app: TestApp;
let provider: Provider;
let shop: Connected;

const books = Array.from({ length: 23 }, (_, index) => ({
  id: index + 1,
  title: `Book ${index + 1}`,
  kind: index % 3 === 0 ? 'novel' : 'poems',
  shelf: { row: index % 5 },
}));
const sized = parameter('query', 'pageSize', 'query', 'limit');
const max = (size: number) => ({ max: size });

/** Each way in which a provider may page; all have the same books, and give at most ten at a time. */
const lists = {
  '/offset': {
    parameters: [parameter('query', 'page', 'query', 'start'), sized],
    pagination: { type: 'offset', ...max(10) },
    rootKey: '|items',
    totalCountKey: 'body.total',
  },
  '/page': {
    parameters: [parameter('query', 'page', 'query', 'p'), sized],
    pagination: { type: 'page', ...max(10) },
  },
  '/page0': {
    parameters: [parameter('query', 'page', 'query', 'p'), sized],
    pagination: { type: 'page 0', ...max(10) },
  },
  '/cursor': {
    parameters: [parameter('query', 'nextPage', 'query', 'after'), sized],
    pagination: { type: 'cursor', ...max(10) },
    rootKey: '|items',
    nextPageKey: 'body.links.next?after',
  },
  '/cursor-header': {
    parameters: [parameter('query', 'nextPage', 'query', 'after'), sized],
    pagination: { type: 'cursor', ...max(10) },
    nextPageKey: 'header.X-Next',
  },
  '/whole': { paginationType: 'VENDOR_NOT_SUPPORTED' },
};

/** The provider's side of each list. */
function answer({ path, query }: ReceivedRequest): ProviderReply {
  const limit = Math.min(10, Number(query.get('limit') ?? 10));
  const cut = (from: number) => books.slice(from, from + limit);
  const after = Number(query.get('after') ?? 0);
  const more = after + limit < books.length;
  switch (path) {
    case '/offset':
      return { body: { items: cut(Number(query.get('start'))), total: books.length } };
    case '/page':
      return { body: cut((Number(query.get('p')) - 1) * limit) };
    case '/page0':
      return { body: cut(Number(query.get('p')) * limit) };
    case '/cursor':
      return {
        body: {
          items: cut(after),
          links: more ? { next: `https://x/cursor?z=1&after=${after + limit}#f` } : {},
        },
      };
    case '/cursor-header':
      return { body: cut(after), headers: more ? { 'x-next': String(after + limit) } : {} };
    default:
      return { body: books };
  }
}

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    elements: [
      bookshop([
        ...Object.entries(lists).map(([path, more]) => resource('GET', path, more)),
        resource('GET', '/filtered', {
          parameters: [
            parameter('query', 'where', 'query', 'where', { converter: 'toQueryParameters' }),
            parameter('query', 'fields', 'query', 'only'),
          ],
        }),
        resource('GET', '/text-filter', { parameters: [parameter('query', 'where', 'query', 'q')] }),
        resource('GET', '/unpaged', { paginationType: 'NO_PAGINATION' }),
        resource('GET', '/single'),
      ]),
    ],
    elementDefaults: { bookshop: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  shop = await app.connect('bookshop', { configuration: shopKeys });
  provider.answer(answer);
});
afterEach(() => {
  provider.received.length = 0;
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const idsOf = ({ body }: Reply) => (body as { id: number }[]).map(({ id }) => id);
const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
const tokenOf = ({ headers }: Reply) => headers['elements-next-page-token'];
const next = (path: string, before: Reply, more = '') =>
  shop.call('GET', `${path}?nextPage=${tokenOf(before)}${more}`);

describe.each(Object.keys(lists))('the list %s', (path) => {
  it('gives pages one after another by token, with headers, to the end', async () => {
    const seen: number[] = [];
    const counts: (string | undefined)[] = [];
    let page = await shop.call('GET', `${path}?pageSize=9`);
    for (;;) {
      expect(page.status).toBe(200);
      seen.push(...idsOf(page));
      counts.push(page.headers['elements-returned-count']);
      if (!tokenOf(page)) break;
      page = await next(path, page);
    }
    expect(seen).toEqual(from(1, 23));
    expect(counts).toEqual(['9', '9', '5']);
  });

  it('gives the page of a number, the first by default', async () => {
    expect(idsOf(await shop.call('GET', `${path}?pageSize=5`))).toEqual(from(1, 5));
    expect(idsOf(await shop.call('GET', `${path}?pageSize=5&page=2`))).toEqual(from(6, 10));
    expect(idsOf(await shop.call('GET', `${path}?page=5&pageSize=5`))).toEqual(from(21, 23));
  });

  it.each([2, 7, 10])('page 1 and page 2 of size %i are page 1 of double size', async (size) => {
    const first = await shop.call('GET', `${path}?pageSize=${size}`);
    const second = await next(path, first, '&page=1');
    const byNumber = await shop.call('GET', `${path}?page=2&pageSize=${size}`);
    const both = await shop.call('GET', `${path}?pageSize=${size * 2}`);
    expect([...first.body, ...second.body]).toEqual(both.body);
    expect(byNumber.body).toEqual(second.body);
  });

  it('puts a page together that is larger than the provider’s largest', async () => {
    const all = await shop.call('GET', `${path}?pageSize=23`);
    expect(idsOf(all)).toEqual(from(1, 23));
    expect(idsOf(await shop.call('GET', `${path}?pageSize=500`))).toEqual(from(1, 23));
    expect(tokenOf(await shop.call('GET', `${path}?pageSize=500`))).toBeUndefined();
  });

  it('is empty behind the last page', async () => {
    const behind = await shop.call('GET', `${path}?page=9&pageSize=9`);
    expect(behind).toMatchObject({ status: 200, body: [] });
    expect(behind.headers['elements-returned-count']).toBe('0');
    expect(tokenOf(behind)).toBeUndefined();
  });

  it('filters here, over all of the provider’s pages, and pages what is left', async () => {
    const where = encodeURIComponent("kind = 'novel' AND shelf.row != 0");
    const expected = books
      .filter(({ kind, shelf }) => kind === 'novel' && shelf.row !== 0)
      .map(({ id }) => id);
    expect(idsOf(await shop.call('GET', `${path}?where=${where}`))).toEqual(expected);
    const first = await shop.call('GET', `${path}?where=${where}&pageSize=2`);
    const second = await next(path, first, `&where=${where}`);
    const byNumber = await shop.call('GET', `${path}?where=${where}&pageSize=2&page=2`);
    expect([...idsOf(first), ...idsOf(second)]).toEqual(expected.slice(0, 4));
    expect(idsOf(byNumber)).toEqual(expected.slice(2, 4));
    // What a provider's own filter would count, nobody knows; what is cut here is counted.
    const total = path === '/whole' ? String(expected.length) : undefined;
    expect(first.headers['elements-total-count']).toBe(total);
    for (const { url } of provider.received) expect(url).not.toContain('where');
  });

  it('picks fields here', async () => {
    const { body } = await shop.call('GET', `${path}?pageSize=2&fields=id,shelf.row`);
    expect(body).toEqual([
      { id: 1, shelf: { row: 0 } },
      { id: 2, shelf: { row: 1 } },
    ]);
  });

  it.each([
    'page=0',
    'page=-1',
    'page=1.5',
    'pageSize=0',
    'pageSize=x',
    'pageSize=99999999',
    'nextPage=garbage',
    'where=kind%20is',
  ])('refuses %s before the provider is asked', async (query) => {
    expect(await shop.call('GET', `${path}?${query}`)).toMatchObject({
      status: 400,
      body: { message: expect.any(String) },
    });
    expect(provider.received).toEqual([]);
  });

  it.each([{}, { p: 'x', v: 'y', k: -5, n: 0 }, { p: 1e300, n: 1e300 }, { p: 0.5, k: 1.5 }, { c: { a: 1 } }])(
    'survives a token of something else: %j',
    async (state) => {
      expect([200, 400]).toContain(
        (await shop.call('GET', `${path}?nextPage=${encodePageToken(state)}`)).status,
      );
    },
  );
});

describe('what the provider is asked', () => {
  const asked = async (path: string) => {
    await shop.call('GET', path);
    return provider.received.map(({ url }) => url);
  };

  it.each([
    ['/offset?page=3&pageSize=5', ['/offset?start=10&limit=5']],
    ['/page?page=3&pageSize=5', ['/page?p=3&limit=5']],
    ['/page0?page=3&pageSize=5', ['/page0?p=2&limit=5']],
    ['/cursor?pageSize=5', ['/cursor?limit=5']],
    ['/whole?page=3&pageSize=5', ['/whole']],
    ['/offset?pageSize=15', ['/offset?start=0&limit=10', '/offset?start=10&limit=10']],
    ['/cursor?pageSize=15', ['/cursor?limit=10', '/cursor?after=10&limit=10']],
  ])('for %s', async (path, urls) => {
    expect(await asked(path)).toEqual(urls);
  });

  it('tells how many there are in all, where it says so', async () => {
    expect((await shop.call('GET', '/offset?pageSize=2')).headers['elements-total-count']).toBe('23');
  });

  it('filters by itself where it can', async () => {
    const where = encodeURIComponent("title = 'Book 1' AND kind = 'novel'");
    expect(await asked(`/filtered?where=${where}&fields=id`)).toEqual([
      '/filtered?title=Book%201&kind=novel&only=id',
    ]);
  });

  it('gets a filter as text where it has a language of its own', async () => {
    expect(await asked('/text-filter?where=anything%20goes%20%3F')).toEqual([
      '/text-filter?q=anything%20goes%20%3F',
    ]);
  });

  it.each(["title > 'A'", "title = 'A' OR title = 'B'", 'title ='])(
    'is not asked for a filter that cannot be written for it: %s',
    async (where) => {
      const reply = await shop.call('GET', `/filtered?where=${encodeURIComponent(where)}`);
      expect(reply).toMatchObject({ status: 400, body: { message: expect.any(String) } });
      expect(provider.received).toEqual([]);
    },
  );
});

describe('what is no list of pages', () => {
  it('is left whole where the definition says so', async () => {
    provider.answer({ body: books });
    expect(idsOf(await shop.call('GET', '/unpaged?page=2&pageSize=5'))).toEqual(from(1, 23));
    provider.answer(answer);
  });

  it('is filtered here all the same', async () => {
    provider.answer({ body: books });
    const reply = await shop.call(
      'GET',
      `/unpaged?where=${encodeURIComponent("kind = 'novel' AND id < 8")}&fields=id`,
    );
    expect(reply.body).toEqual([{ id: 1 }, { id: 4 }, { id: 7 }]);
    expect(reply.headers['elements-returned-count']).toBe('3');
    provider.answer(answer);
  });

  it('is handed over as it is when it is one record', async () => {
    provider.answer({ body: { id: 1, none: null } });
    const reply = await shop.call('GET', '/single?page=1&pageSize=5');
    expect(reply.body).toEqual({ id: 1 });
    expect(reply.headers['elements-returned-count']).toBeUndefined();
    provider.answer(answer);
  });
});
