import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { startTestApp } from '#test/app';
import type { Connected, Loose, TestApp } from '#test/app';
import { bookshop, library, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

let app: TestApp;
let provider: Provider;
let shop: Connected;
let other: Connected;

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    elements: [
      bookshop([
        resource('GET', '/books'),
        resource('POST', '/books'),
        resource('GET', '/books/hooked', {
          hooks: [
            {
              type: 'preRequest',
              mimeType: 'application/javascript',
              body: `if (request_parameters.stop === 'broken') throw new Error('broken');
                done({ continue: request_parameters.stop !== 'yes' });`,
            },
            { type: 'postRequest', mimeType: 'application/javascript', body: 'done();' },
          ],
        }),
      ]),
      { ...library([resource('GET', '/shelves')]), hub: 'crm' },
    ],
    elementDefaults: { bookshop: { 'base.url': provider.url }, library: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  shop = await app.connect('bookshop', { name: 'my shop', configuration: shopKeys });
  other = await app.connect('library', { configuration: { username: 'u', password: 'secret-pass' } });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

/** The record of a call; what waits in the process is written when somebody asks for it. */
const recordOf = async (requestId: string | undefined) =>
  (await app.call('GET', `/usage/${requestId}`)).body as Loose;
const idOf = (reply: { headers: Record<string, string | undefined> }) => reply.headers['elements-request-id'];

describe('a call', () => {
  it('is found by its request id, with all that the contract names', async () => {
    provider.answer({ body: [{ id: 1 }] });
    const reply = await shop.call('GET', '/hubs/documents/books?pageSize=2');
    const record = await recordOf(idOf(reply));
    expect(record).toEqual({
      traffic_id: expect.stringMatching(/^\d+$/),
      request_id: idOf(reply),
      traffic_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      request_method: 'GET',
      request_uri: '/elements/api-v2/hubs/documents/books?pageSize=2',
      request_ip: '127.0.0.1',
      request_status: 'SUCCESS',
      response_status: 200,
      process_time: expect.any(Number),
      user_id: expect.any(Number),
      account_id: expect.any(Number),
      company_id: expect.any(Number),
      company_external_id: expect.any(String),
      company_external_name: expect.any(String),
      element_api: true,
      element_key: 'bookshop',
      element_name: 'Bookshop',
      element_instance_id: shop.id,
      element_instance_name: 'my shop',
      hub: 'documents',
      provider_status: 200,
      provider_time: expect.any(Number),
      provider_calls: 1,
      steps: [
        {
          kind: 'provider',
          name: `GET ${new URL(provider.url).host}`,
          status: 200,
          startMs: expect.any(Number),
          durationMs: expect.any(Number),
          outcome: 'done',
        },
      ],
    });
    expect(Math.abs(Date.parse(record.traffic_date) - Date.now())).toBeLessThan(60_000);
    expect(await recordOf(record.traffic_id)).toEqual(record);
  });

  it('that failed tells why, in our words and the provider’s', async () => {
    provider.answer({ status: 422, body: { error: { message: 'The title is missing' } } });
    const reply = await shop.call('POST', '/books', { json: {} });
    expect(await recordOf(idOf(reply))).toMatchObject({
      request_status: 'FAILED',
      response_status: 400,
      provider_status: 422,
      message: reply.body.message,
      provider_message: 'The title is missing',
    });
  });

  it('that reached nobody tells why', async () => {
    provider.answer({ fault: 'reset' });
    const reset = await shop.call('GET', '/books');
    expect(await recordOf(idOf(reset))).toMatchObject({ response_status: 502, message: reset.body.message });
    const unknown = await shop.call('GET', '/nothing');
    const record = await recordOf(idOf(unknown));
    expect(record).toMatchObject({ response_status: 400, provider_calls: 0, message: unknown.body.message });
    expect(record.provider_status).toBeUndefined();
  });

  it('tells its steps: hooks and requests to the provider, when they began and what became of them', async () => {
    provider.answer({ body: [] });
    const told = async (path: string) => {
      const record = await recordOf(idOf(await shop.call('GET', path)));
      for (const step of record.steps as Loose[]) {
        expect(step['startMs']).toBeGreaterThanOrEqual(0);
        expect(step['startMs'] + step['durationMs']).toBeLessThan(record['process_time'] + 50);
      }
      return (record.steps as Loose[]).map(({ kind, when, outcome }) => [kind, when, outcome]);
    };
    expect(await told('/books/hooked')).toEqual([
      ['hook', 'preRequest', 'done'],
      ['provider', undefined, 'done'],
      ['hook', 'postRequest', 'done'],
    ]);
    expect(await told('/books/hooked?stop=yes')).toEqual([
      ['hook', 'preRequest', 'stopped'],
      ['hook', 'postRequest', 'done'],
    ]);
    expect(await told('/books/hooked?stop=broken')).toEqual([['hook', 'preRequest', 'failed']]);
    provider.answer({ fault: 'reset' });
    expect(await told('/books')).toEqual([['provider', undefined, 'failed']]);
  });

  it('with a dead Element token is one of its user all the same', async () => {
    const reply = await app.call('GET', '/books', { authorization: app.asElement('nothing') });
    const record = await recordOf(idOf(reply));
    expect(record).toMatchObject({ response_status: 401, element_api: true });
    expect(record.element_key).toBeUndefined();
  });

  it('of the platform itself is kept too', async () => {
    const reply = await app.call('POST', '/instances', { json: { name: 'x', element: { key: 'bookshop' } } });
    expect(await recordOf(idOf(reply))).toMatchObject({
      request_uri: '/elements/api-v2/instances',
      response_status: 400,
      element_api: false,
      message: reply.body.message,
    });
  });

  it('keeps no secret: neither values of its query nor what looks like one in a reply', async () => {
    provider.answer({ status: 401, body: { message: 'access_token=planted-in-a-message is not known' } });
    const reply = await shop.call(
      'GET',
      "/books?where=name='planted-in-a-query'&apikey=planted-in-a-key&page=1",
    );
    const record = await recordOf(idOf(reply));
    expect(record.request_uri).toBe('/elements/api-v2/books?where=…&apikey=…&page=1');
    expect(record.provider_message).toBe('access_token=[redacted] is not known');
    const rows = await app.query(sql`select * from usage_call`);
    expect(JSON.stringify(rows)).not.toContain('planted');
  });

  it('whose message has what PostgreSQL cannot store is kept without that', async () => {
    provider.answer({ status: 400, body: { message: 'zero \0 and half \ud800!' } });
    const reply = await shop.call('GET', '/books');
    expect((await recordOf(idOf(reply))).provider_message).toBe('zero  and half \ufffd!');
  });

  it.each(['0'.repeat(24), '-1', 'nothing', '9'.repeat(30), '%00'])('with the id %s is a 404', async (id) => {
    expect(await app.call('GET', `/usage/${id}`)).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('No call found') },
    });
  });
});

