import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { readText } from './read.ts';
import { closeAll, failureOf, get, outbound, serve } from './testing.ts';

afterEach(closeAll);

const abc = () => Readable.from(['a', 'bc']);

describe('a redirect', () => {
  test('is a reply like any other when nothing else is asked for', async () => {
    const { url } = await serve((_request, reply) => reply.writeHead(302, { location: '/next' }).end());
    const reply = await outbound().send(get(url));
    expect([reply.status, reply.headers['location']]).toEqual([302, '/next']);
    reply.body.destroy();
  });

  test('is followed as often as asked for, and no further', async () => {
    const { url } = await serve((request, reply) => {
      reply.writeHead(302, { location: `/${Number(request.url?.slice(1)) + 1}` }).end();
    });
    const reply = await outbound().send({ ...get(`${url}/1`), followRedirects: 3 });
    expect([reply.status, reply.headers['location']]).toEqual([302, '/5']);
    reply.body.destroy();
  });

  test('to an address that is not public is refused', async () => {
    const { url } = await serve((_request, reply) =>
      reply.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    );
    expect((await failureOf(() => outbound().send({ ...get(url), followRedirects: 1 }))).kind).toBe(
      'refused-address',
    );
  });

  test('to another origin does not take credentials along, to the same one it does', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const second = await serve((request, reply) => {
      seen.push(request.headers);
      reply.end();
    });
    const first = await serve((request, reply) => {
      seen.push(request.headers);
      reply.writeHead(307, { location: request.url === '/' ? '/again' : second.url }).end();
    });
    const headers = { Authorization: 'Bearer x', cookie: 'y', 'x-api-key': 'z', accept: 'text/plain' };
    const reply = await outbound().send({ method: 'GET', url: first.url, headers, followRedirects: 2 });
    reply.body.destroy();
    expect(seen).toHaveLength(3);
    expect(seen[1]).toMatchObject({ authorization: 'Bearer x', cookie: 'y', 'x-api-key': 'z' });
    expect(Object.keys(seen[2] ?? {})).not.toEqual(expect.arrayContaining(['authorization']));
    expect(seen[2]).not.toHaveProperty('cookie');
    expect(seen[2]).not.toHaveProperty('x-api-key');
    expect(seen[2]).toMatchObject({ accept: 'text/plain' });
  });

  test.each([
    [301, 'POST', 'GET', ''],
    [302, 'PUT', 'PUT', 'abc'],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', 'abc'],
    [308, 'PATCH', 'PATCH', 'abc'],
  ])('%i after %s becomes %s with the body "%s"', async (status, method, expectedMethod, expectedBody) => {
    const { url } = await serve((request, reply) => {
      if (request.url === '/')
        return void request.resume().on('end', () => reply.writeHead(status, { location: '/to' }).end());
      void readText(request, 100).then((body) => reply.end(`${request.method} ${body}`));
    });
    const reply = await outbound().send({ method, url, headers: {}, body: abc, followRedirects: 1 });
    expect(await readText(reply.body, 100)).toBe(`${expectedMethod} ${expectedBody}`);
  });
});
