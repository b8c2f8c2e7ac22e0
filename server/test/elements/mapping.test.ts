import { describe, expect, it } from 'vitest';
import { parameter, resource } from '#test/definition';
import { setScene } from '#test/scene';
import type { ReceivedFile } from '#test/provider';

// What of our call comes where in the provider’s, and the way back, beyond the table of all pairs.

const scene = setScene();

describe('a parameter', () => {
  it('of an upload goes into a form, which becomes a multipart one', async () => {
    const account = await scene.connect([
      resource('POST', '/files', {
        parameters: [
          parameter('multipart', 'file', 'form', 'upload', { dataType: 'file' }),
          parameter('query', 'folder', 'form', 'dir'),
        ],
      }),
    ]);
    scene.provider.answer({ body: {} });
    const form = new FormData();
    form.set('file', new Blob(['content'], { type: 'text/plain' }), 'a.txt');
    await account.call('POST', '/files?folder=x', { body: form });
    const parts = (await scene.last()?.multipart()) as { upload: ReceivedFile; dir: string };
    expect(parts.dir).toBe('x');
    expect(parts.upload).toMatchObject({ filename: 'a.txt', contentType: 'text/plain' });
    expect(parts.upload.content.toString()).toBe('content');
  });

  it('of an upload is the whole body', async () => {
    const account = await scene.connect([
      resource('POST', '/files', {
        parameters: [parameter('multipart', 'file', 'body', 'body', { dataType: 'file' })],
      }),
    ]);
    scene.provider.answer({ body: {} });
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array([0, 255, 1])], { type: 'image/png' }), 'a.png');
    await account.call('POST', '/files', { body: form });
    expect(scene.last()?.headers['content-type']).toBe('image/png');
    expect([...(scene.last()?.body ?? [])]).toEqual([0, 255, 1]);
  });

  it.each([
    ['array', 'a, b', ['a', 'b']],
    ['array', '[1,"b"]', [1, 'b']],
    ['object', '{"x":1}', { x: 1 }],
    ['integer', '12345678901234567890', undefined],
    ['boolean', 'TRUE', true],
    ['number', '1.50', 1.5],
    ['date', '2026-01-31', '2026-01-31'],
  ])('of data type %s turns the text %j into what it says', async (dataType, text, expected) => {
    const account = await scene.connect([
      resource('POST', '/things', { parameters: [parameter('query', 'q', 'bodyField', 'v', { dataType })] }),
    ]);
    scene.provider.answer({ body: {} });
    await account.call('POST', `/things?q=${encodeURIComponent(text)}`);
    if (expected === undefined) expect(scene.last()?.text).toBe(`{"v":${text}}`);
    else expect(scene.last()?.json()).toEqual({ v: expected });
  });

  it('of the resource wins over the one of the element for the same target', async () => {
    const account = await scene.connect(
      [resource('GET', '/things', { parameters: [parameter('value', 'own', 'header', 'x-kind')] })],
      {
        parameters: [
          parameter('value', 'wide', 'header', 'X-Kind'),
          parameter('value', 'all', 'query', 'all'),
        ],
      },
    );
    scene.provider.answer({ body: {} });
    await account.call('GET', '/things');
    expect(scene.last()?.headers['x-kind']).toBe('own');
    expect(scene.last()?.url).toBe('/things?all=all');
  });

  it.each([
    ['toBazaarvoice', "Rating >= 4 AND Id IN ('a', 'b')", 'Filter=Rating%3Agte%3A4&Filter=Id%3Aeq%3Aa%2Cb'],
    ['toODataFilter', "name = 'x' AND size > 3", 'Filter=name%20eq%20%27x%27%20and%20size%20gt%203'],
    ['toQueryParameters', "name = 'x' AND size = 3", 'name=x&size=3'],
    ['toNothingThatIsKnown', "name = 'x'", 'Filter=name%20%3D%20%27x%27'],
  ])('converts a where by %s', async (converter, where, query) => {
    const account = await scene.connect([
      resource('GET', '/things', {
        parameters: [parameter('query', 'where', 'query', 'Filter', { converter })],
      }),
    ]);
    scene.provider.answer({ body: [] });
    await account.call('GET', `/things?where=${encodeURIComponent(where)}`);
    expect(scene.last()?.url).toBe(`/things?${query}`);
  });

  it.each(["a = 'x' OR b = 'y'", 'a IS NULL', "a LIKE 'x%'"])(
    'refuses a where that the scene.provider cannot understand: %s',
    async (where) => {
      const account = await scene.connect([
        resource('GET', '/things', {
          parameters: [parameter('query', 'where', 'query', 'Filter', { converter: 'toBazaarvoice' })],
        }),
      ]);
      const reply = await account.call('GET', `/things?where=${encodeURIComponent(where)}`);
      expect(reply.status).toBe(400);
      expect(reply.body.message).toContain('cannot be expressed');
      expect(scene.provider.received).toEqual([]);
    },
  );
});

describe('a parameter of the reply', () => {
  it('that is a header of ours comes with the reply', async () => {
    const account = await scene.connect([
      resource('GET', '/things/1', {
        parameters: [parameter('header', 'X-Left', 'header', 'x-calls-left', { source: 'response' })],
      }),
    ]);
    scene.provider.answer({ headers: { 'x-calls-left': '7' }, body: { id: 1 } });
    const { headers } = await account.call('GET', '/things/1');
    expect(headers['x-left']).toBe('7');
  });

  it('is kept in the instance, for the calls after it', async () => {
    const account = await scene.connect(
      [
        resource('POST', '/open', {
          parameters: [parameter('configuration', 'cart', 'bodyField', 'cart.id', { source: 'response' })],
        }),
        resource('GET', '/cart', { vendorPath: '/carts/{cart}' }),
      ],
      { configuration: [{ key: 'cart', name: 'Cart', type: 'TEXTFIELD_32' }] },
    );
    scene.provider.answer({ body: { cart: { id: 9 } } });
    await account.call('POST', '/open');
    await account.call('GET', '/cart');
    expect(scene.last()?.path).toBe('/carts/9');
  });
});
