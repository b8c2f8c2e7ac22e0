import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { bookshop, library, parameter, resource } from '#test/definition';
import type { Tenant } from '#test/tenant';

let app: TestApp;
let asNeighbour: string;
let stranger: Tenant;

beforeAll(async () => {
  app = await startTestApp({ elements: [bookshop([resource('GET', '/books')])] });
  const neighbour = await app.addTenant({ sameOrganization: true });
  asNeighbour = `User ${neighbour.userSecret}, Organization ${app.organizationSecret}`;
  stranger = await app.addTenant();
});
afterAll(() => app.close());

const addElement = (key: string, more = {}) =>
  app.call('POST', '/elements', { json: { ...library([resource('GET', '/loans')]), key, ...more } });

describe('GET /elements without a page', () => {
  it('gives all, however many there are: old clients look for their own in one reply', async () => {
    await addElement('many0');
    await app.query(sql`
      insert into element (id, organization_id, account_id, key, definition, summary)
      select next.id, organization_id, account_id, 'many' || n,
        replace(definition, '"many0"', '"many' || n || '"'),
        replace(replace(summary, '"many0"', '"many' || n || '"'), '"id":' || element.id, '"id":' || next.id)
      from element, generate_series(1, 204) n, lateral (select nextval('element_id') + n * 0 as id) next
      where key = 'many0'`);
    const { body, headers } = await app.call('GET', '/elements');
    const own = body.filter((element: Loose) => element.private === true);
    expect(own).toHaveLength(205);
    expect(own[204]).toMatchObject({ key: 'many204', resources: [{ path: '/hubs/documents/loans' }] });
    expect(headers['elements-returned-count']).toBe(String(body.length));
    expect(headers['elements-next-page-token']).toBeUndefined();
    const paged = await app.call('GET', '/elements?page=1');
    expect(paged.body).toEqual(body.slice(0, 200));
    expect(paged.headers['elements-next-page-token']).toEqual(expect.any(String));
    const sorted = await app.call('GET', '/elements?orderBy=key%20desc&pageSize=3&page=2&abridged=true');
    const keys = body
      .map(({ key }: Loose) => key)
      .toSorted()
      .toReversed();
    expect(sorted.body.map(({ key }: Loose) => key)).toEqual(keys.slice(3, 6));
  });
});

describe('the parts of an element', () => {
  const parts = ['configuration', 'parameters', 'hooks', 'resources', 'models', 'objects'];
  it.each(parts)('are listed in pages: %s', async (part) => {
    const key = `parts${part}`;
    const rows = (make: (index: number) => object) => [0, 1, 2].map(make);
    await addElement(key, {
      configuration: rows((index) => ({ key: `k${index}`, name: 'n', type: 'TEXTFIELD_32' })),
      parameters: rows((index) => parameter('query', `p${index}`)),
      hooks: rows(() => ({ type: 'preRequest', body: 'done({})', isLegacy: false })),
      resources: rows((index) => resource('GET', `/r${index}`)),
      models: rows((index) => ({ name: `m${index}` })),
      objects: rows((index) => ({ name: `o${index}` })),
    });
    const whole = await app.call('GET', `/elements/${key}/${part}`);
    expect(whole.body.length).toBeGreaterThanOrEqual(3);
    expect(whole.headers).toMatchObject({
      'elements-returned-count': String(whole.body.length),
      'elements-total-count': String(whole.body.length),
    });
    const first = await app.call('GET', `/elements/${key}/${part}?pageSize=2`);
    const token = first.headers['elements-next-page-token'];
    const second = await app.call('GET', `/elements/${key}/${part}?pageSize=1&page=3`);
    expect([...first.body, ...second.body]).toEqual(whole.body.slice(0, 3));
    expect(token).toEqual(expect.any(String));
    expect(await app.call('GET', `/elements/${key}/${part}?page=0`)).toMatchObject({ status: 400 });
  });

  it('are in the export of a shipped element as lists, also where it has none, and else as they came', async () => {
    const lists = {
      configuration: expect.any(Array),
      parameters: expect.any(Array),
      hooks: expect.any(Array),
    };
    expect((await app.call('GET', '/elements/bookshop/export')).body).toMatchObject(lists);
    await app.call('POST', '/elements', { json: { name: 'Bare', key: 'bare', hooks: null } });
    const { body } = await app.call('GET', '/elements/bare/export');
    expect(body).toMatchObject({ hooks: null });
    expect(body).not.toHaveProperty('parameters');
  });
});

