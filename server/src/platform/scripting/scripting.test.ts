import { afterAll, describe, expect, it } from 'vitest';
import { stringifyJson, parseJson } from '#kernel/json';
import { createScripting, ScriptError } from './index.ts';
import type { ScriptFetch } from './index.ts';

const scripting = createScripting({ cpuLimitMs: 300, wallLimitMs: 5_000, memoryLimitMb: 32 });
afterAll(() => scripting.close());

interface More {
  bindings?: Record<string, unknown>;
  legacy?: boolean;
  tenant?: string;
  fetch?: ScriptFetch;
}

function run(body: string, { bindings = {}, legacy = false, tenant = 'one', fetch }: More = {}) {
  return scripting.run({ name: 'a.js', body, legacy }, bindings, { tenant, ...(fetch ? { fetch } : {}) });
}

async function faultOf(body: string, more: More = {}): Promise<ScriptError> {
  try {
    await run(body, more);
  } catch (error) {
    if (error instanceof ScriptError) return error;
    throw error;
  }
  throw new Error('The script did not fail');
}

describe('a script ends by', () => {
  it.each<[string, string, boolean, unknown]>([
    ['done with an object', 'done({ a: 1 })', false, { a: 1 }],
    ['done with nothing', 'done()', false, undefined],
    ['the first of several calls of done', 'done({ a: 1 }); done({ a: 2 })', false, { a: 1 }],
    ['done after a timer', 'setTimeout(() => done({ late: true }), 5)', false, { late: true }],
    ['done in a promise', 'Promise.resolve(3).then((n) => done({ n }))', false, { n: 3 }],
    ['return, when it is a legacy one', 'return { a: 1 }', true, { a: 1 }],
    ['its last line, when it is a legacy one', 'var a = 1', true, undefined],
  ])('%s', async (_, body, legacy, expected) => {
    expect((await run(body, { legacy })).result).toEqual(expected);
  });
});

describe('a script that fails names itself, its line and the reason', () => {
  it.each<[string, string, string, RegExp]>([
    ['an unknown name', 'let a = 1;\nfoo.bar()', 'thrown', /"a\.js" failed at line 2: foo is not defined/],
    ['wrong syntax', 'let a = 1;\n\n)', 'syntax', /at line 3: Unexpected token/],
    ['its own error', 'throw new Error("no list")', 'thrown', /no list/],
    ['an error in a timer', 'setTimeout(() => { null.x }, 1)', 'thrown', /null/],
    ['no call of done', 'var a = 1', 'unfinished', /without calling done/],
    ['a result that refers to itself', 'const a = {}; a.a = a; done(a)', 'result', /circular/i],
    [
      'a result that traps',
      'done(new Proxy({}, { ownKeys() { throw new Error("trap") } }))',
      'result',
      /trap/,
    ],
    ['an error that cannot be shown', 'throw { get message() { throw 1 } }', 'thrown', /cannot be shown/],
    ['an unknown module', 'require("fs")', 'thrown', /may require lodash/],
  ])('%s', async (_, body, kind, message) => {
    const fault = await faultOf(body);
    expect([fault.kind, fault.message]).toEqual([kind, expect.stringMatching(message)]);
  });
});

it('sees its bindings as variables, also those that are undefined', async () => {
  const { result } = await run('done({ sum: a + b.c, none: typeof gone, unused: nothing })', {
    bindings: { a: 1, b: { c: 2 }, nothing: undefined },
  });
  expect(result).toEqual({ sum: 3, none: 'undefined' });
});

it('moves numbers around without losing digits', async () => {
  const bindings = { list: parseJson('[12345678901234567890, 1.10]') };
  const { result } = await run('done({ first: list[0], doubled: list[1] * 2, last: list[1] })', { bindings });
  expect(stringifyJson(result)).toBe('{"first":12345678901234567890,"doubled":2.2,"last":1.10}');
});

it('offers CE, lodash, util and a log', async () => {
  const { result, console } = await run(`
    const _ = require('lodash');
    console.log('seen', { a: 1 });
    done({
      chunks: _.chunk([1, 2, 3], 2),
      doubled: require('lodash/fp').map((n) => n * 2)([1]),
      text: require('util').format('%s-%d', 'a', 2),
      md5: CE.md5('a'),
      mac: CE.hmac('sha256')('hex')('key', 'text') === CE.hmacSha256Hex('key', 'text'),
      b64: CE.decode64(CE.b64('grüße')),
      mail: /@example\\.com$/.test(CE.randomEmail()),
    })`);
  expect(result).toEqual({
    chunks: [[1, 2], [3]],
    doubled: [2],
    text: 'a-2',
    md5: '0cc175b9c0f1b6a831c399e269772661',
    mac: true,
    b64: 'grüße',
    mail: true,
  });
  expect(console).toEqual(['seen {"a":1}']);
});

