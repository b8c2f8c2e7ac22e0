import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { archive } from '#test/archive';
import { bookshop, library, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';
import type { Tenant } from '#test/tenant';

let app: TestApp;
let provider: Provider;
let asNeighbour: string;
let stranger: Tenant;

beforeAll(async () => {
  provider = await startProvider();
  provider.answer((request) => ({ body: { path: request.path } }));
  app = await startTestApp({
    elements: [bookshop([resource('GET', '/books')])],
    elementDefaults: { bookshop: { 'base.url': provider.url, 'oauth.api.secret': 'operators-own-secret' } },
    allowHosts: [provider.host],
  });
  const neighbour = await app.addTenant({ sameOrganization: true });
  asNeighbour = `User ${neighbour.userSecret}, Organization ${app.organizationSecret}`;
  stranger = await app.addTenant();
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const exported = (key: string, more = {}): Loose => archive(provider.url, key, more);
const post = (body: unknown, authorization = app.asUser) =>
  app.call('POST', '/elements', { json: body, authorization });

describe('changing an element', () => {
  it('replaces what is given, and never the key', async () => {
    const made = await post(exported('changing'));
    const { status, body } = await app.call('PUT', `/elements/${made.body.id}`, {
      json: { name: 'Renamed', key: 'renamed', resources: [resource('GET', '/letters')] },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: made.body.id, key: 'changing', name: 'Renamed' });
    expect(body.resources).toHaveLength(1);
    expect(body.configuration.filter(({ key }: Loose) => key === 'base.url')).toHaveLength(1);
  });

  it('keeps the base URL when new configuration leaves it out', async () => {
    await post(exported('based'));
    const { body } = await app.call('PUT', '/elements/based', {
      json: { configuration: [{ key: 'other', name: 'Other', description: 'd', type: 'TEXTFIELD_32' }] },
    });
    const base = body.configuration.filter(({ key }: Loose) => key === 'base.url');
    expect(base).toEqual([expect.objectContaining({ defaultValue: provider.url })]);
  });

  it('reaches connected accounts with the next call', async () => {
    await post(exported('live'));
    const one = await app.connect('live', { configuration: { username: 'u', password: 'p' } });
    expect((await one.call('GET', '/letters')).status).toBe(400);
    await app.call('PUT', '/elements/live', { json: { resources: [resource('GET', '/letters')] } });
    expect((await one.call('GET', '/letters')).status).toBe(200);
  });

  it('marks it as active or not', async () => {
    await post(exported('active'));
    expect((await app.call('DELETE', '/elements/active/active')).body.active).toBe(false);
    expect((await app.call('GET', '/elements/active')).body.active).toBe(false);
    expect((await app.call('PUT', '/elements/active/active')).body.active).toBe(true);
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('%s refuses a shipped one', async (method) => {
    const reply = await app.call(method, '/elements/bookshop', { json: { name: 'Mine' } });
    expect(reply.status).toBe(403);
    expect(reply.body.message).toContain('clone');
  });

  it('deletes, unless accounts are connected with it', async () => {
    await post(exported('gone'));
    const one = await app.connect('gone', { configuration: { username: 'u', password: 'p' } });
    const refused = await app.call('DELETE', '/elements/gone');
    expect(refused.status).toBe(409);
    expect(refused.body.message).toContain('One account is connected');
    await app.call('DELETE', `/instances/${one.id}`);
    expect((await app.call('DELETE', '/elements/gone')).status).toBe(200);
    expect((await app.call('GET', '/elements/gone')).status).toBe(404);
    expect((await app.call('DELETE', '/elements/gone')).status).toBe(404);
  });

  it('copies an element without the credentials of its app', async () => {
    const credentials = [
      { key: 'oauth.api.key', name: 'Key', type: 'TEXTFIELD_128', defaultValue: 'app' },
      { key: 'oauth.api.secret', name: 'Secret', type: 'PASSWORD', defaultValue: 'hush' },
    ];
    await post(exported('original', { configuration: credentials }));
    const { status, body } = await app.call('POST', '/elements/original/clone');
    expect(status).toBe(200);
    expect(body).toMatchObject({ key: 'originalclone', private: true });
    const ours = body.configuration.filter(({ key }: Loose) => key.startsWith('oauth.api.'));
    expect(ours.map(({ defaultValue }: Loose) => defaultValue)).toEqual(['', '']);
    const second = await app.call('POST', '/elements/original/clone', {
      json: { name: 'Mine', key: 'mine' },
    });
    expect(second.body).toMatchObject({ key: 'mine', name: 'Mine' });
    const shipped = await app.call('POST', '/elements/bookshop/clone');
    expect(shipped.text).not.toContain('operators-own-secret');
  });
});

describe('who sees an element', () => {
  it('is its account alone, until it is shared with another of the organization', async () => {
    const { body: made } = await post(exported('ours'));
    for (const authorization of [asNeighbour, stranger.asUser]) {
      const as = { authorization };
      for (const path of ['ours', made.id, `${made.id}/export`, 'ours/resources', 'ours/report'])
        expect((await app.call('GET', `/elements/${path}`, as)).status).toBe(404);
      for (const method of ['PUT', 'PATCH', 'DELETE'])
        expect((await app.call(method, `/elements/${made.id}`, { ...as, json: { name: 'x' } })).status).toBe(
          404,
        );
      expect((await app.call('GET', '/elements/keys', as)).body).not.toContain('ours');
      expect((await app.call('GET', "/elements?where=key='ours'", as)).body).toEqual([]);
      const connect = { ...as, json: { name: 'i', element: { key: 'ours' } } };
      expect((await app.call('POST', '/instances', connect)).status).toBe(404);
    }
    const id = (await app.call('GET', '/elements/ours')).body.resources[0].ownerAccountId;
    expect((await app.call('PUT', `/elements/ours/accounts/${id + 100}`)).status).toBe(404);
  });

  it('is an account that it is shared with, to use but not to change', async () => {
    const { body: made } = await post(exported('lent'));
    const as = { authorization: asNeighbour };
    const theirs = await app.call('POST', '/elements', { ...as, json: exported('theirs') });
    const accountId = theirs.body.resources[0].ownerAccountId;
    expect((await app.call('PUT', `/elements/lent/accounts/${accountId}`)).status).toBe(200);
    expect((await app.call('GET', '/elements/lent/accounts')).body).toEqual([accountId]);
    expect((await app.call('GET', '/elements/lent', as)).body.id).toBe(made.id);
    expect((await app.call('PUT', '/elements/lent', { ...as, json: { name: 'x' } })).status).toBe(403);
    expect((await app.call('DELETE', `/elements/lent/accounts/${accountId}`)).status).toBe(200);
    expect((await app.call('GET', '/elements/lent', as)).status).toBe(404);
  });

  it('has its own in the list behind the shipped ones, page by page', async () => {
    const all = await app.call('GET', '/elements?abridged=true');
    const total = Number(all.headers['elements-total-count']);
    expect(all.body).toHaveLength(total);
    expect(all.body[0].key).toBe('bookshop');
    const pages = [];
    let query = 'pageSize=2';
    for (;;) {
      const page = await app.call('GET', `/elements?${query}`);
      pages.push(...page.body.map(({ id }: Loose) => id));
      const next = page.headers['elements-next-page-token'];
      if (!next) break;
      query = `pageSize=2&nextPage=${next}`;
    }
    expect(pages).toEqual(all.body.map(({ id }: Loose) => id));
    const some = await app.call('GET', '/elements?where=private=true&pageSize=3');
    expect(some.body).toHaveLength(3);
    expect(Number(some.headers['elements-total-count'])).toBe(total - 1);
  });

  it('nobody finds without credentials', async () => {
    await post(exported('quiet'));
    expect((await app.call('GET', '/elements/quiet', { authorization: null })).status).toBe(404);
    expect((await app.call('POST', '/elements', { authorization: null, json: {} })).status).toBe(401);
  });

  it('finds its own before a shipped one of the same key, which never gets the operator’s secrets', async () => {
    const { body: made } = await post({ ...library(), ...exported('bookshop'), key: 'bookshop' });
    expect((await app.call('GET', '/elements/bookshop')).body.id).toBe(made.id);
    expect((await app.call('GET', '/elements/bookshop', { authorization: asNeighbour })).body.id).toBe(501);
    const both = await app.call('GET', "/elements?where=key='bookshop'");
    expect(both.body.map(({ id }: Loose) => id)).toEqual([501, made.id]);
    const one = await app.connect('bookshop', { configuration: { username: 'u', password: 'p' } });
    const shown = await app.call('GET', `/instances/${one.id}`);
    expect(shown.body.element.id).toBe(made.id);
    expect((await app.call('GET', '/elements/501/instances')).status).toBe(404);
    await app.call('DELETE', `/instances/${one.id}`);
    await app.call('DELETE', `/elements/${made.id}`);
    expect((await app.call('GET', '/elements/bookshop')).body.id).toBe(501);
  });
});
