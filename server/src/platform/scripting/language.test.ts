import { afterAll, describe, expect, it } from 'vitest';
import { createScripting, ScriptError } from './index.ts';

const scripting = createScripting({ cpuLimitMs: 300, wallLimitMs: 5_000, memoryLimitMb: 32 });
afterAll(() => scripting.close());

function run(body: string, bindings: Record<string, unknown> = {}, legacy = false) {
  return scripting.run({ name: 'a.js', body, legacy }, bindings, { tenant: 'one' });
}

const faultOf = (body: string, bindings: Record<string, unknown> = {}) =>
  run(body, bindings).then(
    () => undefined,
    (error: unknown) => (error instanceof ScriptError ? error : undefined),
  );

describe('the values that a script is given', () => {
  it('can be assigned to, for this run alone', async () => {
    const body = 'request_body = request_body + 1; done({ response_body: request_body })';
    for (let times = 0; times < 2; times++)
      expect(await run(body, { request_body: 'x' })).toMatchObject({ result: { response_body: 'x1' } });
  });

  it('leave alone what it is given beside them', async () => {
    for (const name of ['done', 'CE', 'require', 'console']) {
      const fault = await faultOf(`let a;\n${name} = 1;\ndone()`);
      expect(fault?.message).toMatch(/at line 2: Assignment to constant variable/);
    }
  });

  it.each([
    ['let', 'let response_body = { own: 1 }; done({ response_body })', { own: 1 }],
    ['var', 'var response_body = response_body || {}; done({ response_body })', { a: 1 }],
    [
      'var, later',
      'if (true) { var response_body = { ...response_body, b: 2 } } done({ response_body })',
      { a: 1, b: 2 },
    ],
    ['a parameter', '((response_body) => done({ response_body }))(3)', 3],
  ])('may be covered by a name of its own: %s', async (_, body, expected) => {
    expect((await run(body, { response_body: { a: 1 } })).result).toEqual({ response_body: expected });
  });

  it('are copies: what is changed in place is seen by this run alone', async () => {
    const list = [1];
    const { result } = await run('list.push(2); Object.freeze(list); done({ list })', { list });
    expect(result).toEqual({ list: [1, 2] });
    expect(list).toEqual([1]);
  });

  it('find headers in any case, and write them in lower case', async () => {
    const { result } = await run(
      `done({ type: response_headers['Content-Type'], has: 'Content-Type' in response_headers,
              none: response_headers.nothing, all: response_headers, names: Object.keys(response_headers) })`,
      { response_headers: { 'content-type': 'text/xml' } },
    );
    expect(result).toEqual({
      type: 'text/xml',
      has: true,
      all: { 'content-type': 'text/xml' },
      names: ['content-type'],
    });
  });

  it('may be absent: a name without a value is undefined, and never somebody else’s', async () => {
    const { result } = await run('done({ none: typeof request_headers, to: typeof events })', {
      request_headers: undefined,
      events: undefined,
    });
    expect(result).toEqual({ none: 'undefined', to: 'undefined' });
  });
});

describe('a script of the old kind', () => {
  it.each<[string, string, boolean, unknown]>([
    ['returns, though its row does not say so', 'return { a: 1 }', false, { a: 1 }],
    ['returns only at times', 'if (false) { return { a: 1 } }', false, undefined],
    ['returns early from a new one', 'if (true) return { a: 1 };\ndone({ a: 2 })', false, { a: 1 }],
    ['returns nothing of use', 'return 7', false, undefined],
    ['calls done, though it is old', 'done({ a: 1 })', true, { a: 1 }],
    [
      'uses names that it never declared',
      'for (i = 0; i < 3; i++) total = i; return { total: total }',
      true,
      { total: 2 },
    ],
    ['returns its list in a map', 'const m = getMap(); m.put("a", 1); return m', true, { a: 1 }],
  ])('%s', async (_, body, legacy, expected) => {
    expect((await run(body, {}, legacy)).result).toEqual(expected);
  });

  it('is not ended by what a timer returns', async () => {
    expect((await run('return setTimeout(() => done({ late: true }), 1)')).result).toEqual({ late: true });
  });

  it('has lists and maps with the methods of Java', async () => {
    const { result } = await run(`
      const list = getArray(); list.add('b'); list.add(0, 'a'); list.addAll(['c', 'd']); list.remove(3);
      const map = getMap(); map.put('k', 1); map.putAll({ z: 3 }); map.remove('z');
      done({ list, map, first: list.get(0), size: list.size(), has: list.contains('c'), empty: getArray().isEmpty(),
             k: map.get('k'), none: map.get('nothing') === undefined, keys: map.keySet() })`);
    expect(result).toEqual({
      list: ['a', 'b', 'c'],
      map: { k: 1 },
      first: 'a',
      size: 3,
      has: true,
      empty: true,
      k: 1,
      none: true,
      keys: ['k'],
    });
  });
});