describe('the list of calls', () => {
  const list = (query: string) => app.call('GET', `/usage?${query}`);
  const urisOf = async (query: string) =>
    ((await list(query)).body as Loose[]).map(({ request_uri: uri }) =>
      (uri as string).replace('/elements/api-v2', ''),
    );

  beforeAll(async () => {
    provider.answer({ body: [] });
    for (let number = 1; number <= 4; number++) await other.call('GET', `/shelves?page=${number}`);
    provider.answer({ status: 404, body: { message: 'No shelf of that name' } });
    const last = await other.call('GET', '/shelves?page=5');
    await recordOf(idOf(last));
  });

  it.each([
    ['hub=crm', [5, 4, 3, 2, 1]],
    ['keys[]=library', [5, 4, 3, 2, 1]],
    ['keys[]=library,nothing', [5, 4, 3, 2, 1]],
    ['keys[]=library&status=success', [4, 3, 2, 1]],
    ['keys[]=library&status=FAILED', [5]],
    ['keys[]=library&searchText=no+shelf', [5]],
    ['keys[]=library&searchText=page%3D3', [3]],
    ['keys[]=library&searchText=%25', []],
    ['keys[]=library&page=2&pageSize=2', [3, 2]],
    ['keys[]=library&pageOffset=3', [2, 1]],
    ['hub=crm&keys[]=bookshop', []],
    ['keys[]=library&statusCode=404', [5]],
    ['keys[]=library&statusCode=2XX', [4, 3, 2, 1]],
    ['keys[]=library&methods[]=post', []],
    ['keys[]=library&methods[]=post,get&path=PAGE%3D2', [2]],
    ['keys[]=library&path=%25', []],
    ['hub=crm&elementApi=true', [5, 4, 3, 2, 1]],
    ['hub=crm&elementApi=false', []],
    ['hub=crm&instanceIds[]=x', []],
  ])('with %s has the right calls, the newest first', async (query, pages) => {
    expect(await urisOf(query)).toEqual(pages.map((page) => `/shelves?page=${page}`));
  });

  it('is filtered by the tags that an account has, its name among them', async () => {
    expect(
      (await urisOf('tags[]=my+shop')).every((uri) => uri.includes('books') || uri.includes('nothing')),
    ).toBe(true);
    expect(await urisOf('tags[]=my+shop')).not.toEqual([]);
    expect(await urisOf('tags[]=my+shop&tags[]=no+such')).toEqual([]);
  });

  it('is filtered by connected account', async () => {
    expect(await urisOf(`instanceIds[]=${other.id}`)).toHaveLength(5);
    expect(await urisOf(`instanceIds[]=${other.id},${shop.id}&keys[]=bookshop`)).not.toEqual([]);
  });

  it('goes on by token: two pages are one of the double size', async () => {
    const first = await list('keys[]=library&pageSize=2');
    const token = first.headers['elements-next-page-token'];
    const second = await list(`keys[]=library&pageSize=2&page=7&nextPage=${token}`);
    const both = await list('keys[]=library&pageSize=4');
    expect([...first.body, ...second.body]).toEqual(both.body);
    expect(first.headers['elements-returned-count']).toBe('2');
    const last = await list(`keys[]=library&pageSize=4&nextPage=${both.headers['elements-next-page-token']}`);
    expect(last.body).toHaveLength(1);
    expect(last.headers['elements-next-page-token']).toBeUndefined();
  });

  it('is cut out of time', async () => {
    const [{ traffic_date: newest }] = (await list('keys[]=library&pageSize=1')).body;
    const after = new Date(Date.parse(newest) + 1).toISOString();
    expect(await urisOf(`keys[]=library&from=${after}`)).toEqual([]);
    expect(await urisOf(`keys[]=library&from=${newest}&to=${newest}`)).toContain('/shelves?page=5');
    expect(await urisOf('keys[]=library&to=2020-01-01')).toEqual([]);
  });

  it('of a time to come is a 404', async () => {
    expect(await list('from=2100-01-01&to=2100-01-02')).toMatchObject({
      status: 404,
      body: { message: 'No usage found' },
    });
  });

  it.each([
    ['from=x&to=y', /'from' must.*'to' must/],
    ['from=2026-01-02&to=2026-01-01', /before/],
    ['status=maybe', /success or failed/],
    ['statusCode=600', /404 or 4xx/],
    ['statusCode=4x', /404 or 4xx/],
    ['elementApi=yes', /true or false/],
    ['pageSize=0', /pageSize/],
    ['pageSize=1001', /pageSize/],
    ['pageOffset=-1', /pageOffset/],
    ['nextPage=abc', /nextPage/],
    ['searchText=%00', /searchText/],
  ])('with %s is a 400 that says what is wrong', async (query, message) => {
    expect(await list(query)).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(message) },
    });
  });

  it('does not tell of those who look at it', async () => {
    expect(await urisOf('searchText=/usage')).toEqual([]);
  });

  it('shows nobody the calls of others', async () => {
    const reply = await shop.call('GET', '/books');
    await recordOf(idOf(reply));
    for (const stranger of [await app.addTenant(), await app.addTenant({ sameOrganization: true })]) {
      const authorization = stranger.organizationSecret
        ? stranger.asUser
        : `User ${stranger.userSecret}, Organization ${app.organizationSecret}`;
      expect(await app.call('GET', `/usage/${idOf(reply)}`, { authorization })).toMatchObject({
        status: 404,
      });
      expect((await app.call('GET', '/usage', { authorization })).body).toEqual([]);
      const { body } = await app.call('GET', '/usage/analytics/activity', { authorization });
      expect((body as Loose[]).map(({ count }) => count as number)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
      const instances = await app.call('GET', '/usage/analytics/activity/element-instances', {
        authorization,
      });
      expect(instances.body).toEqual({ usage: [] });
    }
  });
});

it('a caller that goes away in the middle of a reply leaves a call with the status 499', async () => {
  provider.answer({ streamBytes: 50_000_000 });
  const message = await app.open('GET', '/books', { authorization: shop.authorization });
  const requestId = String(message.headers['elements-request-id']);
  message.once('data', () => message.destroy());
  await expect.poll(() => recordOf(requestId)).toMatchObject({ response_status: 499, provider_status: 200 });
});

it('what is in memory is written when the server ends, and once', async () => {
  const second = await startTestApp({
    databaseUrl: app.databaseUrl,
    masterKey: app.masterKey,
    elements: [bookshop([resource('GET', '/books')])],
    elementDefaults: { bookshop: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  provider.answer({ body: [] });
  const call = () =>
    fetch(`${second.origin}/elements/api-v2/books`, { headers: { authorization: shop.authorization } });
  const replies = await Promise.all(Array.from({ length: 30 }, call));
  const ids = replies.map(({ headers }) => headers.get('elements-request-id') ?? '');
  await second.close();
  const rows = await app.query<{ count: number }>(
    sql`select count(*)::int as count from usage_call where request_id in (${sql.join(ids)})`,
  );
  expect(rows).toEqual([{ count: 30 }]);
});
