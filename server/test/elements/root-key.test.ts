import { describe, expect, it } from 'vitest';
import { parameter, resource } from '#test/definition';
import { setScene } from '#test/scene';

// Root keys: what is unwrapped of a reply, and wrapped around our body.

const scene = setScene();

describe('a root key', () => {
  it.each([
    ['data', { data: { id: 1 } }, { id: 1 }],
    ['|data', { data: { id: 1 } }, { id: 1 }],
    ['out|d.results', { d: { results: [1] } }, [1]],
    ['items[*]', { items: [{ id: 1 }] }, [{ id: 1 }]],
    ['events[0].data.worker', { events: [{ data: { worker: { id: 1 } } }] }, { id: 1 }],
    ['.workers[*]', { workers: [{ id: 1 }] }, [{ id: 1 }]],
    ['|data|items', { items: [1] }, [1]],
    ['data,items', { items: [1] }, [1]],
    ['missing', { id: 1 }, { id: 1 }],
    ['data', [{ id: 1 }], [{ id: 1 }]],
  ])('%s unwraps %j', async (rootKey, reply, expected) => {
    const account = await scene.connect([
      resource('GET', '/things', { rootKey, paginationType: 'NO_PAGINATION' }),
    ]);
    scene.provider.answer({ body: reply });
    expect((await account.call('GET', '/things')).body).toEqual(expected);
  });

  it.each([
    ['data|', { data: { a: 1 } }],
    ['data.item|x', { data: { item: { a: 1 } } }],
    ['|data', { a: 1 }],
    ['data', { a: 1 }],
  ])('%s wraps our body', async (rootKey, expected) => {
    const account = await scene.connect([
      resource('POST', '/things', { rootKey, parameters: [parameter('body', 'body')] }),
    ]);
    scene.provider.answer({ body: {} });
    await account.call('POST', '/things', { json: { a: 1 } });
    expect(scene.last()?.json()).toEqual(expected);
  });
});
