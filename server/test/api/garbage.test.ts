import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp } from '#test/app';
import type { Loose, TestApp } from '#test/app';
import { bookshop, library, resource, shopKeys } from '#test/definition';

// Whatever is sent to whatever path, the fault is never ours: each operation of the API document is called with garbage.

let app: TestApp;
let ids: string[];
let token: string;

beforeAll(async () => {
  app = await startTestApp({ elements: [bookshop([resource('GET', '/books')])] });
  const made = await app.call('POST', '/elements', {
    json: {
      ...library([resource('GET', '/books')]),
      key: 'garbage',
      authentication: { type: 'custom' },
      models: { a: {} },
    },
  });
  const shop = await app.connect('bookshop', {
    configuration: { ...shopKeys, 'base.url': 'https://shop.example' },
  });
  ({ token } = shop);
  ids = [String(made.body.id), String(shop.id), 'garbage', 'bookshop'];
});
afterAll(() => app.close());

const names = [
  '1',
  '-1',
  '0',
  'abc',
  '%00',
  '__proto__',
  'constructor',
  '9999999999999999999999',
  '1e5',
  '..%2f',
  "a'b",
  '%F0%9F%92%A9',
  '%E0',
  'x'.repeat(2_000),
];
const queries = [
  '',
  'page=-1',
  'pageSize=abc',
  "where='",
  'nextPage=zzz',
  'where=a%3D1%20OR',
  'fields=__proto__',
  'expand=true&baseUrl=javascript:1',
  'extendedOnly=true&accountOnly=true',
  'tags[]=a&tags[]=%00',
  'searchText=%25%00',
  'apiKey=%00&callbackUrl=x',
];
const bodies = [
  undefined,
  '',
  '{',
  'null',
  '[]',
  '{}',
  '"x"',
  '1',
  '[null]',
  '{"name":null}',
  '{"name":5,"key":[],"resources":{}}',
  '{"name":"a","resources":[null,1,"x",{},{"method":{},"path":[]},{"method":"GET","path":"/a{b}{c}","parameters":[null],"hooks":[5]}]}',
  '{"name":"b","configuration":[null,{"key":5},{"key":"x","defaultValue":{}}],"hooks":[{"type":"preRequest","body":{}}]}',
  '{"name":"c","models":[null,5,{"id":{}}],"objects":[null],"parameters":[[]],"authentication":5}',
  '{"__proto__":{"x":1},"constructor":{"prototype":{}}}',
  '{"providerData":[],"configuration":"x","name":{},"element":{"key":{}}}',
  '{"id":1e999,"name":1e999,"key":12345678901234567890}',
  '{"name":"\\u0000x","key":"k\\u0000","a":"\\ud800"}',
  '{"openapi":"3.0.0","info":5,"paths":{"/a":{"get":{"parameters":[{"$ref":"#/paths"}]}}}}',
];

it('no operation answers garbage with a 500', { timeout: 300_000 }, async () => {
  const { body: document } = await app.call('GET', '/docs/json');
  const faults: string[] = [];
  let turn = 0;
  for (const [path, item] of Object.entries(document.paths as Loose)) {
    for (const [method, operation] of Object.entries(item as Loose)) {
      // A secret that is replaced twice would end the calls of this test.
      if (/\/authentication|\/secret/.test(path) || !/^(get|post|put|patch|delete)$/.test(method)) continue;
      const security = (operation as Loose).security ?? [];
      const authorization = security.some((one: object) => 'Element' in one)
        ? app.asElement(token)
        : app.asUser;
      for (let round = 0; round < 20; round++) {
        turn++;
        const real = round % 2 === 0;
        const asked = path
          .replace('/elements/api-v2', '')
          .replace(/\{[^}]+\}/g, () =>
            real ? (ids[turn % ids.length] ?? '') : (names[turn % names.length] ?? ''),
          )
          .replace('*', 'books');
        const text = method === 'get' || method === 'delete' ? undefined : bodies[turn % bodies.length];
        const query = queries[turn % queries.length];
        const reply = await app.call(method.toUpperCase(), query ? `${asked}?${query}` : asked, {
          authorization,
          ...(text === undefined ? {} : { body: text, headers: { 'content-type': 'application/json' } }),
        });
        // 502 is what a provider does, and none can be reached here.
        if (reply.status >= 500 && reply.status !== 502)
          faults.push(`${method} ${asked.slice(0, 200)}?${query} ${text}`);
      }
    }
  }
  expect(turn).toBeGreaterThan(1_000);
  expect(faults).toEqual([]);
  expect(app.log.filter(({ level }) => level === 'error')).toEqual([]);
});
