import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { person, startProvider } from './provider.test-support.ts';
import type { TestProvider } from './provider.test-support.ts';

let provider: TestProvider;
beforeAll(async () => void (provider = await startProvider()));
afterAll(async () => provider.close());
beforeEach(async () => {
  await provider.turn('reset');
  await provider.turn('limits', { perSecond: null, tokenCallsPerHour: null });
  provider.pass(3_600_000);
  ({ body: pair } = await provider.token({ grant_type: 'password', ...person }));
});

let pair: { access_token: string; refresh_token: string };
const redirect_uri = 'http://127.0.0.1:9/auth';
const senders = (token = pair.access_token) =>
  fetch(`${provider.url}/api/1/account/senders`, { headers: { authorization: `Bearer ${token}` } });
const consent = async (more = {}) => {
  const asked = { client_id: 'ligand-demo', redirect_uri, state: 'a b', decision: 'allow', ...more };
  const { location } = (await provider.turn('consent', asked)) as { location: string };
  return new URL(location).searchParams;
};
const exchange = (code: string, more = {}) =>
  provider.token({ grant_type: 'authorization_code', code, redirect_uri, ...more });
const refresh = (token: string) => provider.token({ grant_type: 'refresh_token', refresh_token: token });

describe('OAuth', () => {
  it('brings a code and the state back, or the refusal and the state', async () => {
    expect([...(await consent()).keys()]).toEqual(['code', 'state']);
    const denied = await consent({ decision: 'deny' });
    expect([...denied]).toEqual([
      ['error', 'access_denied'],
      ['state', 'a b'],
    ]);
  });

  it('takes a code once', async () => {
    const code = (await consent()).get('code') ?? '';
    expect(await exchange(code)).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', expires_in: 3600 },
    });
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('refuses a code after ten minutes and one of another address', async () => {
    const late = (await consent()).get('code') ?? '';
    provider.pass(10 * 60_000);
    expect((await exchange(late)).status).toBe(400);
    const other = (await consent()).get('code') ?? '';
    expect((await exchange(other, { redirect_uri: 'http://127.0.0.1:9/else' })).status).toBe(400);
  });

  it('takes a refresh token once, and ends it after thirty days', async () => {
    const second = await refresh(pair.refresh_token);
    expect(second.status).toBe(200);
    expect(await refresh(pair.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    provider.pass(30 * 86_400_000);
    expect((await refresh(second.body.refresh_token)).status).toBe(400);
  });

  it('ends the old refresh token when another grant gives a new pair', async () => {
    await provider.token({ grant_type: 'password', ...person });
    expect((await refresh(pair.refresh_token)).status).toBe(400);
  });

  it.each([
    [{ grant_type: 'password', ...person, client_secret: 'x' }, 401, 'access_denied'],
    [{ grant_type: 'password', ...person, password: 'x' }, 403, undefined],
    [{ grant_type: 'magic' }, 400, 'unsupported_grant_type'],
  ])('refuses %j with %i', async (form, status, error) => {
    const answer = await provider.token(form as Record<string, string>);
    expect(answer).toMatchObject({ status, body: error ? { error } : {} });
  });

  it.each([
    'client_id=nobody&response_type=code&redirect_uri=http://127.0.0.1/',
    'client_id=ligand-demo&response_type=token&redirect_uri=http://127.0.0.1/',
    'client_id=ligand-demo&response_type=code&redirect_uri=https://evil.example/',
    'client_id=ligand-demo&response_type=code',
  ])('shows a page and does not redirect for %s', async (query) => {
    const response = await fetch(`${provider.url}/authorize?${query}`, { redirect: 'manual' });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      'text/html; charset=utf-8',
    ]);
  });
});

describe('tokens and limits', () => {
  it('says 401 as the gateway does without a token, with a wrong one and with an old one', async () => {
    for (const token of ['', 'wrong']) expect((await senders(token)).status).toBe(401);
    provider.pass(3_600_000);
    const answer = await senders();
    expect([answer.status, await answer.json()]).toMatchObject([401, { httpCode: '401' }]);
  });

  it('takes five calls a second', async () => {
    await provider.turn('limits', { perSecond: 5 });
    for (let call = 0; call < 5; call++) expect((await senders()).status).toBe(200);
    const sixth = await senders();
    expect([sixth.status, sixth.headers.get('retry-after')]).toEqual([429, null]);
    provider.pass(1_000);
    expect((await senders()).status).toBe(200);
  });

  it('takes so many calls a day', async () => {
    await provider.turn('limits', { perDay: 2 });
    for (const status of [200, 200, 429]) expect((await senders()).status).toBe(status);
  });

  it('takes five token calls by code or password an hour, and any number of refreshes', async () => {
    await provider.turn('reset');
    const ask = () => provider.token({ grant_type: 'password', ...person });
    for (let call = 0; call < 5; call++) pair = (await ask()).body;
    expect((await ask()).status).toBe(429);
    expect((await refresh(pair.refresh_token)).status).toBe(200);
    provider.pass(3_600_000);
    expect((await ask()).status).toBe(200);
  });
});

describe('knobs', () => {
  it('fails, breaks and cuts the calls that were asked for, then goes on', async () => {
    const path = '/api/1/account';
    await provider.turn('fail-next', { count: 1, status: 503, path });
    expect((await senders()).status).toBe(503);
    await provider.turn('malformed-next', { count: 1, path });
    await expect((await senders()).json()).rejects.toThrow(SyntaxError);
    await provider.turn('reset-next', { count: 1, path, when: 'headers' });
    await expect(senders()).rejects.toThrow('fetch failed');
    expect((await senders()).status).toBe(200);
  });

  it('cuts a reply in its middle', async () => {
    await provider.turn('reset-next', { count: 1, when: 'body', path: '/api/1' });
    const answer = await senders();
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });

  it('closes every connection while it is down', async () => {
    await provider.turn('down', { on: true });
    await expect(senders()).rejects.toThrow('fetch failed');
    await provider.turn('down', { on: false });
    expect((await senders()).status).toBe(200);
  });

  it('ends tokens at once and tells what it gave', async () => {
    await provider.turn('expire-access-tokens');
    expect((await senders()).status).toBe(401);
    await provider.turn('expire-refresh-tokens');
    expect((await refresh(pair.refresh_token)).status).toBe(400);
    await provider.turn('token-lifetime', { seconds: 7 });
    expect((await provider.token({ grant_type: 'password', ...person })).body.expires_in).toBe(7);
    const state = await (await fetch(`${provider.url}/_simulator/state`)).json();
    expect(state).toMatchObject({ received: { 'POST /token': 3, 'GET /api/1/account/senders': 1 } });
  });
});
