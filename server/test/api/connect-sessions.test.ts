import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startTestApp } from '#test/app';
import type { Reply } from '#test/client';
import { bookshop, library, shopKeys } from '#test/definition';

const origin = 'https://shop.example';
const ownApp = { 'oauth.api.key': 'key', 'oauth.api.secret': 'very-secret' };
let app: TestApp;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ligand-widget-'));
  for (const name of ['index.html', 'widget.js', 'widget-module.js'])
    await writeFile(join(folder, name), name);
  await writeFile(join(folder, 'widget.html'), '<meta content="__ORIGIN__">');
  app = await startTestApp({
    consoleFolder: folder,
    elements: [
      bookshop(),
      {
        ...library(),
        key: 'shelf',
        authentication: { type: 'custom' },
        configuration: [
          { key: 'base.url', name: 'URL', type: 'TEXTFIELD_1000', defaultValue: 'http://127.0.0.1:1' },
          { key: 'branch', name: 'Branch', type: 'TEXTFIELD_32', required: true },
        ],
      },
      {
        ...library(),
        id: 503,
        key: 'vault',
        authentication: { type: 'custom' },
        configuration: [
          { key: 'base.url', name: 'URL', type: 'TEXTFIELD_1000', defaultValue: 'http://127.0.0.1:1' },
          { key: 'branch', name: 'Branch', type: 'TEXTFIELD_32', required: true },
          { key: 'pin', name: 'PIN', type: 'PASSWORD', required: true },
        ],
      },
    ],
    elementDefaults: { bookshop: { 'base.url': 'http://127.0.0.1:1' } },
  });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const make = (json: object = {}) =>
  app.call('POST', '/connect-sessions', { json: { elements: ['shelf'], origin, ...json } });
/** As a browser calls, which has no secrets. */
const asWidget = (method: string, path: string, key: string | undefined, json?: unknown): Promise<Reply> =>
  app.call(method, `/connect-sessions${path}`, {
    authorization: null,
    ...(json === undefined ? {} : { json }),
    headers: key === undefined ? {} : { 'ligand-connect-key': key },
  });
const openToken = (token: string) => asWidget('POST', '/open', undefined, { token });

async function begin(json: object = {}): Promise<{ id: string; token: string; key: string }> {
  const { id, token } = (await make(json)).body as { id: string; token: string };
  const opened = await openToken(token);
  expect([opened.status, opened.text]).toEqual([200, expect.any(String)]);
  return { id, token, key: opened.body.key as string };
}
const finish = (id: string, key: string | undefined, json: object = {}) =>
  asWidget('POST', `/${id}/instance`, key, { element: 'shelf', configuration: { branch: 'north' }, ...json });

describe('a connect session', () => {
  it('lets a browser connect one account, of which the server that has made it learns', async () => {
    const { id, key } = await begin({ name: 'Customer 17', tags: ['gold'] });
    const made = await finish(id, key);
    expect([made.status, made.body]).toEqual([200, { instanceId: expect.any(Number) }]);
    const session = await app.call('GET', `/connect-sessions/${id}`);
    expect(session.body).toMatchObject({ state: 'connected', instanceId: made.body.instanceId, origin });
    const instance = await app.call('GET', `/instances/${String(made.body.instanceId)}`);
    expect(instance.body).toMatchObject({ name: 'Customer 17', tags: expect.arrayContaining(['gold']) });
    expect(instance.body.token).not.toBe('********');
  });

  it('asks for nothing that is given already, and shows none of it', async () => {
    const { body } = await make({ elements: ['bookshop'], configuration: ownApp });
    const { text: reply, body: opened } = await openToken(body.token as string);
    expect(reply).not.toContain('very-secret');
    const rows = (opened.elements as { configuration: { key: string }[] }[])[0]?.configuration ?? [];
    expect(rows.map(({ key }) => key)).not.toEqual(expect.arrayContaining(['oauth.api.secret']));
    expect(rows.map(({ key }) => key)).not.toContain('base.url');
  });

  it('gives what a provider has sent back to its own widget, once', async () => {
    const { id, key } = await begin({ elements: ['bookshop'], configuration: ownApp });
    const callbackUrl = `${app.origin}/consent`;
    const asked = await asWidget('POST', `/${id}/consent`, key, { element: 'bookshop', callbackUrl });
    expect([asked.status, asked.text]).toEqual([200, expect.any(String)]);
    const state = new URL(asked.body.url as string).searchParams.get('state') ?? '';
    expect(state).toMatch(/^widget\./);
    expect((await asWidget('GET', `/${id}/outcome`, key)).body).toEqual({});
    const told = await asWidget('POST', '/outcome', undefined, { state, data: { code: 'c-1', state } });
    expect(told.status).toBe(200);
    expect((await asWidget('GET', `/${id}/outcome`, key)).body).toMatchObject({ data: { code: 'c-1' } });
    expect((await asWidget('GET', `/${id}/outcome`, key)).body).toEqual({});
    const again = await asWidget('POST', '/outcome', undefined, { state, data: { code: 'c-2' } });
    expect(again.status).toBe(401);
  });

  it('is over when the person does not want to', async () => {
    const { id, key } = await begin();
    expect((await asWidget('DELETE', `/${id}`, key)).status).toBe(200);
    expect((await finish(id, key)).status).toBe(401);
    expect((await app.call('GET', `/connect-sessions/${id}`)).body).toMatchObject({ state: 'ended' });
  });

  it.each([
    [{ origin: 'https://shop.example/path' }, 400, 'is no origin'],
    [{ origin: '*' }, 400, 'is no origin'],
    [{ origin: "https://a.example'; script-src *" }, 400, 'is no origin'],
    [{ elements: [] }, 400, 'elements'],
    [{ elements: ['nothing'] }, 404, 'nothing'],
    [{ seconds: 5 }, 400, 'seconds'],
    [{ elements: undefined }, 400, 'instanceId'],
    [{ instanceId: 987_654 }, 404, '987654'],
    [{ instanceId: 0 }, 400, 'instanceId'],
  ])('is not made of %j', async (json, status, words) => {
    const reply = await make(json);
    expect([reply.status, reply.body.message]).toEqual([status, expect.stringContaining(words)]);
  });
});

