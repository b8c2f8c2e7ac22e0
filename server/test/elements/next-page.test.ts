import { describe, expect, it } from 'vitest';
import { parameter, resource } from '#test/definition';
import { setScene } from '#test/scene';
import type { Connected } from '#test/app';

// Where the next page is found, and where it is not looked for.

const scene = setScene();

describe('the next page', () => {
  const list = (more: object, configuration: Record<string, string> = {}) =>
    scene.connect([resource('GET', '/things', { rootKey: '|items', ...more })], {
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
    scene.provider.answer((request) => answer(Number(request.query.get('from') ?? 0), scene.provider.url));
    expect(await read(await list({ nextPageKey }))).toEqual(items);
    expect(scene.provider.received.map(({ url }) => url)).toEqual([
      '/things',
      '/things?from=2',
      '/things?from=4',
    ]);
  });

  it.each([
    ['a cursor', 'meta.cursor', (at: number) => ({ meta: { cursor: at + 2 < 5 ? String(at + 2) : '' } })],
    [
      'a parameter of a URL, in a field with a dot in its name',
      'body.@odata.nextLink?$after',
      (at: number) => ({ '@odata.nextLink': at + 2 < 5 ? `https://x.example/?$after=${at + 2}` : undefined }),
    ],
    [
      'a parameter of a URL',
      'body.next?after',
      (at: number) => ({ next: at + 2 < 5 ? `https://x.example/?after=${at + 2}` : undefined }),
    ],
  ])('is asked for by %s', async (_, nextPageKey, meta) => {
    scene.provider.answer((request) => {
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
      scene.provider.answer(({ query }) => {
        const [at, size] = [Number(query.get('p')), Number(query.get('n'))];
        return { body: { items: items.slice((at - 1) * size, at * size).map((id) => ({ id, gone: null })) } };
      });

    it('by /all, to the last page', async () => {
      answer();
      const account = await list({ parameters }, { 'pagination.max': '2' });
      const { body, status } = await account.call('GET', '/hubs/documents/things/all');
      expect({ status, body }).toEqual({ status: 200, body: items.map((id) => ({ id })) });
      expect(scene.provider.received.map(({ url }) => url)).toEqual([
        '/things?p=1&n=2',
        '/things?p=2&n=2',
        '/things?p=3&n=2',
      ]);
    });

    it.each([
      ['{"things": "id, gone"}', '', [{ id: 1 }]],
      ['{"things": ["name"]}', '', [{ name: 'a' }]],
      ['{"things": ["name"]}', '?fields=id', [{ id: 1 }]],
      ['{"others": "name"}', '', [{ id: 1, name: 'a' }]],
      ['{no json', '', [{ id: 1, name: 'a' }]],
    ])('with the fields that the account has by default: %s%s', async (map, query, expected) => {
      scene.provider.answer({ body: { items: [{ id: 1, name: 'a', gone: null }] } });
      const account = await list({}, { 'default.select.fields.map': map });
      expect((await account.call('GET', `/things/all${query}`)).body).toEqual(expected);
      expect((await account.call('GET', '/things')).body).toEqual([{ id: 1, name: 'a' }]);
    });

    it.each([
      ['true', 'also where the provider selects', { id: 1 }],
      ['', 'not where the provider selects', { id: 1, name: 'a' }],
      ['false', 'nowhere', { id: 1, name: 'a' }],
    ])('and `allow.select.fields` = %j selects fields here %s', async (allowed, _, expected) => {
      scene.provider.answer({ body: { items: [{ id: 1, name: 'a' }] } });
      const account = await list(
        { parameters: allowed === 'false' ? [] : [parameter('query', 'fields', 'query', 'select')] },
        { 'allow.select.fields': allowed },
      );
      expect((await account.call('GET', '/things?fields=id')).body).toEqual([expected]);
    });

    it('with a filter, where the scene.provider has none', async () => {
      answer();
      const account = await list({ parameters }, { 'pagination.max': '2' });
      const { body } = await account.call('GET', '/things/all?where=id%20%3E%203');
      expect(body).toEqual([{ id: 4 }, { id: 5 }]);
      expect((await account.call('GET', '/things/all?where=id%20%3E%209')).text).toBe('[]');
    });

    it('without pages too', async () => {
      scene.provider.answer({ body: { items } });
      const account = await list({ paginationType: 'VENDOR_NOT_SUPPORTED' });
      expect((await account.call('GET', '/things/all')).body).toEqual(items);
      expect(scene.provider.received).toHaveLength(1);
    });

    it('and breaks off when a page fails, where the first one would say so', async () => {
      const account = await list({ parameters }, { 'pagination.max': '2' });
      scene.provider.answer({ status: 403, body: { message: 'No' } });
      expect((await account.call('GET', '/things/all')).status).toBe(403);
      scene.provider.answer(({ query }) =>
        query.get('p') === '1' ? { body: { items: [1, 2] } } : { status: 403, body: { message: 'No' } },
      );
      await expect(account.call('GET', '/things/all')).rejects.toThrow();
    });

    it('unless the element has such a resource', async () => {
      scene.provider.answer((request) => ({ body: { items: [request.path] } }));
      const account = await scene.connect([
        resource('GET', '/things', { rootKey: '|items' }),
        resource('GET', '/things/all', { rootKey: '|items' }),
      ]);
      expect((await account.call('GET', '/things/all')).body).toEqual(['/things/all']);
    });
  });

  it('is not followed to another place: neither the scene.provider nor a caller can lead credentials away', async () => {
    scene.provider.answer({ body: { items: [1, 2], next: 'https://evil.example/steal' } });
    const account = await list({ nextPageKey: 'body.next' });
    const { headers } = await account.call('GET', '/things?pageSize=2');
    expect(headers['elements-next-page-token']).toBeUndefined();
    scene.provider.answer({ body: { items: [1, 2], next: `${scene.provider.url}/things?x=1` } });
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
    scene.provider.answer(() => ({
      body: {
        items: items.slice((scene.provider.received.length - 1) * 2, scene.provider.received.length * 2),
      },
    }));
    const account = await list(
      {
        parameters: [parameter('query', 'page', 'query', 'p'), parameter('query', 'pageSize', 'query', 'n')],
      },
      configuration as Record<string, string>,
    );
    expect(await read(account)).toEqual(items);
    expect(scene.provider.received.map(({ query }) => query.get('p'))).toEqual(expected);
  });
});
