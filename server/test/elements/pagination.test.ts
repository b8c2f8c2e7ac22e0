import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { library, parameter, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider, ProviderReply, ReceivedRequest } from '#test/provider';

// Our pages on top of each kind of theirs: which calls are made, and what comes together from them.

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

const row = (key: string, defaultValue: string) => ({ key, name: key, type: 'TEXTFIELD_1000', defaultValue });

async function connect(
  more: Record<string, unknown>,
  settings: Record<string, string> = {},
): Promise<Connected> {
  const key = `paged${++made}`;
  const configuration = Object.entries({ 'base.url': `${provider.url}/v1`, ...settings });
  const { status, text } = await app.call('POST', '/elements', {
    json: {
      ...library(),
      key,
      authentication: { type: 'custom' },
      configuration: configuration.map(([name, value]) => row(name, value)),
      resources: [resource('GET', '/things', { rootKey: '|items', ...more })],
    },
  });
  if (status !== 200) throw new Error(text);
  return app.connect(key);
}

const query = (name: string, vendorName: string) => parameter('query', name, 'query', vendorName);
const byPage = [query('page', 'p'), query('pageSize', 'n')];
const byCursor = [query('nextPage', 'after'), query('pageSize', 'n')];
const ten = Array.from({ length: 10 }, (_, index) => ({ id: index + 1 }));
const ids = (records: { id: number }[]) => records.map(({ id }) => id);
const asked = () => provider.received.map(({ url }) => url);

/** Answers pages of the ten by offset, where `read` finds it in the request. */
const pages =
  (
    read: (request: ReceivedRequest) => number,
    more: (next: number | undefined) => Partial<ProviderReply> = () => ({}),
  ) =>
  (request: ReceivedRequest): ProviderReply => {
    const from = read(request);
    const size = Math.min(Number(request.query.get('n') ?? 4), 4);
    const next = from + size < ten.length ? from + size : undefined;
    const { body, ...rest } = more(next);
    return { body: { items: ten.slice(from, from + size), ...(body as object) }, ...rest };
  };
const ofQuery = (name: string) => (request: ReceivedRequest) => Number(request.query.get(name) ?? 0);

