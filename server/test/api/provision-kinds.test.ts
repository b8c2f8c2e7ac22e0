import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { bookshop, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

// How accounts are connected where nobody consents in a browser.

let app: TestApp;
let provider: Provider;

beforeAll(async () => {
  provider = await startProvider();
  const password = bookshop([resource('GET', '/books')], {
    key: 'oldshop',
    id: 601,
    authentication: { type: 'oauth2Password' },
  }) as ReturnType<typeof bookshop> & { configuration: unknown[] };
  password.configuration.push(
    { key: 'username', name: 'User Name', type: 'TEXTFIELD_1000', required: true },
    { key: 'password', name: 'Password', type: 'PASSWORD', required: true },
  );
  app = await startTestApp({
    elements: [password],
    elementDefaults: { oldshop: { 'base.url': provider.url, 'oauth.callback.url': 'https://app.example' } },
    allowHosts: [provider.host],
  });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

const connect = (key: string) =>
  app.call('POST', '/instances', {
    json: {
      name: key,
      element: { key },
      configuration: {
        'base.url': provider.url,
        'oauth.api.key': 'client',
        'oauth.api.secret': 'secret',
        username: 'ann',
        password: 'pass+word',
      },
    },
  });

describe('a user name and a password for tokens', () => {
  it('are exchanged once, and calls carry the token', async () => {
    provider.on({
      'POST /token': { body: { access_token: 'a1', refresh_token: 'r1', expires_in: 3600 } },
      'GET /books': (request) => ({ body: [request.headers['authorization']] }),
    });
    const { status, body } = await connect('oldshop');
    expect([status, body.configuration?.password]).toEqual([200, '********']);
    expect(provider.received[0]?.form()).toEqual({
      grant_type: 'password',
      username: 'ann',
      password: 'pass+word',
      scope: 'read write',
      client_id: 'client',
      client_secret: 'secret',
    });
    const authorization = app.asElement(body.token);
    expect((await app.call('GET', '/hubs/documents/books', { authorization })).body).toEqual(['Bearer a1']);
  });

  it('that the provider refuses connect nothing', async () => {
    provider.on({
      'POST /token': { status: 400, body: { error: 'invalid_grant', error_description: 'Wrong password' } },
    });
    expect(await connect('oldshop')).toMatchObject({
      status: 400,
      body: {
        message: expect.stringContaining('did not accept the account'),
        providerMessage: 'Wrong password',
      },
    });
  });
});
