import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { bookshop, parameter, resource, shopKeys } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider, ReceivedFile } from '#test/provider';

let app: TestApp;
let provider: Provider;
let shop: Connected;
const megabyte = 1024 * 1024;

beforeAll(async () => {
  provider = await startProvider();
  app = await startTestApp({
    elements: [
      bookshop([
        resource('GET', '/file'),
        resource('POST', '/file', {
          parameters: [parameter('multipart', 'file'), parameter('multipart', 'note')],
        }),
        resource('PUT', '/file', { parameters: [parameter('body', 'body')] }),
        resource('GET', '/export', { paginationType: 'NO_PAGINATION' }),
        resource('GET', '/hand', { vendorPath: '{shop.hand}' }),
      ]),
    ],
    elementDefaults: { bookshop: { 'base.url': provider.url } },
    allowHosts: [provider.host, '127.0.0.1'],
  });
  shop = await app.connect('bookshop', { configuration: shopKeys });
});
afterEach(() => provider.reset());
afterAll(async () => {
  await app.close();
  await provider.close();
});

const download = (path = '/file', authorization = shop.authorization) =>
  app.open('GET', path, { authorization });

/** A provider whose replies are written by the test itself. */
async function byHand(): Promise<{ call: Connected; response: Promise<ServerResponse>; close(): void }> {
  const { promise, resolve } = Promise.withResolvers<ServerResponse>();
  const server = createServer((_request, response) => resolve(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
  const call = await app.connect('bookshop', { configuration: { ...shopKeys, 'shop.hand': url } });
  return { call, response: promise, close: () => (server.closeAllConnections(), server.close()) };
}

describe('a download', () => {
  it('of 400 MB passes through without filling memory', async () => {
    const sizeBytes = 400 * megabyte;
    provider.answer({ streamBytes: sizeBytes });
    const reply = await download();
    expect(reply).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(sizeBytes) },
    });
    const before = process.memoryUsage.rss();
    let [received, peak] = [0, 0];
    for await (const chunk of reply) {
      received += (chunk as Buffer).length;
      peak = Math.max(peak, process.memoryUsage.rss());
    }
    expect(received).toBe(sizeBytes);
    // Provider, server and this client are one process here. Each may have 64 MB of read pieces, of which the engine collects none before;
    // the file must not be in it as a whole.
    expect((peak - before) / megabyte).toBeLessThan(300);
  });

  it('of JSON that is too large to be mapped is a clear failure', async () => {
    provider.answer({ headers: { 'content-type': 'application/json' }, streamBytes: 65 * megabyte });
    expect(await shop.call('GET', '/file')).toMatchObject({
      status: 502,
      body: { message: expect.stringContaining('64 MB') },
    });
  });

  it('of JSON that nothing is done with passes through, however large', async () => {
    const configuration = { ...shopKeys, 'filter.response.nulls': 'false' };
    const account = await app.connect('bookshop', { configuration });
    provider.answer({ headers: { 'content-type': 'application/json' }, streamBytes: 80 * megabyte });
    const reply = await download('/export', account.authorization);
    expect(reply).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' } });
    let received = 0;
    for await (const chunk of reply) received += (chunk as Buffer).length;
    expect(received).toBe(80 * megabyte);
    provider.answer({ headers: { 'content-type': 'application/json' }, body: '[{"a":1.10,"b":null}]' });
    expect((await account.call('GET', '/export')).text).toBe('[{"a":1.10,"b":null}]');
    provider.answer({ status: 409, body: { message: 'Not now' } });
    expect(await account.call('GET', '/export')).toMatchObject({
      status: 409,
      body: { providerMessage: 'Not now' },
    });
  });

  it('begins before the provider has sent everything', async () => {
    const hand = await byHand();
    const replying = download('/hand', hand.call.authorization);
    const response = await hand.response;
    response.writeHead(200, { 'content-type': 'text/csv' });
    response.write('first,');
    const reply = await replying;
    expect(String((await once(reply, 'data'))[0])).toBe('first,');
    response.end('last');
    expect(String((await once(reply, 'data'))[0])).toBe('last');
    hand.close();
  });

  it('that breaks off at the provider breaks off for the caller, and is not taken for whole', async () => {
    const hand = await byHand();
    const replying = download('/hand', hand.call.authorization);
    const response = await hand.response;
    response.writeHead(200, { 'content-type': 'text/csv' });
    response.write('first,');
    const reply = await replying;
    await once(reply, 'data');
    const failed = once(reply, 'error').then(([error]) => (error as Error).message);
    response.socket?.resetAndDestroy();
    expect(await failed).toBe('aborted');
    hand.close();
    provider.answer({ body: [] });
    expect(await shop.call('GET', '/file')).toMatchObject({ status: 200 });
  });

  it('that the caller gives up ends at the provider too', async () => {
    const hand = await byHand();
    const replying = download('/hand', hand.call.authorization);
    const response = await hand.response;
    response.writeHead(200, { 'content-type': 'text/csv' });
    response.write('first,');
    const closed = once(response, 'close');
    (await replying).destroy();
    await closed;
    hand.close();
  });
});