describe('hubs of your own', () => {
  const hub = { key: 'legal', name: 'Legal', description: 'Contracts', videoLink: 'https://v.example/1' };

  it('are made, listed, filled and deleted', async () => {
    const made = await app.call('POST', '/hubs', { json: { ...hub, active: true } });
    expect(made).toMatchObject({ status: 200, body: { ...hub, active: true, elements: [] } });
    expect((await app.call('GET', '/hubs/legal')).body).toEqual(made.body);
    expect((await app.call('GET', '/hubs/keys')).body).toContain('legal');
    await addElement('contracts', { hub: 'legal' });
    const listed = (await app.call('GET', '/hubs?hydrate=true')).body;
    expect(listed.find(({ key }: Loose) => key === 'legal')).toMatchObject({
      name: 'Legal',
      elements: [{ key: 'contracts' }],
      resources: ['loans'],
    });
    expect(await app.call('POST', '/hubs', { json: hub })).toMatchObject({ status: 409 });
    expect(await app.call('DELETE', '/hubs/legal')).toMatchObject({ status: 200 });
    expect(await app.call('DELETE', '/hubs/legal')).toMatchObject({ status: 409 });
    expect((await app.call('GET', '/hubs/legal')).body).toMatchObject({ elements: [{ key: 'contracts' }] });
    for (const key of ['nosuch', '%00', '__proto__'])
      expect(await app.call('DELETE', `/hubs/${key}`)).toMatchObject({ status: 404 });
  });

  it('are those of their account alone', async () => {
    await app.call('POST', '/hubs', { json: { ...hub, key: 'mine' } });
    for (const authorization of [asNeighbour, stranger.asUser]) {
      expect(await app.call('GET', '/hubs/mine', { authorization })).toMatchObject({ status: 404 });
      expect(await app.call('DELETE', '/hubs/mine', { authorization })).toMatchObject({ status: 404 });
      expect((await app.call('GET', '/hubs/keys', { authorization })).body).not.toContain('mine');
    }
    expect((await app.call('GET', '/hubs/mine')).status).toBe(200);
  });

  it.each([
    ['no key', { name: 'x' }],
    ['no name', { key: 'x' }],
    ['a key that is a path', { key: 'a/b', name: 'x' }],
    ['a key that is taken by the API', { key: 'keys', name: 'x' }],
    ['a link that is a script', { key: 'x', name: 'x', videoLink: 'javascript:1' }],
    ['a zero byte', { key: 'x', name: 'a\u0000' }],
    ['fields of other kinds', { key: 5, name: [], active: 'yes' }],
  ])('are refused with %s', async (_what, json) => {
    expect(await app.call('POST', '/hubs', { json })).toMatchObject({ status: 400 });
  });

  it('name every fault at once', async () => {
    const { body } = await app.call('POST', '/hubs', { json: { key: 5, active: 'yes' } });
    expect(body.message).toMatch(/key.*name.*active|name.*key.*active/s);
  });

  it('are listed in pages', async () => {
    const { body, headers } = await app.call('GET', '/hubs?pageSize=1');
    expect(body).toHaveLength(1);
    expect(headers['elements-next-page-token']).toEqual(expect.any(String));
  });
});

/** The number of an account, as its own elements tell it. */
async function accountOf(authorization: string): Promise<number> {
  const { body } = await app.call('POST', '/elements', {
    authorization,
    json: { ...library([resource('GET', '/loans')]), key: 'tells' },
  });
  return body.resources[0].ownerAccountId;
}

