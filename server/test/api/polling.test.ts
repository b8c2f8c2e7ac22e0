import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestApp } from '#test/app';
import type { Connected, TestApp } from '#test/app';
import { createTestDatabase } from '#test/database';
import { library, parameter, resource } from '#test/definition';
import { startProvider } from '#test/provider';
import type { Provider, ReceivedRequest } from '#test/provider';

interface Book {
  id: number;
  created: string;
  changed: string;
  deleted?: boolean;
}

let app: TestApp;
let provider: Provider;
let books: Book[];
let shelves: { name: string; books?: number }[];

const plan = {
  books: {
    url: "/hubs/documents/books?since=${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}",
    idField: 'id',
    deletedField: 'deleted',
    pageSize: 2,
    datesConfiguration: { createdDateField: 'created', updatedDateField: 'changed' },
  },
  shelves: { url: '/shelves', idField: 'name', detectDeletes: true },
};

const row = (key: string, defaultValue: string) => ({ key, name: key, type: 'TEXTFIELD_1000', defaultValue });

/** Books are filtered and paged by the provider, shelves are one list. */
function answer({ path, query }: ReceivedRequest) {
  if (path !== '/books') return { body: shelves };
  const changed = books.filter((book) => book.changed >= (query.get('since') ?? ''));
  const first = (Number(query.get('page')) - 1) * Number(query.get('limit'));
  return { body: changed.slice(first, first + Number(query.get('limit'))) };
}

function start(more: { databaseUrl?: string; masterKey?: TestApp['masterKey'] } = {}): Promise<TestApp> {
  return startTestApp({
    elements: [
      library(
        [
          resource('GET', '/books', {
            parameters: [
              parameter('query', 'since'),
              parameter('query', 'page'),
              parameter('query', 'pageSize', 'query', 'limit'),
            ],
            pagination: { type: 'page', max: 10 },
          }),
          resource('GET', '/shelves', { paginationType: 'VENDOR_NOT_SUPPORTED' }),
        ],
        {
          configuration: [
            row('base.url', provider.url),
            row('event.notification.enabled', 'false'),
            row('event.vendor.type', 'polling'),
            row('event.poller.refresh_interval', '15'),
            row('event.poller.configuration', JSON.stringify(plan)),
          ],
        },
      ),
    ],
    allowHosts: [provider.host],
    pacingMaxWaitMs: 200,
    providerTimeoutMs: 1_000,
    ...more,
  });
}

beforeAll(async () => {
  provider = await startProvider();
  app = await start();
});
beforeEach(() => {
  books = [];
  shelves = [{ name: 'poems' }];
  provider.reset();
  provider.answer(answer);
});
afterEach(() => app.query(sql`delete from instance`));
afterAll(async () => {
  await app.close();
  await provider.close();
});

const time = () => new Date().toISOString();
const waits = 20_000;

interface PollRow {
  object_name: string;
  last_error: string | null;
  failures: number;
  isDone: boolean;
  last_polled_at: Date | null;
}
const polls = ({ id }: Connected) =>
  app.query(sql<PollRow>`
    select *, last_polled_at is not null and leased_by is null and next_poll_at > now() as "isDone"
    from event_poll where instance_id = ${id} order by object_name`);
const makeDue = () => app.query(sql`update event_poll set next_poll_at = now() - interval '1 second'`);
const told = async ({ id }: Connected) => {
  const rows = await app.query(sql<{
    objects: { objectType: string; objectId: string; eventType: string }[];
  }>`
    select objects from event where instance_id = ${id} order by id`);
  return rows.flatMap(({ objects }) =>
    objects.map((one) => `${one.objectType} ${one.objectId} ${one.eventType}`),
  );
};
const settled = (instance: Connected) =>
  vi.waitFor(async () => expect((await polls(instance)).every(({ isDone }) => isDone)).toBe(true), waits);

/** A connected account, after its first poll. */
async function connect(): Promise<Connected> {
  const instance = await app.connect('library', { configuration: { 'event.notification.enabled': 'true' } });
  await settled(instance);
  expect(await polls(instance)).toHaveLength(2);
  return instance;
}

/** Polls once more, now. */
async function poll(instance: Connected): Promise<void> {
  await makeDue();
  await settled(instance);
}

