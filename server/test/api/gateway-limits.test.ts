import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import { bookshop, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

let app: TestApp;
let provider: Provider;

beforeAll(async () => {
  provider = await startProvider();
  const slow = (key: string, limits: object[]) => ({
    ...bookshop([
      resource('GET', '/books'),
      resource('GET', '/hooked', {
        hooks: [
          {
            type: 'preRequest',
            body: `require('http').get(configuration['base.url'] + '/extra', () => done()).on('error', (error) => done({ continue: false, response_error_message: error.message, response_status_code: 429 }));`,
          },
        ],
      }),
    ]),
    id: undefined,
    key,
    limits,
  });
  app = await startTestApp({
    elements: [
      slow('slowshop', [{ calls: 2, perSeconds: 60 }]),
      slow('quickshop', [{ calls: 2, perSeconds: 0.05 }]),
      slow('dayshop', [
        { calls: 100, perSeconds: 1 },
        { calls: 2, perSeconds: 86_400 },
      ]),
    ],
    elementDefaults: Object.fromEntries(
      ['slowshop', 'quickshop', 'dayshop'].map((key) => [key, { 'base.url': provider.url }]),
    ),
    allowHosts: [provider.host],
    pacingMaxWaitMs: 2_000,
  });
  provider.answer({ body: [] });
});
afterEach(() => {
  provider.received.length = 0;
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const connect = (key: string) => app.connect(key, { configuration: shopKeys });

describe('the limits of a provider', () => {
  it('are kept by waiting, as long as that is short', async () => {
    const { call } = await connect('quickshop');
    const replies = await Promise.all(Array.from({ length: 10 }, () => call('GET', '/books')));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(provider.received).toHaveLength(10);
  });

  it.each(['slowshop', 'dayshop'])(
    'give 429 with Retry-After at once when the wait would be long: %s',
    async (key) => {
      const { call, id } = await connect(key);
      expect(await call('GET', '/books')).toMatchObject({ status: 200 });
      expect(await call('GET', '/books')).toMatchObject({ status: 200 });
      const reply = await call('GET', '/books');
      expect(reply).toMatchObject({ status: 429, body: { message: expect.stringContaining('2 calls') } });
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(10);
      expect(reply.headers['elements-element-instance-id']).toBe(String(id));
      expect(provider.received).toHaveLength(2);
    },
  );

  it('are those of one account: another has its own', async () => {
    const [one, other] = [await connect('slowshop'), await connect('slowshop')];
    await Promise.all([one.call('GET', '/books'), one.call('GET', '/books')]);
    expect(await other.call('GET', '/books')).toMatchObject({ status: 200 });
  });

  it('hold for the calls of hooks too', async () => {
    const { call } = await connect('slowshop');
    expect(await call('GET', '/hooked')).toMatchObject({ status: 200 });
    const reply = await call('GET', '/hooked');
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(provider.received.map(({ path }) => path)).toEqual(['/extra', '/hooked']);
  });
});