describe('a session for an account that is there', () => {
  const instanceOf = async (id: number) => (await app.call('GET', `/instances/${id}`)).body;
  const finishAgain = (id: string, key: string, configuration: object, element = 'shelf') =>
    asWidget('PUT', `/${id}/instance`, key, { element, configuration });

  async function makeDead(): Promise<number> {
    const { id, key } = await begin({ name: 'Customer 17', tags: ['gold'] });
    const instanceId = (await finish(id, key)).body.instanceId as number;
    await app.query(sql`update instance set valid = false, invalid_reason = 'gone' where id = ${instanceId}`);
    return instanceId;
  }
  async function beginAgain(instanceId: number, json: object = {}) {
    const { id, token } = (await make({ elements: undefined, instanceId, ...json })).body;
    const { body } = await openToken(token as string);
    return { id: id as string, key: body.key as string, opened: body };
  }

  it('connects it again, under the same id, name and token', async () => {
    const instanceId = await makeDead();
    const before = await instanceOf(instanceId);
    const { id, key, opened } = await beginAgain(instanceId);
    expect(opened.again).toEqual({ name: 'Customer 17', kept: ['branch'] });
    expect(opened.elements).toMatchObject([{ key: 'shelf', configuration: [{ key: 'branch' }] }]);
    expect(JSON.stringify(opened)).not.toContain('north');
    const done = await finishAgain(id, key, { branch: '********' });
    expect([done.status, done.body]).toEqual([200, { instanceId }]);
    const { token, name, tags } = before;
    const after = await instanceOf(instanceId);
    expect(after).toMatchObject({ valid: true, token, name, tags, configuration: { branch: 'north' } });
    const session = await app.call('GET', `/connect-sessions/${id}`);
    expect(session.body).toMatchObject({ state: 'connected', instanceId, elements: ['shelf'] });
    expect((await finishAgain(id, key, {})).status).toBe(401);
    const [entry] = (await app.call('GET', '/audit')).body as { action: string }[];
    expect(entry).toMatchObject({ action: 'instance.update' });
  });

  it('takes what is typed anew, a new name and new tags', async () => {
    const instanceId = await makeDead();
    const { id, key } = await beginAgain(instanceId, { name: 'Customer 18', tags: ['silver'] });
    expect((await finishAgain(id, key, { branch: 'south' })).status).toBe(200);
    expect(await instanceOf(instanceId)).toMatchObject({
      valid: true,
      name: 'Customer 18',
      tags: expect.arrayContaining(['silver']),
      configuration: { branch: 'south' },
    });
  });

  it('sends no kept secret where only the browser says', async () => {
    const server = { elements: ['vault'], configuration: { pin: 'of the server' } };
    const fresh = await begin(server);
    const made = await asWidget('POST', `/${fresh.id}/instance`, fresh.key, {
      element: 'vault',
      configuration: { branch: 'north' },
    });
    const { instanceId } = made.body as { instanceId: number };
    const { id, key } = await beginAgain(instanceId);
    for (const configuration of [{ branch: 'evil' }, { branch: 'evil', pin: '********' }]) {
      const reply = await finishAgain(id, key, configuration, 'vault');
      expect([reply.status, reply.body.message]).toEqual([400, expect.stringContaining('again: PIN')]);
    }
    expect(await instanceOf(instanceId)).toMatchObject({ configuration: { branch: 'north' } });
    const same = { branch: 'north', pin: '********' };
    expect((await finishAgain(id, key, same, 'vault')).status).toBe(200);
    const next = await beginAgain(instanceId);
    const typed = { branch: 'south', pin: '1234' };
    expect((await finishAgain(next.id, next.key, typed, 'vault')).status).toBe(200);
  });

  it('asks nothing that is known where the provider asks for consent, and sends no token there', async () => {
    const shop = await app.connect('bookshop', {
      configuration: shopKeys,
      providerData: { access_token: 'golden-token' },
    });
    const { id, key, opened } = await beginAgain(shop.id);
    const rows = (opened.elements as { configuration: { key: string }[] }[])[0]?.configuration ?? [];
    expect(rows.map((row) => row.key)).not.toEqual(expect.arrayContaining(['oauth.api.key']));
    const consent = { element: 'bookshop', callbackUrl: `${app.origin}/consent` };
    const asked = await asWidget('POST', `/${id}/consent`, key, consent);
    expect([asked.status, asked.text]).toEqual([200, expect.any(String)]);
    const url = new URL(asked.body.url as string);
    expect(url.searchParams.get('client_id')).toBe(shopKeys['oauth.api.key']);
    for (const secret of ['golden-token', shopKeys['oauth.api.secret']])
      expect(asked.text).not.toContain(secret);
  });

  it('is of one’s own account alone, and of its element', async () => {
    const instanceId = await makeDead();
    for (const sameOrganization of [true, false]) {
      const other = await app.addTenant({ sameOrganization });
      const organization = other.organizationSecret ?? app.organizationSecret;
      const authorization = `User ${other.userSecret}, Organization ${organization}`;
      const json = { instanceId, origin };
      expect((await app.call('POST', '/connect-sessions', { authorization, json })).status).toBe(404);
    }
    const reply = await make({ elements: ['bookshop'], instanceId });
    expect([reply.status, reply.body.message]).toEqual([400, expect.stringContaining("'shelf'")]);
    expect((await make({ elements: ['shelf'], instanceId })).status).toBe(200);
  });

  it('makes no other account, sets nothing that is not asked, and one for a new account changes none', async () => {
    const instanceId = await makeDead();
    const again = await beginAgain(instanceId);
    expect((await finish(again.id, again.key)).status).toBe(403);
    const evil = await finishAgain(again.id, again.key, { 'base.url': 'https://evil.example' });
    expect([evil.status, evil.body.message]).toEqual([400, expect.stringContaining('cannot be set')]);
    expect(await instanceOf(instanceId)).toMatchObject({ valid: false });
    const fresh = await begin();
    expect((await finishAgain(fresh.id, fresh.key, { branch: 'x' })).status).toBe(403);
  });

  it('finds nothing when the account was deleted since', async () => {
    const instanceId = await makeDead();
    const { id, key } = await beginAgain(instanceId);
    await app.call('DELETE', `/instances/${instanceId}`);
    expect((await finishAgain(id, key, { branch: 'x' })).status).toBe(404);
  });
});

