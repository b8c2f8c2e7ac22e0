// Runs inside each isolate, before any script: what scripts may use. Nothing of Node is in reach: `post` and `crypto` take
// and give texts and numbers only, and no script ever sees them.
(function (global) {
  'use strict';
  const { stringify, parse, rawJSON } = JSON;
  const create = Object.create;
  const freeze = Object.freeze;

  /** A number that a double cannot hold behaves as one, but is written back as it came. */
  class ExactNumber extends Number {
    #text;
    constructor(text) {
      super(text);
      this.#text = text;
    }
    toJSON() {
      return rawJSON(this.#text);
    }
    toString(radix) {
      return radix === undefined ? this.#text : super.toString(radix);
    }
  }
  const keepDigits = (key, value, context) =>
    typeof value === 'number' && String(value) !== context.source ? new ExactNumber(context.source) : value;
  /** What is written back as it came has lost no digit; the other way costs several times as much. */
  const parseExact = (text) => {
    const value = parse(text);
    return stringify(value) === text ? value : parse(text, keepDigits);
  };

  const toText = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return textOf(value);
    try {
      return stringify(value) ?? String(value);
    } catch {
      return textOf(value);
    }
  };

  /** Header names are ours in lower case; scripts write them in any. */
  const headerNames = ['request_headers', 'response_headers', 'request_previous_response_headers'];
  const inAnyCase = (headers) =>
    headers &&
    new Proxy(headers, {
      get: (target, name) =>
        target[name] ?? (typeof name === 'string' ? target[name.toLowerCase()] : undefined),
      has: (target, name) => name in target || (typeof name === 'string' && name.toLowerCase() in target),
    });

  const isPlain = (value) => {
    if (value === null || typeof value !== 'object') return false;
    const prototype = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
  };

  function textOf(error) {
    try {
      const told = error !== null && typeof error === 'object' && 'message' in error ? error.message : error;
      return String(told).slice(0, 2000);
    } catch {
      return 'an error that cannot be shown';
    }
  }

  function lineOf(error) {
    try {
      const found = /hook\.js:(\d+)/.exec(String(error.stack));
      return found ? Number(found[1]) : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Makes everything that a script sees. What it returns is called from outside: with 0 and its values it runs the script
   * and promises the outcome, with another number it delivers the answer to that question.
   *
   * Several runs may follow each other, each of them once the one before is over. No text is promised when that one has left
   * its world changed: then this one has not begun.
   */
  global.__prepare = function prepare(post, crypto, hook, names, legacy, keptFor) {
    delete global.__prepare;
    for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics']) delete global[name];
    const waiting = new Map();
    let questions = 0;
    const ask = (kind, text) =>
      new Promise((resolve) => {
        waiting.set(++questions, resolve);
        post(kind, questions, text);
      });
    const host = { sleep: (ms) => ask('sleep', String(ms)), fetch: (text) => ask('fetch', text), crypto };

    let lines = [];
    let mails = [];
    let finished = true;
    let pending = 0;
    let timers = 0;
    let cleared = new Set();
    let settle;

    const finish = (value) => {
      if (finished) return;
      finished = true;
      let text;
      try {
        text = stringify({ ...value, console: lines, notifications: mails });
      } catch (error) {
        text = stringify({ fault: 'result', message: textOf(error), console: lines, notifications: mails });
      }
      settle(text);
    };
    const fail = (error) => finish({ fault: 'thrown', message: textOf(error), line: lineOf(error) });
    const done = (value) => finish({ result: value });

    const log = (...values) => {
      if (lines.length < 200) lines.push(values.map(toText).join(' ').slice(0, 4000));
    };
    const console = freeze({ log, info: log, warn: log, error: log, debug: log });
    const notify = freeze({
      email(to, subject, body) {
        if (mails.length < 20) mails.push({ to: toText(to), subject: toText(subject), body: toText(body) });
      },
    });

    /** Runs a piece that came later; its errors are the script's. */
    const enter = (piece, ...values) => {
      if (finished) return;
      try {
        piece(...values);
      } catch (error) {
        fail(error);
      }
    };
    /** When nothing is pending any more, nobody can call done. */
    const check = () => {
      if (!finished && pending === 0) finish({ fault: 'unfinished' });
    };
    const checkLater = () => {
      if (!finished) host.sleep(0).then(check, check);
    };
    const later = (promise, then, otherwise) => {
      pending++;
      promise.then(
        (value) => {
          pending--;
          enter(then, value);
          checkLater();
        },
        (error) => {
          pending--;
          enter(otherwise ?? fail, error);
          checkLater();
        },
      );
    };

    const setTimeout = (piece, ms = 0, ...values) => {
      const id = ++timers;
      if (id > 10_000) throw new RangeError('too many timers');
      later(host.sleep(Math.max(0, Number(ms) || 0)), () => {
        if (!cleared.delete(id)) piece(...values);
      });
      return id;
    };
    const clearTimeout = (id) => void cleared.add(id);

    let world;
    const CE = global.__helpers(host);
    const require = global.__modules(host, later, setTimeout, (module) => world?.add(module));
    const legacyValues = global.__legacy();
    const pristine = global.__pristine;
    for (const name of ['__helpers', '__modules', '__legacy', '__pristine']) delete global[name];
    // `print` is what the old product's first engine had for console.log.
    const setImmediate = (piece, ...values) => setTimeout(piece, 0, ...values);
    Object.assign(global, { setTimeout, clearTimeout, setImmediate, print: log, ...legacyValues });
    if (keptFor !== undefined) world = pristine(keptFor);

    const toValues = (text) => {
      const all = create(null);
      for (const name of names) all[name] = undefined;
      Object.assign(all, parseExact(text), { done, console, notify, CE, require });
      for (const name of headerNames) all[name] = inAnyCase(all[name]);
      return all;
    };

    /** What a script returns counts in the old way of ending, which new scripts use too. */
    const end = (returned) => {
      if (finished) return;
      if (isPlain(returned)) finish({ result: returned });
      else if (pending === 0 && (legacy || (returned !== undefined && returned !== null)))
        finish({ result: undefined });
    };
    const begin = (valuesText) => {
      const outcome = new Promise((resolve) => (settle = resolve));
      lines = [];
      mails = [];
      timers = 0;
      cleared = new Set();
      finished = false;
      try {
        const returned = hook(toValues(valuesText));
        if (!finished && returned && typeof returned.then === 'function') later(returned, end);
        else end(returned);
      } catch (error) {
        fail(error);
      }
      if (!finished) post('waits', 0, '');
      checkLater();
      return outcome;
    };
    let runs = 0;
    const isAsBefore = () => finished && pending === 0 && waiting.size === 0 && world.isAsBefore();
    return (question, text) => {
      if (question === 0) return runs++ === 0 || isAsBefore() ? begin(text) : undefined;
      const resolve = waiting.get(question);
      waiting.delete(question);
      resolve?.(text);
      return undefined;
    };
  };
})(globalThis);
