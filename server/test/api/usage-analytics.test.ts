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
let shelf: Connected;
const begun = new Date();

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    elements: [bookshop([resource('GET', '/books')]), library([resource('GET', '/shelves')])],
    elementDefaults: { bookshop: { 'base.url': provider.url }, library: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  shop = await app.connect('bookshop', { configuration: shopKeys });
  shelf = await app.connect('library', { configuration: { username: 'u', password: 'p' } });
  provider.on({ 'GET /books': { body: [] }, 'GET /shelves': { status: 404, body: {} } });
  for (let call = 0; call < 3; call++) await shop.call('GET', '/books');
  const last = await shelf.call('GET', '/shelves');
  await app.call('GET', `/usage/${last.headers['elements-request-id']}`);
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const get = (path: string) => app.call('GET', `/usage/analytics/${path}`);
const totals = (rows: Loose[], field = 'count') => rows.reduce((sum, row) => sum + (row[field] as number), 0);
const named = async ({ id }: Connected) => ({
  instanceId: id,
  instanceName: (await app.call('GET', `/instances/${id}`)).body.name as string,
});
/** From the start of the test to now, by minute; a minute may have begun meanwhile. */
const recent = () => `from=${begun.toISOString()}&to=${new Date().toISOString()}`;

describe('analytics', () => {
  it.each(['times', 'statuses', 'activity', 'activity/elements'])(
    '%s has the last seven days if nothing is said, each day of them',
    async (path) => {
      const { status, body } = await get(path);
      expect(status).toBe(200);
      expect(body).toHaveLength(8);
      expect(totals(body)).toBe(4);
      expect(body.every(({ timestamp }: Loose) => /T00:00:00.000Z$/.test(timestamp as string))).toBe(true);
    },
  );

  it.each([
    ['second', 1],
    ['minute', 1],
    ['hour', 1],
    ['week', 1],
    ['month', 1],
    ['quarter', 1],
    ['year', 1],
  ])('count by %s', async (interval) => {
    const { body } = await get(`activity?interval=${interval}&${recent()}`);
    expect([totals(body), totals(body, 'success'), totals(body, 'failed')]).toEqual([4, 3, 1]);
  });

  it('have a bucket for each minute of an hour, both ends included', async () => {
    const to = new Date();
    const from = new Date(to.getTime() - 3_600_000);
    const { body } = await get(`activity?interval=minute&from=${from.toISOString()}&to=${to.toISOString()}`);
    expect(body).toHaveLength(61);
  });

  it('tell how long calls took, and the provider', async () => {
    const { body } = await get('times');
    expect(body.at(-1)).toMatchObject({
      count: 4,
      averageTime: expect.any(Number),
      averageProviderTime: expect.any(Number),
      longestTime: expect.any(Number),
    });
    expect(body.at(-1).longestTime).toBeGreaterThanOrEqual(body.at(-1).averageTime);
    expect(body[0]).toMatchObject({ count: 0, averageTime: 0, longestTime: 0 });
  });

  it('tell statuses, elements and accounts', async () => {
    const last = async (path: string) => (await get(path)).body.at(-1) as Loose;
    expect(await last('statuses')).toMatchObject({ success: 3, failed: 1, statuses: { 200: 3, 404: 1 } });
    expect((await last('activity/elements')).elements).toEqual([
      { elementKey: 'bookshop', count: 3, success: 3, failed: 0 },
      { elementKey: 'library', count: 1, success: 0, failed: 1 },
    ]);
    expect((await get('activity/element-instances')).body).toEqual({
      usage: [
        { ...(await named(shop)), elementKey: 'bookshop', count: 3, success: 3, failed: 0 },
        { ...(await named(shelf)), elementKey: 'library', count: 1, success: 0, failed: 1 },
      ],
    });
  });

  it.each(['keys[]=library', 'elementKeys[]=library,other', 'elementKeys[]=library&elementKeys[]=other'])(
    'are of some elements alone with %s',
    async (query) => {
      expect(totals((await get(`activity?${query}`)).body)).toBe(1);
      expect(totals((await get(`activity?interval=second&${recent()}&${query}`)).body)).toBe(1);
    },
  );

  it('count the accounts that were connected', async () => {
    const path = 'activity/element-instances/created-count';
    expect((await get(path)).body).toEqual({ instancesCreatedCount: 2 });
    expect((await get(`${path}?from=2020-01-01&to=2020-01-02`)).body).toEqual({ instancesCreatedCount: 0 });
    expect((await get('activity/formula-instances/created-count')).body).toEqual({
      instancesCreatedCount: 0,
    });
    expect((await get('activity/formula-instances')).body).toEqual({ usage: [] });
  });

  it('of a time to come are a 404 where the contract has it, else empty', async () => {
    const future = 'from=2100-01-01&to=2100-01-02';
    for (const path of ['times', 'statuses'])
      expect(await get(`${path}?${future}`)).toMatchObject({
        status: 404,
        body: { message: 'No usage found' },
      });
    expect((await get(`activity?${future}`)).body).toHaveLength(2);
    expect((await get(`activity/element-instances?${future}`)).body).toEqual({ usage: [] });
  });

  it.each([
    ['from=2026-01-02&to=2026-01-01', /before/],
    ['from=2026-01-01&to=2026-01-02&interval=second', /too fine/],
    ['interval=fortnight', /interval/],
    ['from=2020-01-01T10:00:00Z&to=2020-01-01T11:00:00Z&interval=minute', /by minute are kept for 7 days/],
    ['from=2020-01-01T10:00:00Z&to=2020-01-01T10:01:00Z&interval=second', /by second are kept for 30 days/],
  ])('with %s are a 400 that says why', async (query, message) => {
    for (const path of ['times', 'activity/element-instances'])
      expect(await get(`${path}?${query}`)).toMatchObject({
        status: 400,
        body: { requestId: expect.any(String), message: expect.stringMatching(message) },
      });
  });
});

it('counts of an account do not depend on single calls, which are kept for a shorter time', async () => {
  await app.query(sql`delete from usage_call`);
  expect(totals((await get('activity')).body)).toBe(4);
});

it('counts name accounts only as long as they are connected', async () => {
  const gone = await app.connect('library', { configuration: { username: 'u', password: 'p' } });
  const { headers } = await gone.call('GET', '/shelves');
  await app.call('GET', `/usage/${headers['elements-request-id']}`);
  await app.call('DELETE', `/instances/${gone.id}`);
  const { usage } = (await get('activity/element-instances')).body;
  expect(usage.find(({ instanceId }: Loose) => instanceId === gone.id)).toEqual({
    instanceId: gone.id,
    elementKey: 'library',
    count: 1,
    success: 0,
    failed: 1,
  });
});