describe('an attacker', () => {
  it('gets nothing for a token that was used', async () => {
    const { token } = await begin();
    expect((await openToken(token)).status).toBe(401);
  });

  it('gets one key at most when two open a token at the same time', async () => {
    const { body } = await make();
    const replies = await Promise.all([1, 2, 3].map(() => openToken(body.token as string)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  it('gets nothing for a token that has expired, is made up, or is that of an expired key', async () => {
    const { id, token } = (await make()).body as { id: string; token: string };
    const { id: opened, key } = await begin();
    await app.query(sql`update connect_session set expires_at = now() - interval '1 second'`);
    expect((await openToken(token)).status).toBe(401);
    expect((await finish(opened, key)).status).toBe(401);
    expect((await app.call('GET', `/connect-sessions/${id}`)).body).toMatchObject({ state: 'expired' });
    for (const bad of ['x', 'a.b', `${id}.`, '.']) expect((await openToken(bad)).status).toBe(401);
  });

  it('connects one account at most with a key, also with two calls at the same time', async () => {
    const before = (await app.call('GET', '/instances/count')).body.totalInstances as number;
    const { id, key } = await begin();
    const replies = await Promise.all([finish(id, key), finish(id, key)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401]);
    const after = (await app.call('GET', '/instances/count')).body.totalInstances;
    expect(after).toBe(before + 1);
    const made = replies.find(({ status }) => status === 200)?.body.instanceId;
    expect((await app.call('GET', `/connect-sessions/${id}`)).body).toMatchObject({ instanceId: made });
  });

  it('connects no other element', async () => {
    const { id, key } = await begin();
    expect((await finish(id, key, { element: 'bookshop' })).status).toBe(403);
    const consent = { element: 'bookshop', callbackUrl: 'https://evil.example' };
    expect((await asWidget('POST', `/${id}/consent`, key, consent)).status).toBe(403);
  });

  it('sends calls to no other place, and changes nothing that the server has given', async () => {
    const { id, key } = await begin({ configuration: { shop: 'mine' } });
    for (const configuration of [{ 'base.url': 'https://evil.example' }, { shop: 'theirs' }]) {
      const reply = await finish(id, key, { configuration: { branch: 'x', ...configuration } });
      expect([reply.status, reply.body.message]).toEqual([400, expect.stringContaining('cannot be set')]);
    }
  });

  it('does nothing with the key of another session, or without any', async () => {
    const [mine, other] = [await begin(), await begin()];
    expect((await finish(other.id, mine.key)).status).toBe(401);
    expect((await finish(mine.id, undefined)).status).toBe(401);
    expect((await asWidget('GET', `/${other.id}/outcome`, mine.key)).status).toBe(401);
  });

  it('of another tenant does not see the session', async () => {
    const { id } = await begin();
    for (const sameOrganization of [true, false]) {
      const other = await app.addTenant({ sameOrganization });
      const organization = other.organizationSecret ?? app.organizationSecret;
      const authorization = `User ${other.userSecret}, Organization ${organization}`;
      const reply = await app.call('GET', `/connect-sessions/${id}`, { authorization });
      expect(reply.status).toBe(404);
    }
  });

  it('keeps no right that who made the session has lost', async () => {
    const { id, key } = await begin();
    await app.query(sql`update connect_session set account_id = account_id + 1000 where id = ${id}`);
    expect((await finish(id, key)).status).toBe(401);
  });

  it('finds neither token nor key nor given values in the database', async () => {
    const { id, token, key } = await begin({ configuration: ownApp });
    const rows = await app.query(sql`select row_to_json(s) as row from connect_session s where id = ${id}`);
    const stored = JSON.stringify(rows);
    for (const secret of [token.split('.')[1] ?? '', key, 'very-secret']) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});

describe('the page of the widget', () => {
  const page = (id: string, headers: Record<string, string> = {}) => get(`/widget/${id}`, headers);
  async function get(path: string, headers: Record<string, string> = {}) {
    const { hostname, port } = new URL(app.origin);
    const sent = request({ hostname, port, path, headers }).end();
    const [reply] = (await once(sent, 'response')) as [IncomingMessage];
    return { status: reply.statusCode, headers: reply.headers, body: await text(reply) };
  }

  it('may be shown in pages of the one origin alone', async () => {
    const { id } = (await make()).body as { id: string };
    const reply = await page(id, { 'sec-fetch-dest': 'iframe' });
    expect(reply.headers['content-security-policy']).toContain(`frame-ancestors ${origin};`);
    expect([reply.headers['x-frame-options'], reply.body]).toEqual([undefined, `<meta content="${origin}">`]);
  });

  it('is no page of its own, and there is none without a session', async () => {
    const { id } = (await make()).body as { id: string };
    expect((await page(id, { 'sec-fetch-dest': 'document' })).status).toBe(403);
    const none = await page('unknown');
    expect([none.status, none.headers['x-frame-options']]).toEqual([404, 'DENY']);
  });

  it('is begun by a script or a module, which pages of any origin may load', async () => {
    const module = await get('/widget-module.js');
    expect([module.status, module.headers['access-control-allow-origin']]).toEqual([200, '*']);
    expect((await get('/widget.js')).headers).not.toHaveProperty('access-control-allow-origin');
  });
});
