import { afterEach, describe, expect, test } from 'vitest';
import { readText } from './read.ts';
import { closeAll, failureOf, get, outbound, serve } from './testing.ts';
import { type Exchange, watchOutbound } from './watch.ts';

afterEach(closeAll);

async function exchange(
  answer: Parameters<typeof serve>[0],
  { bodyBytes = 0, body }: { bodyBytes?: number; body?: string | Buffer } = {},
): Promise<{ seen: Exchange[]; text: string }> {
  const { url } = await serve(answer);
  const seen: Exchange[] = [];
  const watched = watchOutbound(outbound(), (one) => void seen.push(one), { bodyBytes });
  const reply = await watched.send({ ...get(`${url}/a?b=c`), method: 'POST', ...(body ? { body } : {}) });
  return { seen, text: await readText(reply.body, 10_000_000) };
}

describe('a watched way out', () => {
  test('tells of a request and its reply, and holds no body', async () => {
    const { seen, text } = await exchange((_request, reply) =>
      reply.writeHead(418, { 'x-a': 'b' }).end('tea'),
    );
    expect(text).toBe('tea');
    expect(seen).toMatchObject([
      { method: 'POST', url: expect.stringMatching(/\/a\?b=c$/), status: 418, replyHeaders: { 'x-a': 'b' } },
    ]);
    expect(seen[0]).toMatchObject({ requestBody: undefined, replyBody: undefined, failure: undefined });
    expect(seen[0]?.durationMs).toBeGreaterThan(0);
  });

  test.each([
    ['short texts whole', 'application/json', '{"a":1}', 100, '{"a":1}'],
    ['the beginning of long ones', 'text/plain', 'x'.repeat(2_000_000), 5, 'xxxxx… [2000000 bytes in all]'],
    ['the size of what is no text', 'image/png', 'x'.repeat(20), 100, '[20 bytes]'],
    ['nothing of nothing', 'image/png', '', 100, ''],
  ])('keeps %s where bodies are wanted', async (_what, type, sent, bodyBytes, kept) => {
    const { seen, text } = await exchange(
      (_request, reply) => reply.writeHead(200, { 'content-type': type }).end(sent),
      { bodyBytes, body: sent || 'none' },
    );
    expect(text).toBe(sent);
    expect(seen).toMatchObject([{ replyBody: kept }]);
  });

  test('keeps what was sent', async () => {
    const answer: Parameters<typeof serve>[0] = (_request, reply) => reply.end();
    expect((await exchange(answer, { bodyBytes: 4, body: 'öäü' })).seen).toMatchObject([
      { requestBody: 'öä… [6 bytes in all]' },
    ]);
    expect((await exchange(answer, { bodyBytes: 4, body: Buffer.from([0, 1]) })).seen).toMatchObject([
      { requestBody: '[2 bytes]' },
    ]);
  });

  test('tells why there was no reply, and why one broke off', async () => {
    const seen: Exchange[] = [];
    const watched = watchOutbound(outbound(), (one) => void seen.push(one), { bodyBytes: 10 });
    await failureOf(() => watched.send(get('http://127.0.0.1:1/')));
    const { url } = await serve((_request, reply) => {
      reply.writeHead(200, { 'content-length': 100 });
      reply.write('half', () => reply.destroy());
    });
    const { body } = await watched.send(get(url));
    const failure = await failureOf(() => readText(body, 1000));
    expect(seen).toMatchObject([
      { status: undefined, failure: expect.any(String) },
      { status: 200, replyBody: 'half', failure: failure.message },
    ]);
  });

  test('tells of a reply that its reader closes', async () => {
    const { url } = await serve((_request, reply) => reply.end('a'.repeat(10)));
    const seen: Exchange[] = [];
    const { body } = await watchOutbound(outbound(), (one) => void seen.push(one), { bodyBytes: 10 }).send(
      get(url),
    );
    body.destroy();
    await expect.poll(() => seen).toMatchObject([{ status: 200, failure: undefined }]);
  });
});
