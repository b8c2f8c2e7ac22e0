import { afterAll, describe, expect, it } from 'vitest';
import { createScripting, ScriptError } from './index.ts';
import type { ScriptFetch } from './index.ts';

const scripting = createScripting({ cpuLimitMs: 300, wallLimitMs: 5_000, memoryLimitMb: 32 });
afterAll(() => scripting.close());

function run(body: string, { tenant = 'attacker', fetch }: { tenant?: string; fetch?: ScriptFetch } = {}) {
  return scripting.run(
    { name: 'a.js', body, legacy: false },
    { value: { a: 1 } },
    { tenant, ...(fetch && { fetch }) },
  );
}

/** Text that finds Node, if it is anywhere to be found. */
const look = `return [typeof process, typeof require, typeof module, typeof global, typeof Deno].join()`;
const nothing = 'undefined,undefined,undefined,undefined,undefined';

describe('no way leads from a script to Node', () => {
  it.each([
    ['the constructor of a value', 'value.constructor.constructor'],
    ['the constructor of a list', '[].constructor.constructor'],
    ['the constructor of console.log', 'console.log.constructor'],
    ['the constructor of notify', 'notify.email.constructor'],
    ['the constructor of a timer', 'setTimeout.constructor'],
    ['a generator', '(function*(){}).constructor.constructor'],
    ['an asynchronous function', '(async () => {}).constructor.constructor'],
    ['a library', "require('lodash').template.constructor"],
    [
      'what a library compiles',
      "((text) => () => require('lodash').template('<%= (() => {' + text + '})() %>')())",
    ],
    ['a caller', '((f) => { try { return f.caller.constructor } catch { return Function } })(console.log)'],
    ['the prototype of a promise', 'Promise.resolve().then.constructor'],
    ['Reflect', "Reflect.construct(Function, ['return Function'])()"],
  ])('by %s', async (_, made) => {
    const { result } = await run(`done({ found: ${made}(${JSON.stringify(look)})() })`);
    expect(result).toEqual({ found: nothing });
  });

  it.each([
    [
      'a stack that is prepared',
      'Error.prepareStackTrace = (_, calls) => calls; const calls = new Error().stack;',
    ],
    [
      'a stack too deep',
      'let calls = []; const deep = () => deep(); try { deep() } catch (error) { calls = [error] }',
    ],
  ])('by %s', async (_, attack) => {
    const { result } = await run(`${attack}
      const found = calls.flatMap((call) => {
        try { const f = call.getFunction ? call.getFunction() : call; const t = call.getThis ? call.getThis() : undefined;
          return [f, t].filter(Boolean).map((one) => one.constructor.constructor(${JSON.stringify(look)})()) }
        catch { return [] } });
      done({ found: found.filter((one) => one !== ${JSON.stringify(nothing)}) })`);
    expect(result).toEqual({ found: [] });
  });

  it('by what comes from outside later: answers are built inside', async () => {
    const fetch: ScriptFetch = async () => ({ status: 200, headers: { a: 'b' }, body: 'text' });
    const { result } = await run(
      `require('http').get('http://h/', (response) => {
        const found = [response, response.headers, response.on].map((one) => one.constructor.constructor(${JSON.stringify(look)})());
        done({ found });
      })`,
      { fetch },
    );
    expect(result).toEqual({ found: [nothing, nothing, nothing] });
  });
});

describe('an error that is a trap harms nobody', () => {
  it.each([
    ['a message with a getter', 'throw { get message() { throw new Error("inner") } }'],
    ['a message that runs', 'throw { message: { toString() { throw 1 } } }'],
    [
      'a stack with a getter',
      'const e = new Error("own"); Object.defineProperty(e, "stack", { get() { throw 1 } }); throw e',
    ],
    [
      'a stack that never ends',
      'const e = new Error("own"); Object.defineProperty(e, "stack", { get() { while (true) {} } }); throw e',
    ],
    ['a proxy', 'throw new Proxy({}, { get() { throw 1 }, has() { throw 1 } })'],
    ['a message of a million letters', 'throw new Error("x".repeat(1e6))'],
    ['nothing', 'throw undefined'],
    ['a symbol', 'throw Symbol("s")'],
    ['a getter in the result', 'done({ get a() { throw new Error("trap") } })'],
    ['a result that writes itself', 'done({ toJSON() { return undefined } }); throw 1'],
    ['JSON that is replaced', 'Object.prototype.toJSON = () => "x"; done({ a: 1 })'],
    ['JSON that is replaced by nothing', 'Object.prototype.toJSON = () => undefined; done({ a: 1 })'],
    [
      'an outcome with fields of its own',
      'Object.prototype.console = 1; Object.prototype.fault = "thrown"; throw 1',
    ],
  ])('%s', async (_, body) => {
    const outcome = await run(body).catch((error: unknown) => error);
    if (outcome instanceof Error) {
      expect(outcome).toBeInstanceOf(ScriptError);
      expect(outcome.message.length).toBeLessThan(3000);
    }
    expect((await run('done({ fine: true })')).result).toEqual({ fine: true });
  });
});

