import { describe, expect, it } from 'vitest';
import { parameter, resource } from '#test/definition';
import { setScene } from '#test/scene';

// Kinds of resources, their addresses, and chains of them.

const scene = setScene();

const hook = (type: string, body: string, more = {}) => ({
  type,
  mimeType: 'application/javascript',
  body,
  ...more,
});

describe('a resource', () => {
  it('that was Java code says that it cannot run', async () => {
    const account = await scene.connect([{ ...resource('GET', '/things'), kind: 'java' }]);
    const reply = await account.call('GET', '/things');
    expect(reply).toMatchObject({
      status: 400,
      body: { message: 'This API is not currently supported for this element' },
    });
  });

  it('has its own place where its path is a URL, and none where a hook does it all', async () => {
    const account = await scene.connect(
      [
        resource('GET', '/elsewhere', { vendorPath: `${scene.provider.url}/{shop}/x` }),
        resource('GET', '/nowhere', {
          vendorPath: '',
          hooks: [hook('preRequest', 'done({ continue: false, response_body: { here: true } });')],
        }),
      ],
      { configuration: [{ key: 'base.url', defaultValue: 'http://127.0.0.1:1' }] },
    );
    scene.provider.answer({ body: {} });
    await account.call('GET', '/elsewhere');
    expect(scene.last()?.path).toBe('/s%201/x');
    expect((await account.call('GET', '/nowhere')).body).toEqual({ here: true });
  });

  it('may chain five calls, and no more', async () => {
    const chain = (links: number, prefix: string) =>
      Array.from({ length: links }, (_, index) =>
        resource('POST', `/${prefix}${index}`, {
          ...(index + 1 < links ? { nextResource: `POST:/hubs/documents/${prefix}${index + 1}` } : {}),
          parameters:
            index === 0
              ? [parameter('body', 'body')]
              : [
                  parameter('prevBody', 'body', 'bodyField', 'before'),
                  parameter('prevBodyField', 'n', 'query', 'n'),
                ],
        }),
      );
    const account = await scene.connect([...chain(5, 'five'), ...chain(6, 'six')]);
    scene.provider.answer((request) => ({ body: { n: scene.provider.received.length, path: request.path } }));
    expect((await account.call('POST', '/five0', { json: {} })).body).toEqual({ n: 5, path: '/five4' });
    expect(scene.last()?.url).toBe('/five4?n=4');
    expect(scene.last()?.json()).toEqual({ before: { n: 4, path: '/five3' } });
    expect((await account.call('POST', '/six0', { json: {} })).status).toBe(400);
  });

  it.each(['POST:/hubs/documents/second/{id}/', 'post: /second/{number}'])(
    'chains to one whose path is written a little differently: %s',
    async (nextResource) => {
      const account = await scene.connect([
        resource('GET', '/first/{id}', { nextResource }),
        resource('POST', '/second/{id}', { parameters: [parameter('path', 'id', 'query', 'id')] }),
      ]);
      scene.provider.answer(({ url }) => ({ body: { url } }));
      const { body } = await account.call('GET', '/first/7');
      expect(body).toEqual({ url: '/second/7?id=7' });
    },
  );
});
