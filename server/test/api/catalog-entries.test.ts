import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { bookshop, resource } from '#test/definition';
import { createPeople } from '#test/people';
import type { People, Person } from '#test/people';

let app: TestApp;
let people: People;
let colleague: Person;
let neighbour: Person;
let stranger: Person;
let shipped: number;
let own: number;

beforeAll(async () => {
  app = await startTestApp({ elements: [bookshop([resource('GET', '/books')])] });
  people = createPeople(app);
  colleague = await people.add(['default-user']);
  neighbour = await people.add(['org-admin'], await people.addAccount());
  stranger = await people.addCustomer();
  shipped = (await app.call('GET', '/elements/bookshop')).body.id;
  own = (await app.call('POST', '/elements', { json: { name: 'Own', key: 'own' } })).body.id;
});
afterAll(() => app.close());

describe('/catalog-properties', () => {
  const path = '/catalog-properties';
  const first = { elementId: 0, hidden: true, position: 3, featured: true };

  it('are put, changed one by one, and forgotten', async () => {
    const put = (json: unknown) => app.call('PUT', `${path}?entityType=user`, { json });
    const one = { ...first, elementId: shipped };
    expect(await put([one, { elementId: own }])).toMatchObject({ status: 200 });
    expect((await put([{ elementId: own, featured: true }])).body).toEqual([
      one,
      { elementId: own, hidden: false, featured: true },
    ]);
    const listed = await app.call('GET', path);
    expect(listed.body).toHaveLength(2);
    expect(listed.headers['elements-total-count']).toBe('2');
    expect((await colleague.call('GET', path)).body).toEqual([]);
    expect((await put([])).body).toEqual([]);
    expect((await app.call('GET', path)).body).toEqual([]);
  });

  it.each(['account', 'organization'])('of an %s are seen by all in it', async (level) => {
    const at = `${path}?entityType=${level}`;
    const one = { ...first, elementId: shipped };
    expect((await app.call('PUT', at, { json: [one] })).status).toBe(200);
    expect((await colleague.call('GET', at)).body).toEqual([one]);
    expect((await neighbour.call('GET', at)).body).toEqual(level === 'account' ? [] : [one]);
    expect((await stranger.call('GET', at)).body).toEqual([]);
    expect((await colleague.call('PUT', at, { json: [] })).status).toBe(403);
    await stranger.call('PUT', at, { json: [] });
    expect((await app.call('GET', at)).body).toEqual([one]);
    expect((await app.call('GET', path)).body).toEqual([]);
  });

  it('are of elements that the caller can see', async () => {
    const { status, body } = await stranger.call('PUT', path, {
      json: [{ elementId: shipped }, { elementId: own }, { elementId: 999_999_999 }],
    });
    expect(status).toBe(400);
    expect(body.message).toContain(`${own}, 999999999`);
    for (const json of [{}, [5], [{ elementId: 'x' }], [{ elementId: shipped, hidden: 'yes' }]])
      expect((await app.call('PUT', path, { json })).status).toBe(400);
    expect((await app.call('GET', `${path}?entityType=planet`)).status).toBe(400);
  });
});

describe('/element-products', () => {
  const path = '/element-products';
  const product = { provider: 'aws', type: 'element', productRefId: 'p1', description: 'Books' };

  it('are made, listed, changed and deleted', async () => {
    const made = await app.call('POST', path, { json: { ...product, elementId: own, id: 5 } });
    expect(made.body).toEqual({ id: expect.any(Number), elementId: own, ...product });
    const one = `${path}/${made.body.id}`;
    expect((await app.call('GET', one)).body).toEqual(made.body);
    expect((await app.call('GET', path)).body).toEqual([made.body]);
    const changed = await app.call('PATCH', one, { json: { type: 'hub', description: null } });
    const { description: _description, ...rest } = made.body as Record<string, unknown>;
    expect(changed.body).toEqual({ ...rest, type: 'hub' });
    expect((await app.call('PATCH', one, { json: {} })).body).toEqual(changed.body);
    expect((await app.call('DELETE', one)).status).toBe(200);
    expect((await app.call('GET', one)).status).toBe(404);
    expect((await app.call('GET', path)).body).toEqual([]);
  });

  it('need a provider and a type, and an element that is there', async () => {
    const { body } = await app.call('POST', path, { json: {} });
    expect(body.message).toContain('provider');
    expect(body.message).toContain('type');
    for (const elementId of [999_999_999, -1, 'x'])
      expect((await app.call('POST', path, { json: { ...product, elementId } })).status).toBe(400);
    expect((await stranger.call('POST', path, { json: { ...product, elementId: own } })).status).toBe(400);
  });

  it('are those of one account', async () => {
    const { id } = (await app.call('POST', path, { json: product })).body;
    for (const other of [neighbour, stranger]) {
      expect((await other.call('GET', path)).body).toEqual([]);
      for (const [method, json] of [['GET'], ['PATCH', { type: 'x' }], ['DELETE']] as const)
        expect((await other.call(method, `${path}/${id}`, json && { json })).status).toBe(404);
    }
    expect((await colleague.call('POST', path, { json: product })).status).toBe(403);
    expect((await app.call('GET', `${path}/${id}`)).body).toMatchObject(product);
    for (const nothing of ['-1', 'x'])
      expect([400, 404]).toContain((await app.call('GET', `${path}/${nothing}`)).status);
  });
});
