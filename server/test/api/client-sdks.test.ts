import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, Loose, TestApp } from '#test/app';
import { library, parameter, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';
import type { Tenant } from '#test/tenant';

const run = promisify(execFile);
let app: TestApp;
let provider: Provider;
let stranger: Tenant;
let shelf: Connected;
let folder: string;
let packageId: string;
let files: Record<string, string>;

const model = {
  name: 'book',
  swagger: { book: { type: 'object', properties: { id: { type: 'integer' }, title: { type: 'string' } } } },
};
const byPage = [parameter('query', 'page'), parameter('query', 'pageSize')];

beforeAll(async () => {
  provider = await startProvider();
  stranger = await (app = await startTestApp({ allowHosts: [provider.host] })).addTenant();
  const definition = library([
    resource('GET', '/books', { model, parameters: byPage, description: 'All the books */ there are' }),
    resource('GET', '/books/{id}', { model, parameters: [parameter('path', 'id')] }),
    resource('POST', '/books', { model, parameters: [{ ...parameter('body', 'body'), required: true }] }),
    resource('GET', '/cover', { operationId: 'a "cover"', response: { contentType: 'image/png' } }),
  ]);
  await app.call('POST', '/elements', { json: { ...definition, key: 'Our.shelf' } });
  const configuration = { 'base.url': provider.url, username: 'u', password: 'p' };
  shelf = await app.connect('Our.shelf', { configuration });
  ({
    packageIds: [packageId],
  } = (await make('javascript')).body);
  files = await download();
  folder = await mkdtemp(join(tmpdir(), 'ligand-client-'));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, 'node_modules', file)), { recursive: true });
    await writeFile(join(folder, 'node_modules', file), text);
  }
});
afterAll(async () => {
  await app.close();
  await provider.close();
  await rm(folder, { recursive: true });
});

const make = (type: unknown, authorization = app.asUser) =>
  app.call('POST', '/elements/Our.shelf/client-sdks', { json: { type }, authorization });

async function download(): Promise<Record<string, string>> {
  const reply = await fetch(`${app.origin}/elements/api-v2/elements/client-sdks/${packageId}`, {
    headers: { authorization: app.asUser, accept: 'application/zip' },
  });
  expect(reply.headers.get('content-type')).toBe('application/zip');
  expect(reply.headers.get('content-disposition')).toBe('attachment; filename="ligand-our.shelf.zip"');
  const entries = Object.entries(unzipSync(new Uint8Array(await reply.arrayBuffer())));
  return Object.fromEntries(entries.map(([file, bytes]) => [file, strFromU8(bytes)]));
}

describe('a client of an element', () => {
  it('is a package that calls a connected account', async () => {
    expect(Object.keys(files).toSorted()).toEqual(
      ['README.md', 'index.d.ts', 'index.js', 'openapi.json', 'package.json'].map(
        (file) => `ligand-our.shelf/${file}`,
      ),
    );
    const index = pathToFileURL(join(folder, 'node_modules/ligand-our.shelf/index.js')).href;
    const { createClient, each, ElementError }: Loose = await import(index);
    const client = createClient({
      baseUrl: app.origin,
      userSecret: app.userSecret,
      elementToken: shelf.token,
    });
    provider.answer(({ method, path, query, body }) => {
      if (path === '/cover') return { headers: { 'content-type': 'image/png' }, body: 'picture' };
      if (method === 'POST') return { body: JSON.parse(String(body)) };
      if (path !== '/books') return { body: { id: 7, path } };
      const page = Number(query.get('page'));
      return { body: page < 3 ? [{ id: page * 2 }, { id: page * 2 + 1 }] : [] };
    });
    expect(await client.getBookById({ path: { id: 'a b/c' } })).toEqual({ id: 7, path: '/books/a%20b%2Fc' });
    expect(await client.createBook({ json: { title: 'Ada' } })).toEqual({ title: 'Ada' });
    expect(await client.getBooks({ query: { pageSize: 2 } })).toEqual([{ id: 2 }, { id: 3 }]);
    const ids = [];
    for await (const { id } of each(client.getBooks, { query: { pageSize: 2 } })) ids.push(id);
    expect(ids).toEqual([2, 3, 4, 5]);
    expect(await (await client['a "cover"']()).text()).toBe('picture');
    await expect(client.getBookById({})).rejects.toThrow(/needs 'id'/);
    provider.answer(() => ({ status: 404, body: { message: 'no book' } }));
    const failure = await client.getBookById({ path: { id: 8 } }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ElementError);
    expect(failure).toMatchObject({ status: 404, requestId: expect.any(String), providerMessage: 'no book' });
  });

  it('has types that fit what it calls', async () => {
    await writeFile(
      join(folder, 'caller.mts'),
      `import { createClient, each } from 'ligand-our.shelf';
      const client = createClient({ baseUrl: '', userSecret: '', elementToken: '' });
      const [book] = await client.getBooks({ query: { pageSize: 2, where: 'id = 1', more: true } });
      export const title: string | undefined = book?.title;
      for await (const { id } of each(client.getBooks, { query: { page: 1 } })) console.log(id satisfies number | undefined);
      const cover: Response = await client['a "cover"']();
      console.log(cover, await client.createBook({ json: { title: 'x', more: 1 } }));
      // @ts-expect-error the id is missing
      await client.getBookById();
      // @ts-expect-error no number
      await client.createBook({ json: { title: 5 } });`,
    );
    const compiler = join(
      dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
      'bin/tsc',
    );
    const options = '--noEmit --strict --module nodenext --target es2022 --lib es2024,dom --types'.split(' ');
    const { stdout } = await run(process.execPath, [compiler, ...options, '', join(folder, 'caller.mts')], {
      cwd: folder,
    }).catch(({ stdout: said }: { stdout: string }) => ({ stdout: said }));
    expect(stdout).toBe('');
  });

  it('is described by the document that it brings', () => {
    const document = JSON.parse(files['ligand-our.shelf/openapi.json'] ?? '') as Loose;
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Library' } });
    expect(JSON.parse(files['ligand-our.shelf/package.json'] ?? '')).toMatchObject({ type: 'module' });
  });

  it('is the same for all types; who asks for Java is told that it is none', async () => {
    const typed = await make('typescript');
    expect((await make(undefined)).body).toEqual(typed.body);
    expect(typed).toMatchObject({ status: 200, body: { packageIds: [packageId] } });
    expect(typed.headers['elements-error']).toBeUndefined();
    const java = await make('awslambda-native-java');
    expect(java).toMatchObject({ status: 200, body: { packageIds: [packageId] } });
    expect(java.headers['elements-error']).toMatch(/No Java/);
  });

  it.each(['cobol', 5, null])('is refused for the type %s, and the types are named', async (type) => {
    const { status, body } = await make(type);
    expect(status).toBe(400);
    expect(body.message).toMatch(/javascript.*typescript/);
  });

  it('belongs to who may see the element', async () => {
    expect((await make('javascript', stranger.asUser)).status).toBe(404);
    const path = `/elements/client-sdks/${packageId}`;
    expect((await app.call('GET', path, { authorization: stranger.asUser })).status).toBe(404);
    for (const id of [
      'x',
      '-1',
      `${packageId}=`,
      'Y2xpZW50OjEuNQ',
      Buffer.from('client:999').toString('base64url'),
    ])
      expect([id, (await app.call('GET', `/elements/client-sdks/${id}`)).status]).toEqual([id, 404]);
    expect((await app.call('POST', '/elements/nowhere/client-sdks', { json: {} })).status).toBe(404);
  });
});