describe('an upload', () => {
  const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  it('of a file of 30 MB arrives whole, with its other parts, and leaves no file behind', async () => {
    provider.answer({ body: { ok: true } });
    const before = await temporaryFiles();
    const content = randomBytes(30 * megabyte);
    const data = new FormData();
    data.append('file', new File([content], 'big.bin', { type: 'application/x-books' }));
    data.append('note', 'after the file');
    expect(await shop.call('POST', '/file', { body: data })).toMatchObject({
      status: 200,
      body: { ok: true },
    });
    const parts = await provider.received[0]?.multipart();
    const file = parts?.['file'] as ReceivedFile;
    expect({ ...file, content: hash(file.content) }).toEqual({
      filename: 'big.bin',
      contentType: 'application/x-books',
      content: hash(content),
    });
    expect(parts?.['note']).toBe('after the file');
    expect(provider.received[0]?.headers['content-length']).toBe(String(provider.received[0]?.body.length));
    expect(await temporaryFiles()).toEqual(before);
  });

  it('is sent again after a refresh of the token', async () => {
    const account = await app.connect('bookshop', {
      configuration: shopKeys,
      providerData: { access_token: 'old', refresh_token: 'r', expires_in: 3600 },
    });
    provider.on({
      'POST /token': { body: { access_token: 'new', expires_in: 3600 } },
      'PUT /file': ({ headers }) =>
        headers['authorization'] === 'Bearer new' ? { body: { ok: true } } : { status: 401, body: {} },
    });
    const content = randomBytes(3 * megabyte);
    expect(
      await account.call('PUT', '/file', { body: content, headers: { 'content-type': 'image/png' } }),
    ).toMatchObject({ status: 200 });
    expect(provider.received.filter(({ method }) => method === 'PUT').map(({ body }) => hash(body))).toEqual([
      hash(content),
      hash(content),
    ]);
  });

  it('of unknown length arrives whole', async () => {
    provider.answer({ body: { ok: true } });
    const content = randomBytes(2 * megabyte);
    const body = Readable.from([content.subarray(0, 10), content.subarray(10)]);
    const headers = { 'content-type': 'image/png', expect: '100-continue' };
    expect(await shop.call('PUT', '/file', { body, headers })).toMatchObject({ status: 200 });
    expect(hash(provider.received[0]?.body ?? Buffer.alloc(0))).toBe(hash(content));
  });

  it('that the caller gives up does not reach the provider', async () => {
    const control = new AbortController();
    const body = new ReadableStream({
      pull(stream) {
        stream.enqueue(Buffer.alloc(megabyte));
        control.abort();
      },
    });
    const url = `${app.origin}/elements/api-v2/file`;
    const headers = { authorization: shop.authorization, 'content-type': 'image/png' };
    const init = { method: 'PUT', headers, body, duplex: 'half', signal: control.signal } as RequestInit;
    await expect(fetch(url, init)).rejects.toThrow('aborted');
    provider.answer({ body: [] });
    expect(await shop.call('GET', '/file')).toMatchObject({ status: 200 });
    expect(provider.received.map(({ method }) => method)).toEqual(['GET']);
  });

  it('that is too large for a mapped body is refused with 413', async () => {
    provider.answer({ body: {} });
    const body = Buffer.alloc(21 * megabyte, ' ');
    const reply = await shop.call('PUT', '/file', { body, headers: { 'content-type': 'application/json' } });
    expect(reply).toMatchObject({ status: 413, body: { message: expect.stringContaining('20 MB') } });
    expect(provider.received).toEqual([]);
  });
});

async function temporaryFiles(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => /^ligand-[0-9a-f]{8}-/.test(name)).sort();
}