describe('libraries', () => {
  it.each([
    ['lodash', `require('lodash').get({ a: [{ b: 1 }] }, 'a[0].b')`, 1],
    ['lodash/fp', `require('lodash/fp').flow((n) => n + 1, String)(1)`, '2'],
    [
      'moment',
      `require('moment').utc('2026-01-31T10:00:00Z').add(1, 'month').format('YYYY-MM-DD')`,
      '2026-02-28',
    ],
    ['moment, of another language', `require('moment')('2026-01-31').locale('xx').format('MMM')`, 'Jan'],
    ['util', `require('util').isArray([])`, true],
  ])('%s', async (_, expression, expected) => {
    expect((await run(`done({ value: ${expression} })`)).result).toEqual({ value: expected });
  });

  it.each(['fs', 'child_process', 'node:fs', '../x', 'request', '__proto__', 'constructor'])(
    'are not %s, and the message names what there is',
    async (name) => {
      const fault = await faultOf(`require(${JSON.stringify(name)})`);
      expect(fault?.message).toContain(
        `Cannot find module '${name}'. Scripts may require lodash, lodash/fp, moment, util, http, https, buffer.`,
      );
    },
  );

  it('sign as RFC 2202 and RFC 4231 say, in every spelling', async () => {
    const { result } = await run(`const k = 'Jefe', t = 'what do ya want for nothing?';
      done({
        md5: CE.hmacMd5Hex(k, t), sha1: CE.hmacSha1Hex(k, t), sha256: CE.hmacSha256Hex(k, t),
        same: [CE.hmac('md5')('hex')(k, t), CE.hmac('SHA1')('hex')(k, t), CE.hmac('sha256')('hex')(k, t)],
        base64: [CE.hmacMd5Base64(k, t), CE.hmacSha1Base64(k, t), CE.hmacSha256Base64(k, t)],
      })`);
    const hex = [
      '750c783e6ab0b503eaa86e310a5db738',
      'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ];
    const base64 = hex.map((text) => Buffer.from(text, 'hex').toString('base64'));
    expect(result).toEqual({ md5: hex[0], sha1: hex[1], sha256: hex[2], same: hex, base64 });
  });
});

it('has bytes with the encodings of Node', async () => {
  const texts = ['', 'a', 'ab', 'abc', 'grüße €', '😀', '\0\xFF'];
  const { result } = await run(
    `done({ all: texts.map((text) => { const b = Buffer.from(text);
       return [b.length, b.toString('base64'), b.toString('hex'), b.toString('base64url'), b.toString('latin1'), b.toString(),
         Buffer.from(b.toString('base64'), 'base64').toString(), Buffer.from(b.toString('hex'), 'hex').equals(b)] }),
       bytes: Buffer.from('ff00fe', 'hex').toString('base64'), odd: Buffer.from([0xff, 0x61, 0xe2, 0x82]).toString(),
       joined: Buffer.concat([Buffer.from('a'), Buffer.from('b')]).toString(), is: Buffer.isBuffer(Buffer.alloc(2)),
       basic: btoa('user:pass'), back: atob('YQ=='), size: Buffer.byteLength('€') })`,
    { texts },
  );
  const all = texts.map((text) => {
    const b = Buffer.from(text);
    const spellings = (['base64', 'hex', 'base64url', 'latin1'] as const).map((encoding) =>
      b.toString(encoding),
    );
    return [b.length, ...spellings, text, text, true];
  });
  const rest = { joined: 'ab', is: true, basic: 'dXNlcjpwYXNz', back: 'a', size: 3, bytes: '/wD+' };
  expect(result).toEqual({ all, ...rest, odd: Buffer.from([0xff, 0x61, 0xe2, 0x82]).toString() });
});

it('leaves the connection to the client that it calls by', async () => {
  const asked: unknown[] = [];
  const fetch = async (request: { headers: Record<string, string> }) => {
    asked.push(request.headers);
    return { status: 200, headers: { 'x-a': 'b' }, body: 'ok' };
  };
  const body = `const http = require('http');
    const request = http.request({ host: 'h', method: 'POST', headers: { 'Content-Length': 3, Host: 'x', 'X-A': 1 } }, (reply) => {
      reply.on('data', () => {}); reply.on('end', () => done({ status: reply.statusCode })) });
    request.write('abc'); request.end();`;
  const outcome = await scripting.run({ name: 'a.js', body, legacy: false }, {}, { tenant: 'one', fetch });
  expect(outcome.result).toEqual({ status: 200 });
  expect(asked).toEqual([{ 'X-A': '1' }]);
});

it('logs what it is given, errors and circles too, and says whom it wants to mail', async () => {
  const { console, notifications } = await run(`
    const circle = {}; circle.circle = circle;
    console.log('a', 1, [2], new Error('e'), undefined, null);
    console.log(circle);
    notify.email('ann@example.com', 'Hello', 'It is done');
    done();`);
  expect(console).toEqual(['a 1 [2] e undefined null', '[object Object]']);
  expect(notifications).toEqual([{ to: 'ann@example.com', subject: 'Hello', body: 'It is done' }]);
});