describe('an account with events by polling', () => {
  it('learns what is created, changed and deleted, from all pages, once', async () => {
    books = [{ id: 0, created: '2020-01-01T00:00:00Z', changed: '2020-01-01T00:00:00Z' }];
    const instance = await connect();
    expect(await told(instance)).toEqual([]);
    for (const id of [1, 2, 3, 4, 5]) books.push({ id, created: time(), changed: time() });
    shelves.push({ name: 'novels' });
    await poll(instance);
    expect((await told(instance)).toSorted()).toEqual([
      ...[1, 2, 3, 4, 5].map((id) => `books ${id} CREATED`),
      'shelves novels CREATED',
    ]);
    await app.query(sql`delete from event`);
    books[0] = { id: 0, created: '2020-01-01T00:00:00Z', changed: time() };
    books[1] = { id: 1, created: '2020-01-01T00:00:00Z', changed: time(), deleted: true };
    shelves = [{ name: 'novels', books: 7 }];
    await poll(instance);
    await poll(instance);
    expect((await told(instance)).toSorted()).toEqual([
      'books 0 UPDATED',
      'books 1 DELETED',
      'shelves novels UPDATED',
      'shelves poems DELETED',
    ]);
  });

  it('is refused with every fault of its plan', async () => {
    const { status, body } = await app.call('POST', '/instances', {
      json: {
        name: 'faulty',
        element: { key: 'library' },
        externalAuthentication: 'initial',
        providerData: { access_token: 'x' },
        configuration: {
          'event.poller.configuration': { books: { url: '/books?at=${now}', pageSize: 0 }, shelves: 'all' },
        },
      },
    });
    expect(status).toBe(400);
    expect(body.message).toContain('books: the token ${now} is unknown');
    expect(body.message).toContain('books: pageSize must be a whole number from 1 to 10000.');
    expect(body.message).toContain('shelves: the entry must be an object with url and idField.');
  });

  it('is polled no more when events are off or it is deleted, and again when they are on', async () => {
    const instance = await connect();
    const patch = (enabled: string) =>
      app.call('PATCH', `/instances/${instance.id}`, {
        json: { configuration: { 'event.notification.enabled': enabled } },
      });
    expect((await patch('false')).status).toBe(200);
    expect(await polls(instance)).toEqual([]);
    expect((await patch('true')).status).toBe(200);
    expect(await polls(instance)).toHaveLength(2);
    await settled(instance);
    expect((await app.call('DELETE', `/instances/${instance.id}`)).status).toBe(200);
    expect(await polls(instance)).toEqual([]);
  });

  it('waits while it is disabled, and catches up when it is enabled', async () => {
    const instance = await connect();
    expect((await app.call('DELETE', `/instances/${instance.id}/enabled`)).status).toBe(200);
    books.push({ id: 1, created: time(), changed: time() });
    provider.received.length = 0;
    await makeDue();
    await vi.waitFor(async () => {
      const errors = (await polls(instance)).map(({ last_error }) => last_error);
      const why = 'Not polled: the instance is disabled.';
      expect(errors).toEqual([why, why]);
    }, waits);
    expect(provider.received).toEqual([]);
    expect((await app.call('PUT', `/instances/${instance.id}/enabled`)).status).toBe(200);
    await settled(instance);
    await vi.waitFor(async () => expect(await told(instance)).toEqual(['books 1 CREATED']), waits);
  });

  it.each([
    ['answers 500', { status: 500, body: { error: 'broken' } }, 'broken'],
    ['answers 429', { status: 429, headers: { 'retry-after': '60' } }, 'called too often'],
    ['is silent', { fault: 'silent' as const }, 'did not answer'],
    ['breaks off', { fault: 'reset' as const }, ''],
    [
      'sends what nobody can read',
      { body: '{"a":', headers: { 'content-type': 'application/json' } },
      'cannot be read',
    ],
  ])('is told why its provider %s, is left alone for a while, and loses nothing', async (_, reply, said) => {
    const instance = await connect();
    books.push({ id: 1, created: time(), changed: time() });
    provider.answer(reply);
    await makeDue();
    await vi.waitFor(async () => {
      const rows = await polls(instance);
      expect(rows.map(({ failures, isDone }) => ({ failures, isDone }))).toEqual([
        { failures: 1, isDone: true },
        { failures: 1, isDone: true },
      ]);
      expect(rows[0]?.last_error).toContain(said);
    }, waits);
    provider.answer(answer);
    await poll(instance);
    expect(await told(instance)).toEqual(['books 1 CREATED']);
    expect((await polls(instance)).map(({ last_error }) => last_error)).toEqual([null, null]);
  });
});

describe('processes on one database', () => {
  it('poll each object once', async () => {
    const instance = await connect();
    const other = await start({ databaseUrl: app.databaseUrl, masterKey: app.masterKey });
    provider.received.length = 0;
    await poll(instance);
    expect(provider.received.map(({ path }) => path).toSorted()).toEqual(['/books', '/shelves']);
    await other.close();
  });

  it('go on where another has ended in the middle of pages', async () => {
    const everybodys = app;
    const database = await createTestDatabase();
    const { masterKey } = app;
    app = await start({ databaseUrl: database.url, masterKey });
    const instance = await connect();
    for (const id of [1, 2, 3, 4, 5]) books.push({ id, created: time(), changed: time() });
    const held = provider.next('GET /books');
    let release = () => {};
    provider.answer(async (request) => {
      if (request.path === '/books') await new Promise<void>((resolve) => (release = resolve));
      return answer(request);
    });
    await makeDue();
    await held;
    const ended = app.close();
    release();
    await ended;
    provider.answer(answer);
    provider.received.length = 0;
    app = await start({ databaseUrl: database.url, masterKey });
    await vi.waitFor(async () => expect(await told(instance)).toHaveLength(5), waits);
    await settled(instance);
    const pages = provider.received
      .filter(({ path }) => path === '/books')
      .map(({ query }) => query.get('page'));
    expect(pages).toEqual(['2', '3']);
    expect((await told(instance)).toSorted()).toEqual([1, 2, 3, 4, 5].map((id) => `books ${id} CREATED`));
    await app.close();
    await database.drop();
    app = everybodys;
  });
});