describe('http and https', () => {
  const get = `require('https').get({ hostname: 'h', path: '/p', headers: { a: 'b' } }, (response) => {
    let text = '';
    response.on('data', (chunk) => (text += chunk));
    response.on('end', () => done({ text, status: response.statusCode }));
  }).on('error', (error) => done({ error: error.message }))`;

  it('go through the client that the platform gives', async () => {
    const asked: unknown[] = [];
    const fetch: ScriptFetch = async (request) => {
      asked.push(request);
      return { status: 201, headers: {}, body: 'made' };
    };
    expect((await run(get, { fetch })).result).toEqual({ text: 'made', status: 201 });
    expect(asked).toEqual([{ url: 'https://h/p', method: 'GET', headers: { a: 'b' } }]);
  });

  it.each<[string, ScriptFetch | undefined, string]>([
    ['there is no client', undefined, 'this script may not call out'],
    ['a call fails', async () => Promise.reject(new Error('refused')), 'refused'],
  ])('emit an error when %s', async (_, fetch, error) => {
    expect((await run(get, fetch ? { fetch } : {})).result).toEqual({ error });
  });
});

describe('an attacker does not get out', () => {
  it.each([
    ['by the constructor of a function', 'done({ found: done.constructor("return typeof process")() })'],
    ['by the constructor of CE', 'done({ found: CE.md5.constructor("return typeof process")() })'],
    ['by the constructor of require', 'done({ found: require.constructor("return typeof process")() })'],
    [
      'by the error of a callback of ours',
      'try { CE.hmac("nope")("hex")("a", "b") } catch (e) { done({ found: e.constructor.constructor("return typeof process")() }) }',
    ],
    ['by eval', 'done({ found: (0, eval)("typeof process") })'],
    ['by the global object', 'done({ found: typeof globalThis.process })'],
    [
      'by what we keep inside',
      'done({ found: typeof __prepare === "undefined" ? typeof __sources : "seen" })',
    ],
  ])('%s', async (_, body) => {
    expect((await run(body)).result).toEqual({ found: 'undefined' });
  });

  it('by import()', async () => {
    const { result } = await run(
      'import("node:fs").then(() => done({ found: true }), () => done({ found: false }))',
    );
    expect(result).toEqual({ found: false });
  });

  it.each([
    [
      'prototypes',
      'Array.prototype.map = () => 1; Object.prototype.seen = 1; done({})',
      'done({ seen: {}.seen, mapped: [1].map((n) => n + 1) })',
    ],
    [
      'globals',
      'globalThis.seen = 1; JSON.parse = 1; done({})',
      'done({ seen: globalThis.seen, mapped: JSON.parse("[2]") })',
    ],
  ])('what it does to %s is gone with its run', async (_, attack, next) => {
    await run(attack);
    expect((await run(next)).result).toEqual({ mapped: [2] });
  });
});

it('goes on for as long as it is asked to, however much the runs before have used', async () => {
  const bindings = { list: Array.from({ length: 500 }, (_, index) => ({ index, text: 'x'.repeat(100) })) };
  for (let round = 0; round < 150; round++) {
    const runs = Array.from({ length: 3 }, () =>
      run('done({ length: require("lodash").map(list, "text").length })', { bindings }),
    );
    expect((await Promise.all(runs)).map(({ result }) => result)).toEqual([
      { length: 500 },
      { length: 500 },
      { length: 500 },
    ]);
  }
});

describe('a script that takes too much is ended, and others go on', () => {
  it.each([
    ['an endless loop', 'while (true) {}'],
    ['an endless loop in a timer', 'setTimeout(() => { while (true) {} }, 1)'],
    ['a promise bomb', 'const bomb = () => Promise.resolve().then(bomb); bomb()'],
    ['a slow regular expression', '/^(a+)+$/.test("a".repeat(40) + "b"); done()'],
    ['an allocation bomb', 'const all = []; while (true) all.push(new Array(100000).fill(1))'],
    ['a growing text', 'let text = "x"; while (true) text += text'],
    ['many buffers', 'const all = []; while (true) all.push(new Uint8Array(10000000))'],
    ['a result without end', 'done({ text: Array.from({ length: 200 }, () => "x".repeat(1000000)) })'],
  ])('%s', async (_, body) => {
    await expect(run(body, { tenant: 'greedy' })).rejects.toBeInstanceOf(ScriptError);
    expect((await run('done({ fine: true })', { tenant: 'modest' })).result).toEqual({ fine: true });
    expect((await run('done({ again: true })', { tenant: 'greedy' })).result).toEqual({ again: true });
  });
});

it('a tenant may run scripts without end: what a run leaves behind is collected', async () => {
  const bindings = { text: 'x'.repeat(10_000) };
  for (let runs = 0; runs < 600; runs++) await run('done({ text })', { bindings, tenant: 'busy' });
  expect((await run('done({ fine: true })', { tenant: 'busy' })).result).toEqual({ fine: true });
});

it('a run that waits too long is given up, and the next of the same script is not hurt', async () => {
  const own = createScripting({ wallLimitMs: 300 });
  const body = 'if (wait) setTimeout(() => done({ late: true }), 2000); else done({ fine: true })';
  const start = (wait: boolean) =>
    own.run({ name: 'a.js', body, legacy: false }, { wait }, { tenant: 'one' });
  for (const round of [1, 2]) {
    expect((await start(false)).result, `round ${round}`).toEqual({ fine: true });
    await expect(start(true)).rejects.toThrow('it did not end within 0.3 s');
  }
  expect((await start(false)).result).toEqual({ fine: true });
  await own.close();
});
