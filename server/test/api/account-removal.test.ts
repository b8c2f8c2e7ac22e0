import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { bookshop, resource, shopKeys } from '#test/definition';
import { createPeople } from '#test/people';
import type { People, Person } from '#test/people';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';
import { waitFor } from '#test/wait';

let app: TestApp;
let provider: Provider;
let people: People;

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp(options());
  people = createPeople(app);
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

const options = () => ({
  elements: [bookshop([resource('DELETE', '/registration', { type: 'onDelete' })])],
  elementDefaults: { bookshop: { 'base.url': provider.url } },
  allowHosts: [provider.host],
});

const tokens = { externalAuthentication: 'initial', providerData: { access_token: 'golden-token' } };

async function connect(person: Person): Promise<number> {
  const { status, body } = await person.call('POST', '/instances', {
    json: { name: 'x', element: { key: 'bookshop' }, configuration: shopKeys, ...tokens },
  });
  expect(status).toBe(200);
  return body.id as number;
}

const farewells = () => provider.received.filter(({ path }) => path === '/registration');
const said = (count: number) =>
  waitFor(() => farewells().length >= count, { what: 'the provider being told' });

describe('the connections of what is removed for good end at the provider too', () => {
  it.each([
    ['an account', 'DELETE', ({ accountId }: Person) => `/accounts/${accountId}`, undefined],
    [
      'an account that is switched off for good',
      'PATCH',
      ({ accountId }: Person) => `/accounts/${accountId}?permanent=true`,
      { active: false },
    ],
    ['a user', 'PATCH', ({ id }: Person) => `/users/${id}?permanent=true`, { active: false }],
  ])('of %s', async (_what, method, path, json) => {
    const person = await people.add(['org'], await people.addAccount());
    for (let count = 0; count < 6; count++) await connect(person);
    provider.answer({ body: {} });
    expect((await app.call(method, path(person), json && { json })).status).toBe(200);
    await said(6);
    for (const { method: sent, headers } of farewells())
      expect([sent, headers['authorization']]).toEqual(['DELETE', 'Bearer golden-token']);
    expect(farewells()).toHaveLength(6);
  });

  it('of a whole customer', async () => {
    const customer = await people.addCustomer();
    const { id } = (await customer.call('GET', '/organizations/me')).body;
    await connect(customer);
    provider.answer({ body: {} });
    expect((await app.call('DELETE', `/customers/organizations/${id}`)).status).toBe(200);
    await said(1);
  });

  it.each([
    ['refuses', { status: 500, body: {} }],
    ['breaks the connection', { fault: 'reset' as const }],
  ])('and the account is removed though the provider %s', async (_what, answer) => {
    const person = await people.add(['org'], await people.addAccount());
    await connect(person);
    provider.on({ 'DELETE /registration': answer });
    expect((await app.call('DELETE', `/accounts/${person.accountId}`)).status).toBe(200);
    await said(1);
    expect((await app.call('GET', `/accounts/${person.accountId}`)).status).toBe(404);
  });

  it.each([
    [0, 1],
    [3, 0],
  ])('also when the process that removed them has died, %i tries before', async (tries, told) => {
    const id = await connect(await people.add(['org'], await people.addAccount()));
    // What it leaves behind: the removal is done, the provider not told.
    await app.query(sql`
      insert into instance_farewell (
        id, organization_id, account_id, element_id, element_key, configuration, secrets_sealed, tries)
      select id, organization_id, account_id, element_id, element_key, configuration, secrets_sealed, ${tries}
      from instance where id = ${id}`);
    await app.query(sql`delete from instance where id = ${id}`);
    provider.answer({ body: {} });
    const { databaseUrl, masterKey } = app;
    const next = await startTestApp({ ...options(), databaseUrl, masterKey });
    const left = () => app.query<{ id: number }>(sql`select id from instance_farewell`);
    await waitFor(async () => (await left()).length === 0, { what: 'the end of what was left' });
    expect(farewells()).toHaveLength(told);
    await next.close();
  });

  it('and not where the removal is refused, or takes nothing away', async () => {
    const customer = await people.addCustomer();
    await connect(customer);
    expect((await customer.call('DELETE', `/accounts/${customer.accountId}`)).status).toBe(409);
    const last = await customer.call('PATCH', `/users/${customer.id}?permanent=true`, {
      json: { active: false },
    });
    expect(last.status).toBe(409);
    const person = await people.add(['org'], await people.addAccount());
    await connect(person);
    await app.call('PATCH', `/accounts/${person.accountId}`, { json: { active: false } });
    // What would have been told before this is told by then.
    const other = await people.add(['org'], await people.addAccount());
    await connect(other);
    await app.call('DELETE', `/accounts/${other.accountId}`);
    await said(1);
    expect(farewells()).toHaveLength(1);
  });
});
