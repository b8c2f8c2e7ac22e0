import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, startTestApp } from '#test/app';

let app: TestApp;
beforeAll(async () => void (app = await startTestApp({ firstUser: {} })));
afterAll(() => app.close());

const person = {
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'Lovelace',
  password: 'Correct-horse7',
};
const setUp = (token: string, more = {}) =>
  app.call('POST', '/console/set-up', { authorization: null, json: { ...person, ...more, token } });
const isOpen = async () =>
  (await app.call('GET', '/console/session', { authorization: null })).body.setUpIsOpen as boolean;

it('takes nobody without the link that the server has printed', async () => {
  expect(await isOpen()).toBe(true);
  expect((await setUp('guessed')).status).toBe(401);
  expect((await setUp('A'.repeat(43))).status).toBe(401);
  expect(await isOpen()).toBe(true);
});

it('says what is wrong with a password, and leaves the link as it is', async () => {
  expect((await setUp(app.setUpToken ?? '', { password: 'x' })).status).toBe(400);
  expect(await isOpen()).toBe(true);
});

it('lets one person choose name and password, once', async () => {
  const reply = await setUp(app.setUpToken ?? '');
  expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
  expect(reply.body).toMatchObject({ user: { email: person.email, firstName: 'Ada' } });
  expect(reply.headers['set-cookie']).toMatch(/^ligand_session_[0-9a-f]{8}=[\w-]{43};/);
  expect(await isOpen()).toBe(false);
  expect((await setUp(app.setUpToken ?? '', { email: 'eve@example.com' })).status).toBe(401);
  const login = await app.call('POST', '/console/session', {
    authorization: null,
    json: { username: person.email, password: person.password },
  });
  expect(login.status).toBe(200);
});

it('is closed by a login with the password that was printed', async () => {
  const other = await startTestApp({ firstUser: {} });
  try {
    const json = { username: other.email, password: other.password };
    expect((await other.call('POST', '/authentication', { authorization: null, json })).status).toBe(200);
    const reply = await other.call('POST', '/console/set-up', {
      authorization: null,
      json: { ...person, token: other.setUpToken },
    });
    expect(reply.status).toBe(401);
  } finally {
    await other.close();
  }
});

it('needs no link where the operator has chosen the password', async () => {
  const other = await startTestApp();
  try {
    expect(other.setUpToken).toBeUndefined();
    const { body } = await other.call('GET', '/console/session', { authorization: null });
    expect(body).toEqual({ setUpIsOpen: false });
  } finally {
    await other.close();
  }
});