describe('the picture of an element', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const put = (body: Buffer | FormData | string, key = 'pictured', authorization = app.asUser) =>
    app.call('PUT', `/elements/${key}/image`, { body, authorization });
  beforeAll(() => addElement('pictured'));

  it('is stored, shown and taken away', async () => {
    const { status, body } = await put(png);
    expect(status).toBe(200);
    expect(body.image).toBe(`/elements/api-v2/elements/${body.id}/image`);
    const shown = await app.open('GET', '/elements/pictured/image');
    expect(shown.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(Buffer.concat(await shown.toArray())).toEqual(png);
    expect((await app.call('GET', '/elements/pictured/metadata?expand=true')).body.image).toBe(body.image);
    const gone = await app.call('DELETE', '/elements/pictured/image');
    expect(gone).toMatchObject({ status: 200 });
    expect(gone.body).not.toHaveProperty('image');
    expect(await app.call('GET', '/elements/pictured/image')).toMatchObject({ status: 404 });
  });

  it.each([
    ['PNG', '89504e470d0a1a0a00', 'image/png'],
    ['JPEG', 'ffd8ffe000', 'image/jpeg'],
    ['GIF', '474946383961', 'image/gif'],
    ['WebP', '52494646000000005745425056', 'image/webp'],
  ])('may be a %s in a form, whatever it is called', async (_kind, hex, contentType) => {
    const form = new FormData();
    form.set('note', 'a text');
    form.set('file', new Blob([Buffer.from(hex, 'hex')], { type: 'text/html' }), 'x.svg');
    expect((await put(form)).status).toBe(200);
    const shown = await app.open('GET', '/elements/pictured/image');
    expect(shown.headers['content-type']).toBe(contentType);
    expect(Buffer.concat(await shown.toArray()).toString('hex')).toBe(hex);
  });

  it.each([
    [
      'an SVG, which may hold scripts',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    ],
    ['HTML', '<html><script>alert(1)</script></html>'],
    ['nothing', ''],
    ['a text', 'PNG'],
  ])('may not be %s', async (_what, body) => {
    await put(png);
    expect(await put(body)).toMatchObject({ status: 400 });
    const form = new FormData();
    form.set('file', new Blob([body], { type: 'image/png' }), 'x.png');
    expect(await put(form)).toMatchObject({ status: 400 });
    expect((await app.call('GET', '/elements/pictured/image')).headers['content-type']).toBe('image/png');
  });

  it('may not be a broken form, or larger than 512 kB', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(await app.call('PUT', '/elements/pictured/image', { body: '--x\r\n', headers })).toMatchObject({
      status: 400,
    });
    for (const size of [512 * 1024 + 1, 5 * 1024 * 1024])
      expect(await put(Buffer.concat([png, Buffer.alloc(size - png.length)]))).toMatchObject({ status: 413 });
    expect((await put(Buffer.concat([png, Buffer.alloc(512 * 1024 - png.length)]))).status).toBe(200);
  });

  it('is given by the owner alone, and seen by whoever sees the element', async () => {
    await put(png);
    for (const authorization of [asNeighbour, stranger.asUser, null])
      expect(await app.call('GET', '/elements/pictured/image', { authorization })).toMatchObject({
        status: 404,
      });
    expect(await put(png, 'pictured', stranger.asUser)).toMatchObject({ status: 404 });
    expect(await put(png, 'bookshop')).toMatchObject({ status: 403 });
    const accountId = await accountOf(asNeighbour);
    await app.call('PUT', `/elements/pictured/accounts/${accountId}`);
    expect(await app.call('GET', '/elements/pictured/image', { authorization: asNeighbour })).toMatchObject({
      status: 200,
    });
    expect(await put(png, 'pictured', asNeighbour)).toMatchObject({ status: 403 });
  });
});
