import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { createPeople, goodPassword, newEmail, userBody } from '#test/people';
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

describe('SAML metadata', () => {
  const read = (id: unknown, headers: Record<string, string> = {}) =>
    app.call('GET', `/authentication/saml/${id}/metadata`, { authorization: null, headers });

  it.each(['/accounts/identity-providers', '/organizations/identity-providers'])(
    'is given for each of %s, to whoever asks',
    async (path) => {
      const { id } = (await stranger.call('POST', path, { json: { name: 'idp' } })).body;
      const own = await read(id);
      expect(own).toMatchObject({ status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' } });
      expect(own.text).toMatch(/^<\?xml version/);
      expect(own.text).toContain(
        `entityID="${app.origin}/elements/api-v2/authentication/saml/${id}/metadata"`,
      );
      const forwarded = await read(id, { 'x-forwarded-host': 'api.example.com:8443, inner' });
      expect(forwarded.text).toContain(
        `Location="https://api.example.com:8443/elements/api-v2/authentication/saml/${id}"`,
      );
      expect(forwarded.text).not.toContain(app.origin);
      await stranger.call('DELETE', `${path}/${id}`);
      expect((await read(id)).status).toBe(404);
    },
  );

  it('has no host that would break out of it', async () => {
    const { id } = (await app.call('POST', '/accounts/identity-providers', { json: {} })).body;
    for (const host of ['x"/><script>', 'a b', '-', ''])
      expect((await read(id, { 'x-forwarded-host': host })).text).toContain(`entityID="${app.origin}/`);
  });

  it.each([-1, 999_999, 'x', '1.5'])('is not there for the id %s', async (id) => {
    expect([400, 404]).toContain((await read(id)).status);
  });
});

describe('/applications/users', () => {
  const path = '/applications/users';
  const logIn = (email: string, password: string) =>
    app.call('GET', `${path}/${email}`, {
      authorization: null,
      headers: { 'Elements-User-Password': password },
    });

  it('tells who calls', async () => {
    const user = await people.add(['default-user']);
    const { body } = await user.call('GET', path);
    expect(body).toMatchObject({ id: user.id, email: user.email });
    expect(body).not.toHaveProperty('secret');
    // An id is no secret.
    const [, organization] = user.authorization.split(', ');
    for (const authorization of [`${organization}, UserId ${user.id}`, organization ?? '', null])
      expect((await app.call('GET', path, { authorization })).status).toBe(401);
  });

  it('adds a user with the password of the header, and logs it in', { timeout: 120_000 }, async () => {
    const { password: _password, ...json } = userBody({ email: newEmail() });
    const headers = { 'Elements-User-Password': goodPassword };
    const made = await app.call('POST', path, { json, headers });
    expect(made).toMatchObject({ status: 200, body: { email: json.email, secret: expect.any(String) } });
    const { status, body } = await logIn(json.email.toUpperCase(), goodPassword);
    expect([status, body.id, body.secret]).toEqual([200, made.body.id, made.body.secret]);
    expect(body.lastLoginDate).toBe(new Date().toISOString().slice(0, 10));
    const trail = await app.call('GET', `/audit?user=${json.email}`);
    expect(trail.body.map(({ action }: { action: string }) => action)).toContain('user.login');

    expect(await app.call('POST', path, { json, headers })).toMatchObject({ status: 409 });
    expect(await app.call('POST', path, { json: { ...json, email: newEmail() } })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('elements-user-password') },
    });
    const weak = { 'Elements-User-Password': 'weak' };
    expect(
      (await app.call('POST', path, { json: { ...json, email: newEmail() }, headers: weak })).status,
    ).toBe(400);
    const plain = await people.add(['org']);
    expect((await plain.call('POST', path, { json, headers })).status).toBe(403);
  });

  it('lets nobody in with a wrong password, and no more after ten', { timeout: 120_000 }, async () => {
    const { email } = await people.add(['org']);
    expect((await logIn(newEmail(), goodPassword)).status).toBe(401);
    for (let times = 0; times < 10; times++) expect((await logIn(email, 'wrong')).status).toBe(401);
    expect((await logIn(email, goodPassword)).status).toBe(429);
    expect((await app.call('GET', `${path}/${email}`, { authorization: null })).status).toBe(400);
  });

  it('sends no new password by e-mail, and tells nobody who is there', async () => {
    const { email } = await people.add(['org']);
    const ask = (of: string) => app.call('POST', `${path}/${of}/reset`, { authorization: null });
    const [known, unknown] = [await ask(email), await ask(newEmail())];
    expect([known.status, unknown.status]).toEqual([403, 403]);
    expect(known.body.message).toBe(unknown.body.message);
    expect(known.body.message).toContain('Ask an administrator');
  });

  it('lets nobody in who is switched off', { timeout: 120_000 }, async () => {
    const { email, id } = await people.add(['org']);
    expect((await logIn(email, goodPassword)).status).toBe(200);
    await app.call('PATCH', `/users/${id}`, { json: { active: false } });
    expect((await logIn(email, goodPassword)).status).toBe(401);
  });
});
