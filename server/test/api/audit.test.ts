import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { createPeople } from '#test/people';
import type { People, Person } from '#test/people';

let app: TestApp;
let people: People;
let stranger: Person;

beforeAll(async () => {
  app = await startTestApp();
  people = createPeople(app);
  stranger = await people.addCustomer();
});
afterAll(() => app.close());

const list = async (query = '', who: { call: TestApp['call'] } = app): Promise<Loose[]> =>
  (await who.call('GET', `/audit${query}`)).body;
const actions = (entries: Loose[]) => entries.map(({ action }) => action);

describe('the audit trail', () => {
  it('tells who has done what, when, and by which call', async () => {
    const made = await app.call('POST', '/accounts', { json: { externalId: 'audited' } });
    const [entry] = await list();
    const { body: me } = await app.call('GET', '/users/me');
    expect(entry).toEqual({
      id: expect.any(Number),
      date: expect.any(String),
      action: 'account.create',
      method: 'POST',
      path: '/accounts',
      requestId: made.headers['elements-request-id'],
      userId: me.id,
      accountId: me.accountId,
      email: app.email,
    });
    expect(Math.abs(Date.parse(entry.date) - Date.now())).toBeLessThan(60_000);
    expect((await app.call('GET', '/audit-logs')).body[0]).toEqual(entry);
    expect((await app.call('GET', `/audit/${entry?.id}`)).body).toEqual(entry);
  });

  it('has no entry for what only reads, and none for what has failed', async () => {
    const before = await list();
    await app.call('GET', '/accounts');
    await app.call('DELETE', '/accounts/-1');
    await app.call('POST', '/accounts', { json: {} });
    expect(await list()).toEqual(before);
  });

  it('has logins, right and wrong, and no password or secret', async () => {
    const logIn = (password: string) =>
      app.call('POST', '/authentication', { authorization: null, json: { username: app.email, password } });
    const wrong = await logIn('hunter2-hunter2');
    await logIn(app.password);
    await app.call('POST', '/users/me/secret', { json: { graceSeconds: 600 } });
    // The secret in use is another one now; the one that this test has still works.
    const entries = await list('?pageSize=3');
    expect(actions(entries)).toEqual(['user.secret', 'user.login', 'user.loginFailed']);
    expect(entries[2].requestId).toBe(wrong.headers['elements-request-id']);
    const rows = JSON.stringify(await app.query(sql`select * from audit_entry`));
    for (const secret of [app.password, 'hunter2', app.userSecret, app.organizationSecret])
      expect(rows).not.toContain(secret);
  });

  it('is asked by user, action and time, in pages', async () => {
    const admin = await people.add(['org-admin']);
    for (let n = 0; n < 3; n++) await admin.call('POST', '/accounts', { json: { externalId: `many ${n}` } });
    await admin.call('PATCH', '/accounts/settings', { json: { a: 1 } });
    expect(actions(await list(`?user=${admin.id}`))).toEqual([
      'account.settings',
      'account.create',
      'account.create',
      'account.create',
    ]);
    const query = `?user=${admin.email.toUpperCase()}&action=account.create&pageSize=2`;
    const first = await app.call('GET', `/audit${query}`);
    expect(first.headers).toMatchObject({ 'elements-returned-count': '2', 'elements-total-count': '3' });
    const next = await app.call(
      'GET',
      `/audit${query}&nextPage=${first.headers['elements-next-page-token']}`,
    );
    expect(next.body).toHaveLength(1);
    expect(next.headers['elements-next-page-token']).toBeUndefined();
    expect((await app.call('GET', `/audit${query}&page=2`)).body).toEqual(next.body);
    const [newest] = await list();
    expect(actions(await list(`?from=${newest.date}&to=${newest.date}`))).toContain('account.settings');
    expect(await list('?from=2999-01-01')).toEqual([]);
    expect(await list('?to=1999-12-31T23:59:59Z')).toEqual([]);
    expect(await list('?action=nothing.such')).toEqual([]);
  });

  it.each([
    'from=yesterday',
    'to=x',
    'pageSize=0',
    'nextPage=x',
    'action=%00',
    'user=a%00',
    'from=2030-99-99',
  ])('is not asked by %s', async (query) => {
    expect((await app.call('GET', `/audit?${query}`)).status).toBe(400);
  });

  it('is shown to who may see it: all of the organization, or the own account; never of another', async () => {
    const account = await people.addAccount();
    const admin = await people.add(['admin'], account);
    const user = await people.add(['org'], account);
    await admin.call('PATCH', `/users/${user.id}`, { json: { firstName: 'Seen' } });
    expect(actions(await list('', admin))).toEqual(['user.update']);
    expect(actions(await list())).toEqual(expect.arrayContaining(['user.update', 'account.create']));
    expect(await user.call('GET', '/audit')).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining("'viewLogsOrg' or 'viewLogsAccount'") },
    });
    const [ofAccount] = await list('', admin);
    const [ofOthers] = await list('?action=account.create');
    expect((await admin.call('GET', `/audit/${ofAccount?.id}`)).status).toBe(200);
    for (const [who, id] of [
      [admin, ofOthers?.id],
      [stranger, ofAccount?.id],
      [app, 999_999_999],
    ] as const)
      expect((await who.call('GET', `/audit/${id}`)).status).toBe(404);
    expect((await user.call('GET', `/audit/${ofAccount?.id}`)).status).toBe(403);
    expect(await list('', stranger)).toEqual([]);
    await stranger.call('PUT', '/organizations/me', { json: { name: 'Theirs' } });
    expect(actions(await list('', stranger))).toEqual(['organization.update']);
    expect(actions(await list('?action=organization.update'))).toEqual([]);
  });
});