describe('what a run does to its world, the next one does not find', () => {
  it.each([
    [
      'prototypes',
      'Object.prototype.left = 1; Array.prototype.push = () => 0; String.prototype.slice = () => ""; done()',
    ],
    [
      'a prototype by a path',
      'require("lodash").set({}, "__proto__.left", 1); require("lodash").merge({}, JSON.parse(\'{"__proto__":{"left":1}}\')); done()',
    ],
    ['libraries', 'require("lodash").map = () => 1; require("util").format = 1; done()'],
    [
      'what scripts have',
      'try { CE.left = 1 } catch {} try { CE.md5 = 1 } catch {} globalThis.setTimeout = 1; done()',
    ],
    [
      'the machinery',
      'Promise = undefined; Map.prototype.get = () => () => {}; Object.assign = () => ({}); done()',
    ],
    [
      'a promise for later',
      'Promise.resolve().then(() => { globalThis.left = 1; Object.prototype.left = 1 }); done()',
    ],
    ['a timer for later', 'setTimeout(() => { globalThis.left = 1 }, 1); done()'],
  ])('%s', async (_, attack) => {
    await run(attack).catch(() => {});
    const { result } = await run(`const _ = require('lodash');
      setTimeout(() => done({ left: {}.left, global: typeof globalThis.left, mapped: _.map([1], (n) => n + 1),
        text: require('util').format('%s', 'abc'.slice(1)), md5: CE.md5('a').length, list: [].push(1) }), 0)`);
    expect(result).toEqual({ global: 'undefined', mapped: [2], text: 'bc', md5: 32, list: 1 });
  });
});

describe('a run finds nothing of the runs of the same script before it', () => {
  it.each<[string, string]>([
    [
      'values that it declared',
      'let own = typeof left; var left = 1; done({ found: [own, typeof left].join() })',
    ],
    ['names that it never declared', 'const found = typeof leftOver; leftOver = 1; done({ found })'],
    ['a name of the engine', 'const found = JSON.left; JSON.left = 1; done({ found: String(found) })'],
    [
      'a function of the engine',
      'const found = typeof Math.max(1, 2); Math.max = () => "left"; done({ found })',
    ],
    [
      'a prototype, by a path',
      `const found = {}.left; const path = ['__proto', '__'].join(''); ({})[path].left = 1; done({ found: String(found) })`,
    ],
    [
      'a prototype, by its name',
      'const found = [].left; Array.prototype.left = 1; done({ found: String(found) })',
    ],
    [
      'a library',
      `const _ = require('lodash'); const found = _.left; _.left = 1; done({ found: String(found) })`,
    ],
    [
      'what a library keeps to itself',
      `const moment = require('moment'); const found = moment.locale(); moment.defineLocale('xx', {}); done({ found })`,
    ],
    ['a timer', 'const found = typeof leftOver; setTimeout(() => { leftOver = 1 }, 1); done({ found })'],
    [
      'a promise',
      'const found = typeof leftOver; Promise.resolve().then(() => { leftOver = 1 }); done({ found })',
    ],
    ['the last text that was searched', 'const found = RegExp.input; /a/.test("a secret"); done({ found })'],
    ['its log', 'console.log("once"); notify.email("a", "b", "c"); done({ found: 1 })'],
  ])('%s', async (_, body) => {
    const runs = [];
    for (let times = 0; times < 3; times++)
      runs.push(await scripting.run({ name: 'a.js', body, legacy: true }, {}, { tenant: 'again' }));
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });

  it('even where it failed', async () => {
    const body = 'leftOver = (typeof leftOver) + "!"; throw new Error(leftOver)';
    const fail = () =>
      scripting
        .run({ name: 'a.js', body, legacy: true }, {}, { tenant: 'again' })
        .catch(({ message }: Error) => message);
    expect([await fail(), await fail()]).toEqual(Array(2).fill(expect.stringContaining('undefined!')));
  });

  it('where they come at once, and each gets its own answers', async () => {
    const fetch: ScriptFetch = async ({ url }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { status: 200, headers: {}, body: url };
    };
    const body = `require('http').get('http://h/' + value, (response) => {
      let text = ''; response.on('data', (chunk) => (text += chunk)); response.on('end', () => done({ value, text })) })`;
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, value) =>
        scripting.run({ name: 'a.js', body, legacy: false }, { value }, { tenant: 'again', fetch }),
      ),
    );
    expect(outcomes.map(({ result }) => result)).toEqual(
      outcomes.map((_, value) => ({ value, text: `http://h/${value}` })),
    );
  });
});

