import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { bookshop, parameter, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

let app: TestApp;
let provider: Provider;
let shop: Connected;

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    elements: [
      bookshop(
        [
          resource('GET', '/books'),
          resource('GET', '/books/{id}', { parameters: [parameter('path', 'id')] }),
          resource('GET', '/books/newest', { vendorPath: '/newest' }),
          resource('DELETE', '/books/{id}', { parameters: [parameter('path', 'id')] }),
          resource('GET', '/books/{bookId}/pages/{pageId}', {
            vendorPath: '/p/{page}/of/{book}',
            parameters: [
              parameter('path', 'bookId', 'path', 'book'),
              parameter('path', 'pageId', 'path', 'page'),
            ],
          }),
          resource('GET', '/files/{id}.pdf', {
            vendorPath: '/pdf/{id}',
            parameters: [parameter('path', 'id')],
          }),
          resource('GET', '/hidden', { type: 'onDelete' }),
          resource('GET', '/secret-stock', { type: 'apiNoDocumentation' }),
          resource('POST', '/search', { vendorMethod: 'GET', vendorPath: '/find' }),
        ],
        { objects: [{ name: 'books' }, { name: 'authors' }] },
      ),
    ],
    elementDefaults: { bookshop: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  shop = await app.connect('bookshop', { configuration: shopKeys });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

describe('the path of a hub call', () => {
  it.each([
    '/hubs/documents/books',
    '/hubs/crm/books',
    '/hubs/crap/books',
    '/hubs/%20/books',
    '/books',
    '/books/',
    '/hubs/documents/books/',
  ])('finds the resource by %s', async (path) => {
    provider.on({ 'GET /books': { body: [{ id: 7 }] } });
    const reply = await shop.call('GET', path);
    expect(reply).toMatchObject({ status: 200, body: [{ id: 7 }] });
    expect(reply.headers['content-type']).toMatch(/^application\/json/);
    expect(reply.headers['elements-element-instance-id']).toBe(String(shop.id));
    expect(reply.headers['elements-request-id']).toMatch(/^[0-9a-f]{24}$/);
  });

  it('prefers a literal segment to a variable one', async () => {
    provider.answer((request) => ({ body: { path: request.path } }));
    expect((await shop.call('GET', '/books/newest')).body).toEqual({ path: '/newest' });
    expect((await shop.call('GET', '/books/oldest')).body).toEqual({ path: '/books/oldest' });
  });

  it('maps each variable to the provider’s place for it', async () => {
    provider.answer((request) => ({ body: { path: request.path } }));
    expect((await shop.call('GET', '/books/b1/pages/p2')).body).toEqual({ path: '/p/p2/of/b1' });
    expect((await shop.call('GET', '/files/annual.pdf')).body).toEqual({ path: '/pdf/annual' });
  });

  it('maps the method too', async () => {
    provider.on({ 'GET /find': { body: { found: true } } });
    expect(await shop.call('POST', '/search')).toMatchObject({ status: 200, body: { found: true } });
  });

  it.each(['GET', 'POST', 'DELETE'])('%s does not mind a content type without a body', async (method) => {
    provider.answer(({ method: asked, text }) => ({ body: { asked, text } }));
    const path = { GET: '/books', POST: '/search', DELETE: '/books/1' }[method] ?? '';
    const headers = { 'content-type': 'application/json' };
    expect(await shop.call(method, path, { headers })).toMatchObject({ status: 200, body: { text: '' } });
    expect(await shop.call(method, path, { headers, body: '' })).toMatchObject({
      status: 200,
      body: { text: '' },
    });
  });

  it('calls resources that the documentation hides', async () => {
    provider.on({ 'GET /secret-stock': { body: {} } });
    expect(await shop.call('GET', '/secret-stock')).toMatchObject({ status: 200 });
  });

  it.each([
    ['GET', '/nosuchresource'],
    ['GET', '/hubs/documents/nosuchresource'],
    ['POST', '/hubs/documents'],
    ['POST', '/books'],
    ['PATCH', '/books/1'],
    ['GET', '/hidden'],
    ['GET', '/books/1/2/3'],
    ['GET', '/__proto__'],
  ])('answers 400 for %s %s, with the instance’s id', async (method, path) => {
    const reply = await shop.call(method, path, method === 'GET' ? {} : { json: {} });
    expect(reply).toMatchObject({
      status: 400,
      body: {
        requestId: reply.headers['elements-request-id'],
        message: expect.stringContaining('no resource'),
      },
    });
    expect(reply.headers['elements-element-instance-id']).toBe(String(shop.id));
    expect(provider.received).toEqual([]);
  });

  it('answers 401 for an unknown path without a token', async () => {
    expect(await app.call('GET', '/nosuchresource')).toMatchObject({ status: 401 });
    expect(await app.call('GET', '/nosuchresource', { authorization: null })).toMatchObject({ status: 401 });
  });

  it('leaves the platform’s own paths to the platform, though there is an Element token', async () => {
    const authorization = `${app.asUser}, Element ${shop.token}`;
    expect(await app.call('GET', '/instances', { authorization })).toMatchObject({
      status: 200,
      body: [{ id: shop.id }],
    });
    expect(await app.call('GET', '/elements/keys', { authorization })).toMatchObject({
      status: 200,
      body: ['bookshop'],
    });
    expect(provider.received).toEqual([]);
  });
});

describe('values in the path', () => {
  it.each([
    ['a%20b', '/books/a%20b'],
    ['%C3%BC', '/books/%C3%BC'],
    ['a%2Fb', '/books/a%2Fb'],
    ['..%2F..%2Fadmin', '/books/..%2F..%2Fadmin'],
    ['%252e%252e', '/books/%252e%252e'],
    ['a%3Fx=1', '/books/a%3Fx%3D1'],
    ['a%23b', '/books/a%23b'],
    ['a;b', '/books/a%3Bb'],
    ['a:b@c', '/books/a%3Ab%40c'],
    ['a%0D%0Ab', '/books/a%0D%0Ab'],
    ['...', '/books/...'],
  ])('reach the provider encoded: %s', async (value, url) => {
    provider.answer({ body: {} });
    expect(await shop.call('GET', `/books/${value}`)).toMatchObject({ status: 200 });
    expect(provider.received[0]?.url).toBe(url);
  });

  it.each(['..', '.', '%2e%2e', '%2E', '.%2e'])('never climb out of the path: %s', async (value) => {
    provider.answer({ body: {} });
    expect(await shop.call('DELETE', `/books/${value}`)).toMatchObject({ status: 400 });
    expect(provider.received).toEqual([]);
  });

  it.each(['%', '%zz', '%ff', '%00'])('are refused or passed on when they are odd: %s', async (value) => {
    provider.answer({ body: {} });
    const { status } = await shop.call('GET', `/books/${value}`);
    expect([200, 400]).toContain(status);
  });
});

describe('what every element has', () => {
  it('answers ping with the time and the element’s key', async () => {
    for (const path of ['/ping', '/hubs/documents/ping']) {
      expect(await shop.call('GET', path)).toMatchObject({
        status: 200,
        body: { dateTime: expect.stringMatching(/Z$/), endpoint: 'bookshop' },
      });
    }
    expect(provider.received).toEqual([]);
  });

  it('lists the objects that the definition names or its resources are about', async () => {
    for (const path of ['/objects', '/hubs/documents/objects']) {
      const objects = ['authors', 'books', 'files', 'search'];
      expect(await shop.call('GET', path)).toMatchObject({ status: 200, body: objects });
    }
  });
});