describe('a page of ours above the provider’s largest', () => {
  it.each([
    ['offset', byPage, 'offset', pages(ofQuery('p')), ['p=0&n=4', 'p=4&n=4', 'p=8&n=4']],
    ['page', byPage, 'page', pages((one) => (ofQuery('p')(one) - 1) * 4), ['p=1&n=4', 'p=2&n=4', 'p=3&n=4']],
    ['page 0', byPage, 'page 0', pages((one) => ofQuery('p')(one) * 4), ['p=0&n=4', 'p=1&n=4', 'p=2&n=4']],
    [
      'cursor',
      byCursor,
      'cursor',
      pages(ofQuery('after'), (next) => ({ body: { next } })),
      ['n=4', 'after=4&n=4', 'after=8&n=4'],
    ],
  ])('is put together by %s', async (_, parameters, type, answer, queries) => {
    const account = await connect(
      { parameters, ...(type === 'cursor' ? { nextPageKey: 'body.next' } : {}) },
      { 'pagination.type': type, 'pagination.max': '4' },
    );
    provider.answer(answer);
    const { body, headers } = await account.call('GET', '/things?pageSize=9');
    expect(ids(body)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(headers['elements-returned-count']).toBe('9');
    expect(asked()).toEqual(queries.map((text) => `/v1/things?${text}`));
    const next = headers['elements-next-page-token'];
    const rest = await account.call('GET', `/things?nextPage=${next}`);
    expect(ids(rest.body)).toEqual([10]);
    expect(rest.headers['elements-next-page-token']).toBeUndefined();
  });
});

describe('the provider’s cursor', () => {
  it.each<[string, string, (next: number | undefined) => Partial<ProviderReply>]>([
    ['in the body', 'body.meta.next', (next) => ({ body: { meta: { next } } })],
    ['by a bare path', 'meta.next', (next) => ({ body: { meta: { next: next ?? null } } })],
    ['in a header', 'header.X-Next', (next) => (next ? { headers: { 'x-next': String(next) } } : {})],
    ['in a URL', 'body.next?after', (next) => ({ body: { next: next && `/any?after=${next}&b=1` } })],
    [
      'in a URL in a header',
      'header.link?after',
      (next) => (next ? { headers: { link: `<https://x.example/?after=${next}>; rel="next"` } } : {}),
    ],
  ])('is found %s', async (_, nextPageKey, more) => {
    const account = await connect({ parameters: byCursor, nextPageKey }, { 'pagination.type': 'cursor' });
    provider.answer(pages(ofQuery('after'), more));
    expect(ids((await account.call('GET', '/things?pageSize=10')).body)).toEqual(ids(ten));
  });

  it('goes by `page`, where a definition takes it so', async () => {
    const account = await connect(
      { parameters: [query('page', 'after'), query('pageSize', 'n')], nextPageKey: 'next' },
      { 'pagination.type': 'cursor', 'pagination.max': '4' },
    );
    provider.answer(pages(ofQuery('after'), (next) => ({ body: { next } })));
    expect(ids((await account.call('GET', '/things?pageSize=10')).body)).toEqual(ids(ten));
    expect(asked()).toEqual(['/v1/things?n=4', '/v1/things?after=4&n=4', '/v1/things?after=8&n=4']);
  });

  it('may be a whole URL, which is called as it stands', async () => {
    const account = await connect({
      parameters: [query('pageSize', 'n'), query('q', 'q')],
      nextPageKey: 'next',
    });
    provider.answer(
      pages(ofQuery('from'), (next) => ({
        body: { next: next && `${provider.url}/v9/more?from=${next}&n=4` },
      })),
    );
    const { body } = await account.call('GET', '/things?pageSize=10&q=x');
    expect(ids(body)).toEqual(ids(ten));
    expect(asked()).toEqual(['/v1/things?n=10&q=x', '/v9/more?from=4&n=4', '/v9/more?from=8&n=4']);
  });

  it.each([
    ['another host', () => 'https://evil.example/things'],
    ['another port', () => provider.url.replace(/\d+$/, '1')],
    ['a host in its own words', () => '//evil.example/x'],
    [
      'credentials',
      () => provider.url.replace('//', '//user:password@').replace('127.0.0.1', 'evil.example'),
    ],
    ['no address', () => 'javascript:alert(1)'],
  ])('is not followed to %s', async (_, next) => {
    const account = await connect({ nextPageKey: 'next' });
    provider.answer({ body: { items: ten.slice(0, 4), next: next() } });
    const { body, headers } = await account.call('GET', '/things?pageSize=10');
    expect(ids(body)).toEqual([1, 2, 3, 4]);
    expect(headers['elements-next-page-token']).toBeUndefined();
    expect(provider.received).toHaveLength(1);
  });

  it('that never ends is followed as far as a page of ours may take, and no further', async () => {
    const account = await connect(
      { parameters: byCursor, nextPageKey: 'next' },
      { 'pagination.type': 'cursor' },
    );
    provider.answer({ body: { items: [], next: 'again' } });
    const { body, headers } = await account.call('GET', '/things');
    expect(body).toEqual([]);
    expect(headers['elements-next-page-token']).toBeDefined();
    expect(provider.received).toHaveLength(25);
  });
});

describe('a provider without pages', () => {
  it('has them cut out of its whole reply, which is counted', async () => {
    const account = await connect({ parameters: byPage, paginationType: 'VENDOR_NOT_SUPPORTED' });
    provider.answer({ body: { items: ten } });
    const { body, headers } = await account.call('GET', '/things?page=2&pageSize=4');
    expect(ids(body)).toEqual([5, 6, 7, 8]);
    expect(headers).toMatchObject({ 'elements-total-count': '10', 'elements-returned-count': '4' });
    const rest = await account.call('GET', `/things?nextPage=${headers['elements-next-page-token']}`);
    expect(ids(rest.body)).toEqual([9, 10]);
    expect(rest.headers['elements-next-page-token']).toBeUndefined();
  });

  it('counts what a filter leaves', async () => {
    const account = await connect({ paginationType: 'VENDOR_NOT_SUPPORTED' });
    provider.answer({ body: { items: ten } });
    const { body, headers } = await account.call(
      'GET',
      `/things?pageSize=2&where=${encodeURIComponent('id > 5')}`,
    );
    expect(ids(body)).toEqual([6, 7]);
    expect(headers['elements-total-count']).toBe('5');
  });

  it('gives everything at once where there are to be no pages', async () => {
    const account = await connect({ parameters: byPage, paginationType: 'NO_PAGINATION' });
    provider.answer({ body: { items: ten } });
    const { body, headers } = await account.call('GET', '/things?pageSize=4');
    expect(ids(body)).toEqual(ids(ten));
    expect(headers['elements-next-page-token']).toBeUndefined();
  });
});

it('a hook may do the paging: by the header of the next page, and what callers send of it', async () => {
  const hook = (type: string, body: string) => ({ type, mimeType: 'application/javascript', body });
  const account = await connect({
    hooks: [
      hook(
        'preRequest',
        'done({ request_vendor_parameters: { from: request_parameters.nextPage || 0, n: 4 } })',
      ),
      hook(
        'postRequest',
        `const next = response_body.next; done({ response_headers: next ? { 'Elements-Next-Page-Token': next } : {} })`,
      ),
    ],
  });
  provider.answer(pages(ofQuery('from'), (next) => ({ body: { next } })));
  const first = await account.call('GET', '/things?pageSize=4');
  expect(ids(first.body)).toEqual([1, 2, 3, 4]);
  const token = first.headers['elements-next-page-token'];
  expect(ids((await account.call('GET', `/things?nextPage=${token}`)).body)).toEqual([5, 6, 7, 8]);
  expect(ids((await account.call('GET', '/things?pageSize=10')).body)).toEqual(ids(ten));
});

it('hooks see our page, parameters take theirs', async () => {
  const body = `done({ request_vendor_headers: { 'X-Ours': request_parameters.page + ' ' + request_parameters.pageSize } })`;
  const account = await connect(
    { parameters: byPage, hooks: [{ type: 'preRequest', mimeType: 'application/javascript', body }] },
    { 'pagination.type': 'offset' },
  );
  provider.answer({ body: { items: [] } });
  await account.call('GET', '/things?page=3&pageSize=4');
  expect(asked()).toEqual(['/v1/things?p=8&n=4']);
  expect(provider.received[0]?.headers['x-ours']).toBe('3 4');
});

it('a page beyond the last is empty, and there is none after it', async () => {
  const account = await connect({ parameters: byPage }, { 'pagination.type': 'offset' });
  provider.answer({ body: { items: [] } });
  const { body, headers } = await account.call('GET', '/things?page=99&pageSize=4');
  expect(body).toEqual([]);
  expect(headers['elements-next-page-token']).toBeUndefined();
  expect(asked()).toEqual(['/v1/things?p=392&n=4']);
});

it.each(['page=0', 'page=x', 'pageSize=0', 'pageSize=1e9', 'nextPage=nonsense', 'page=99999999999999999999'])(
  'refuses %s by a 400',
  async (text) => {
    const account = await connect({ parameters: byPage });
    provider.answer({ body: { items: [] } });
    expect((await account.call('GET', `/things?${text}`)).status).toBe(400);
  },
);

it('an account has its own largest page and first page, where it says so', async () => {
  await connect({ parameters: byPage }, { 'pagination.max': '50', 'pagination.page.startindex': '1' });
  provider.answer((request) => pages(() => Number(request.query.get('p')) * 3)(request));
  const configuration = { 'pagination.max': '3', 'pagination.page.startindex': '0' };
  const account = await app.connect(`paged${made}`, { configuration });
  await account.call('GET', '/things?pageSize=6');
  expect(asked()).toEqual(['/v1/things?p=0&n=3', '/v1/things?p=1&n=3']);
});
