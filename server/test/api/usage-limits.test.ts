import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { bookshop, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';
import type { Tenant } from '#test/tenant';

let app: TestApp;
let provider: Provider;
let shop: Connected;
let accountId: number;
let sub: Tenant & { asUser: string };

const options = () => ({
  elements: [bookshop([resource('GET', '/books')])],
  elementDefaults: { bookshop: { 'base.url': provider.url } },
  allowHosts: [provider.host],
});

beforeAll(async () => {
  provider = await startProvider();
  provider.answer({ body: [] });
  app = await startTestApp(options());
  shop = await app.connect('bookshop', { configuration: shopKeys });
  ({
    body: { accountId },
  } = await app.call('GET', '/usage/limits'));
  const tenant = await app.addTenant({ sameOrganization: true });
  sub = { ...tenant, asUser: `User ${tenant.userSecret}, Organization ${app.organizationSecret}` };
});
afterAll(async () => {
  await app.close();
  await provider.close();
});
beforeEach(async () => {
  await app.call('DELETE', `/accounts/${accountId}/limits`);
  await app.query(sql`delete from usage_count`);
  provider.received.length = 0;
});

const setLimits = (limits: unknown, id: number | string = accountId, authorization = app.asUser) =>
  app.call('PUT', `/accounts/${id}/limits`, { json: { limits }, authorization });
const callTimes = async (times: number) => {
  const statuses: number[] = [];
  for (let call = 0; call < times; call++) statuses.push((await shop.call('GET', '/books')).status);
  return statuses;
};

describe('an account with a limit', () => {
  it('gets 429 with Retry-After and a reason when it is used up, and the provider is not asked', async () => {
    expect(await setLimits([{ calls: 2, per: 'month' }])).toMatchObject({
      status: 200,
      body: { accountId, limits: [{ calls: 2, per: 'month', used: 0, remaining: 2 }] },
    });
    expect(await callTimes(2)).toEqual([200, 200]);
    const reply = await shop.call('GET', '/books');
    expect(reply).toMatchObject({
      status: 429,
      body: { message: expect.stringContaining('2 calls per month') },
    });
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
    expect(provider.received).toHaveLength(2);
    const { body: record } = await app.call('GET', `/usage/${reply.headers['elements-request-id']}`);
    expect(record).toMatchObject({
      response_status: 429,
      element_key: 'bookshop',
      message: reply.body.message,
    });
    expect((await app.call('GET', '/usage/limits')).body).toMatchObject({
      accountId,
      limits: [
        { calls: 2, per: 'month', used: 2, remaining: 0, resetDate: expect.stringMatching(/-01T00:00:00/) },
      ],
    });
  });

  it('is held to each of several, and to none when they are taken away', async () => {
    await setLimits([
      { calls: 100, per: 'hour' },
      { calls: 0, per: 'day' },
    ]);
    expect(await callTimes(1)).toEqual([429]);
    expect((await app.call('GET', `/accounts/${accountId}/limits`)).body.limits).toHaveLength(2);
    expect((await app.call('DELETE', `/accounts/${accountId}/limits`)).body).toEqual({
      accountId,
      limits: [],
    });
    expect(await callTimes(5)).toEqual([200, 200, 200, 200, 200]);
  });

  it('has used what it called before the limit was set', async () => {
    await callTimes(3);
    await setLimits([{ calls: 4, per: 'day' }]);
    expect(await callTimes(2)).toEqual([200, 429]);
  });

  it('may use the platform itself all the same', async () => {
    await setLimits([{ calls: 0, per: 'day' }]);
    expect(await app.call('GET', '/instances')).toMatchObject({ status: 200 });
  });

  it('does not get a new allowance when the server begins anew, or at another process', async () => {
    await setLimits([{ calls: 3, per: 'day' }]);
    expect(await callTimes(3)).toEqual([200, 200, 200]);
    await app.call('GET', `/usage/${'0'.repeat(24)}`);
    const second = await startTestApp({
      ...options(),
      databaseUrl: app.databaseUrl,
      masterKey: app.masterKey,
    });
    const { status } = await fetch(`${second.origin}/elements/api-v2/books`, {
      headers: { authorization: shop.authorization },
    });
    await second.close();
    expect(status).toBe(429);
  });

  it('is told to all processes', async () => {
    const second = await startTestApp({
      ...options(),
      databaseUrl: app.databaseUrl,
      masterKey: app.masterKey,
    });
    await setLimits([{ calls: 0, per: 'day' }]);
    const statusThere = async () =>
      (
        await fetch(`${second.origin}/elements/api-v2/books`, {
          headers: { authorization: shop.authorization },
        })
      ).status;
    await expect.poll(statusThere).toBe(429);
    await second.close();
  });
});

describe('limits', () => {
  it('are set by those who may change accounts, and by no others', async () => {
    const { body } = await app.call('GET', '/usage/limits', { authorization: sub.asUser });
    expect(await setLimits([{ calls: 9, per: 'day' }], body.accountId, sub.asUser)).toMatchObject({
      status: 403,
    });
    expect(await setLimits([{ calls: 9, per: 'day' }], body.accountId)).toMatchObject({ status: 200 });
    expect((await app.call('GET', '/usage/limits', { authorization: sub.asUser })).body.limits).toMatchObject(
      [{ calls: 9, per: 'day' }],
    );
    expect(await callTimes(1)).toEqual([200]);
  });

  it.each(['-1', '999999', '99999999999'])('of the account %s are a 404', async (id) => {
    expect(await setLimits([], id)).toMatchObject({ status: 404 });
    expect(await app.call('GET', `/accounts/${id}/limits`)).toMatchObject({ status: 404 });
    expect(await app.call('DELETE', `/accounts/${id}/limits`)).toMatchObject({ status: 404 });
  });

  it('of another organization are not found', async () => {
    const { asUser } = await app.addTenant();
    expect(await setLimits([{ calls: 0, per: 'day' }], accountId, asUser)).toMatchObject({ status: 404 });
    expect(await callTimes(1)).toEqual([200]);
  });

  it.each([
    [[{ calls: -1, per: 'day' }], /calls/],
    [[{ calls: 1.5, per: 'day' }], /calls/],
    [[{ calls: 1, per: 'year' }], /per/],
    [[{ per: 'day' }, { calls: 'x', per: 5 }], /limits\[0\]\.calls.*limits\[1\]/],
    [
      [
        { calls: 1, per: 'day' },
        { calls: 2, per: 'day' },
      ],
      /two limits per day/,
    ],
    ['x', /limits/],
  ])('%j are a 400', async (limits, message) => {
    expect(await setLimits(limits)).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(message) },
    });
  });
});