describe('while one tenant takes all it can, another is served', () => {
  it.each([
    ['an allocation bomb', 'const all = []; while (true) all.push(new Array(100000).fill(all.length))'],
    ['promises without end', 'const bomb = () => Promise.resolve().then(bomb).then(bomb); bomb()'],
    ['many promises at once', 'const all = []; for (;;) all.push(new Promise(() => {}))'],
    ['timers that make timers', 'const bomb = () => { setTimeout(bomb, 0); setTimeout(bomb, 0) }; bomb()'],
    ['deep recursion', 'const deep = () => [deep(), deep()]; for (;;) { try { deep() } catch {} }'],
    ['a deep object', 'let a = {}; for (let i = 0; i < 1e6; i++) a = { a }; done(a)'],
    ['a huge list', 'done(new Array(4e9 / 2))'],
    ['a list that no process can hold', 'done("x".repeat(2 ** 28).split("").length)'],
    ['a list that is filled from nothing', 'done(Array.from({ length: 2 ** 28 }).length)'],
    ['a search that the engine does not stop', 'done([].indexOf.call({ length: 2 ** 53 - 1 }, 1))'],
    [
      'a search before the script has begun',
      '}) }), [].indexOf.call({ length: 2 ** 53 - 1 }, 1), (function () { return (function () {',
    ],
    ['a number without end', 'done((2n ** (2n ** 29n)).toString().length)'],
    ['a wide template', '`${"x".repeat(2 ** 28)}`.split(""); done()'],
  ])('%s', async (_, body) => {
    const attack = run(body).catch((error: unknown) => error);
    for (let served = 0; served < 5; served++)
      expect((await run('done({ served: true })', { tenant: 'other' })).result).toEqual({ served: true });
    expect(await attack).toBeInstanceOf(ScriptError);
    expect((await run('done({ again: true })')).result).toEqual({ again: true });
  });
});

it('who is at work in a process that somebody ends is done again, unless it has made calls by then', async () => {
  const own = createScripting({ cpuLimitMs: 300, wallLimitMs: 10_000, memoryLimitMb: 32 });
  let calls = 0;
  let called: (() => void) | undefined;
  const hasCalled = new Promise<void>((resolve) => (called = resolve));
  const fetch: ScriptFetch = async () => {
    calls++;
    called?.();
    return { status: 200, headers: {}, body: '' };
  };
  const start = (tenant: string, body: string) =>
    own.run({ name: `${tenant}.js`, body, legacy: false }, {}, { tenant, fetch }).then(
      ({ result }) => result,
      (error: Error) => error.message,
    );
  const quiet = start('quiet', 'setTimeout(() => done({ fine: true }), 500)');
  const calling = start(
    'calling',
    'require("http").get("http://h/", () => setTimeout(() => done({ fine: true }), 5000))',
  );
  await hasCalled;
  const greedy = start('greedy', 'done("x".repeat(2 ** 28).split(""))');
  expect(await Promise.all([quiet, calling, greedy])).toEqual([
    { fine: true },
    'Hook "calling.js" failed: it was interrupted between two calls; try again',
    // Which limit it meets first is a matter of the machine.
    expect.stringMatching(/^Hook "greedy.js" failed: it used more (memory|processor time) than it may$/),
  ]);
  expect(calls).toBe(1);
  await own.close();
});
