import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { bookshop, resource } from '#test/definition';
import type { Tenant } from '#test/tenant';

let app: TestApp;
let neighbour: string;
let stranger: Tenant;
let made = 0;
beforeAll(async () => {
  app = await startTestApp({ elements: [bookshop([resource('GET', '/books')])] });
  const other = await app.addTenant({ sameOrganization: true });
  neighbour = `User ${other.userSecret}, Organization ${app.organizationSecret}`;
  stranger = await app.addTenant();
});
afterAll(() => app.close());

async function own(): Promise<string> {
  const { body } = await app.call('POST', '/elements', {
    json: { name: `Own ${++made}`, key: `own${made}`, hub: 'crm', resources: [resource('GET', '/hats')] },
  });
  return `/elements/${body.id}`;
}
const change = (path: string, json: Loose) => app.call('PUT', path, { json });
const versionsOf = async (path: string) => (await app.call('GET', `${path}/versions`)).body as Loose[];

describe('versions of an element', () => {
  it('are one at first, and one more with each change of the definition', async () => {
    const path = await own();
    expect(await versionsOf(path)).toEqual([{ version: 1, date: expect.any(String), current: true }]);
    await change(path, { name: 'Second' });
    await app.call('POST', `${path}/resources`, { json: resource('GET', '/caps') });
    const all = await versionsOf(path);
    expect(all.map(({ version, current }) => [version, current])).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
    const dates = all.map(({ date }) => Date.parse(date));
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));
  });

  it('are not made by a change that changes nothing', async () => {
    const path = await own();
    await change(path, { hub: 'crm' });
    expect(await versionsOf(path)).toHaveLength(1);
  });

  it('hold the definition with every digit', async () => {
    const path = await own();
    await app.call('PUT', path, {
      body: '{"weight": 12345678901234567890.10}',
      headers: { 'content-type': 'application/json' },
    });
    await change(path, { name: 'After' });
    const { text } = await app.call('GET', `${path}/versions/2`);
    expect(text).toContain('"weight":12345678901234567890.10');
    expect(JSON.parse(text)).toMatchObject({ version: 2, current: false, definition: { hub: 'crm' } });
  });

  it('are restored, and what was there becomes an earlier one', async () => {
    const path = await own();
    const { body: before } = await app.call('GET', `${path}/export`);
    await change(path, { name: 'Spoiled', resources: [] });
    const restored = await app.call('POST', `${path}/versions/1/restore`);
    expect(restored.body).toMatchObject({ name: before.name, importReport: expect.any(Array) });
    expect((await app.call('GET', `${path}/export`)).body).toEqual(before);
    expect((await app.call('GET', `${path}/versions/2`)).body.definition).toMatchObject({ name: 'Spoiled' });
    expect(await versionsOf(path)).toHaveLength(3);
  });

  it('are no more than 50 besides the current one; the oldest go', async () => {
    const path = await own();
    for (let number = 1; number <= 52; number++) await change(path, { description: `Change ${number}` });
    const all = await versionsOf(path);
    expect(all).toHaveLength(51);
    expect(all.at(-1)).toMatchObject({ version: 3 });
    expect((await app.call('GET', `${path}/versions/2`)).status).toBe(404);
  });

  it('come in pages', async () => {
    const path = await own();
    await change(path, { name: 'Second' });
    const page = await app.call('GET', `${path}/versions?pageSize=1&page=2`);
    expect(page.body).toMatchObject([{ version: 1 }]);
    expect(page.headers['elements-total-count']).toBe('2');
  });

  it.each(['0', 'x', '99999999999', '7'])('are not there by the number %s', async (version) => {
    const path = await own();
    for (const [method, rest] of [
      ['GET', ''],
      ['POST', '/restore'],
    ] as const) {
      const { status } = await app.call(method, `${path}/versions/${version}${rest}`);
      expect(status).toBe(version === '7' ? 404 : 400);
    }
  });

  it('are those of the owner alone, and of elements of its own', async () => {
    const path = await own();
    const paths = [
      ['GET', `${path}/versions`],
      ['GET', `${path}/versions/1`],
      ['POST', `${path}/versions/1/restore`],
    ] as const;
    for (const [method, one] of paths) {
      expect((await app.call(method, one, { authorization: stranger.asUser })).status).toBe(404);
      expect((await app.call(method, one, { authorization: neighbour })).status).toBe(404);
      const shipped = one.replace(path, '/elements/bookshop');
      expect((await app.call(method, shipped)).status).toBe(403);
    }
  });

  it('of a resource of one’s own on a shipped element, rows inside get ids', async () => {
    const hook = { type: 'preRequest', body: 'done({});' };
    const { body } = await app.call('POST', '/elements/bookshop/resources', {
      json: { ...resource('GET', '/mine'), hooks: [hook] },
    });
    const one = `/elements/bookshop/resources/${body.id}`;
    expect((await app.call('GET', one)).body.hooks).toMatchObject([{ id: expect.any(Number), ...hook }]);
  });
});
