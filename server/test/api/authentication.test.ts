import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { bookshop, resource, shopKeys } from '#test/definition';

let app: TestApp;
let instance: Connected;

beforeAll(async () => {
  app = await startTestApp({
    elements: [bookshop([resource('GET', '/books')])],
    elementDefaults: { bookshop: { 'base.url': 'http://127.0.0.1:9' } },
  });
  instance = await app.connect('bookshop', { configuration: shopKeys });
});
afterAll(() => app.close());

const failure = { requestId: expect.stringMatching(/^[0-9a-f]{24}$/), message: expect.stringMatching(/\S/) };

describe('logging in', () => {
  it('gives the secrets for user name and password', async () => {
    const { status, body } = await app.call('POST', '/authentication', {
      authorization: null,
      json: { username: app.email, password: app.password },
    });
    expect(status).toBe(200);
    const secrets = await app.call('GET', '/authentication/secrets', {
      authorization: `Bearer ${body.token}`,
    });
    expect(secrets).toMatchObject({
      status: 200,
      body: { userSecret: app.userSecret, organizationSecret: app.organizationSecret },
    });
  });

  it.each([
    ['a wrong password', () => ({ username: app.email, password: 'wrong' }), 401],
    ['an unknown user', () => ({ username: 'nobody@example.com', password: app.password }), 401],
    ['no password', () => ({ username: app.email }), 400],
    ['a zero byte in the user name', () => ({ username: 'a\0b', password: 'x' }), 400],
    ['a zero byte in the password', () => ({ username: app.email, password: 'x\0' }), 401],
    ['nothing', () => ({}), 400],
  ])('is refused with %s', async (_case, json, status) => {
    const reply = await app.call('POST', '/authentication', { authorization: null, json: json() });
    expect(reply).toMatchObject({ status, body: failure });
  });

  it.each([
    ['an unknown token', () => 'Bearer AAAA'],
    ['API secrets', () => app.asUser],
    ['nothing', () => null],
  ])('shows no secrets for %s', async (_case, authorization) => {
    const reply = await app.call('GET', '/authentication/secrets', { authorization: authorization() });
    expect(reply).toMatchObject({ status: 401, body: failure });
  });
});

describe('the Authorization header of platform calls', () => {
  const user = () => `User ${app.userSecret}`;
  const organization = () => `Organization ${app.organizationSecret}`;
  const element = () => `Element ${instance.token}`;

  it.each([
    ['in the usual order', () => `${user()}, ${organization()}`],
    ['in the other order', () => `${organization()}, ${user()}`],
    ['without blanks', () => `${organization()},${user()}`],
    ['with many blanks', () => `  ${user()}  ,   ${organization()}  `],
    ['with an Element token, which does not matter', () => `${element()}, ${user()}, ${organization()}`],
    [
      'with a dead Element token, which does not matter either',
      () => `${user()}, Element dead, ${organization()}`,
    ],
  ])('is accepted %s', async (_case, authorization) => {
    expect(await app.call('GET', '/instances', { authorization: authorization() })).toMatchObject({
      status: 200,
    });
  });

  const refused: [string, () => string | null][] = [
    ['no header', () => null],
    ['an empty header', () => ''],
    ['the user alone', user],
    ['the organization alone', organization],
    ['a wrong user secret', () => `User wrong, ${organization()}`],
    ['a wrong organization secret', () => `${user()}, Organization ${'0'.repeat(32)}`],
    ['secrets that were exchanged', () => `User ${app.organizationSecret}, Organization ${app.userSecret}`],
    ['half a secret', () => `${user().slice(0, -10)}, ${organization()}`],
    ['an unknown scheme', () => `Basic abc`],
    ['a scheme without a secret', () => `User, ${organization()}`],
    ['two user secrets', () => `${user()}, ${user()}, ${organization()}`],
    ['no comma', () => `${user()} ${organization()}`],
    ['a bearer token', () => 'Bearer abc'],
  ];
  const routes = [
    ['GET', '/instances'],
    ['POST', '/instances'],
    ['GET', '/instances/1'],
    ['PUT', '/instances/1'],
    ['PATCH', '/instances/1'],
    ['DELETE', '/instances/1'],
    ['PUT', '/instances/1/enabled'],
    ['DELETE', '/instances/1/enabled'],
    ['GET', '/elements/bookshop/instances'],
    ['POST', '/elements/bookshop/instances'],
    ['GET', '/elements/bookshop/instances/1'],
    ['PUT', '/elements/bookshop/instances/1'],
    ['PATCH', '/elements/bookshop/instances/1'],
    ['DELETE', '/elements/bookshop/instances/1'],
  ] as const;

  it.each(refused)('is refused everywhere: %s', async (_case, authorization) => {
    for (const [method, path] of routes) {
      const { status, body, headers } = await app.call(method, path, {
        authorization: authorization(),
        json: {},
      });
      expect({ route: `${method} ${path}`, status, body }).toEqual({
        route: `${method} ${path}`,
        status: 401,
        body: failure,
      });
      expect(headers['elements-request-id']).toBe(body.requestId);
    }
  });
});

describe('the Authorization header of hub calls', () => {
  const user = () => `User ${app.userSecret}`;
  const element = () => `Element ${instance.token}`;

  it.each([
    ['no header', () => null],
    ['User and Organization without an Element token', () => app.asUser],
    ['an Element token without a user', element],
    ['an unknown Element token', () => `${user()}, Element AAAA`],
    ['a wrong user secret', () => `User wrong, ${element()}`],
    [
      'a wrong Organization beside the right user',
      () => `${user()}, ${element()}, Organization ${'0'.repeat(32)}`,
    ],
  ])('is refused: %s', async (_case, authorization) => {
    for (const path of ['/hubs/documents/books', '/books', '/nosuchresource', '/ping', '/objects']) {
      const { status, body } = await app.call('GET', path, { authorization: authorization() });
      expect({ path, status, body }).toEqual({ path, status: 401, body: failure });
    }
  });

  it.each([
    ['User and Element', () => `${user()}, ${element()}`],
    [
      'the right Organization too, in any order',
      () => `${element()},Organization ${app.organizationSecret} ,${user()}`,
    ],
  ])('is accepted with %s', async (_case, authorization) => {
    expect(await app.call('GET', '/ping', { authorization: authorization() })).toMatchObject({ status: 200 });
  });

  it('is asked of PUT and PATCH /instances without an id', async () => {
    for (const method of ['PUT', 'PATCH']) {
      expect(await app.call(method, '/instances', { json: { name: 'x' } })).toMatchObject({
        status: 401,
        body: failure,
      });
    }
  });
});
