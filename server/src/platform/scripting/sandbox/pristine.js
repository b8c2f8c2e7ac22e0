// Tells whether a run has left its global as it found it, so that the same script may run in it again.
(function pristine(global) {
  'use strict';
  const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const { test } = RegExp.prototype;
  const { call } = Function.prototype;
  const nothing = /(?:)/;

  /** What text from outside may change by its mere keys, such as `__proto__`. */
  const reachedByData = [Object, Array, String, Number, Boolean, Function];

  const countKeys = (object) => {
    let count = 0;
    for (const _key in object) count++;
    return count;
  };

  /** Getters are not called. NaN is left out: it is not equal to itself. */
  function note(object) {
    const names = [];
    const values = [];
    for (const name of ownKeys(object)) {
      const { value } = getOwnPropertyDescriptor(object, name);
      if (value === undefined || value !== value) continue;
      names.push(name);
      values.push(value);
    }
    return { object, keys: countKeys(object), names, values, prototype: getPrototypeOf(object) };
  }

  function isAsNoted({ object, keys, names, values, prototype }) {
    if (getPrototypeOf(object) !== prototype || countKeys(object) !== keys) return false;
    for (let index = 0; index < names.length; index++)
      if (object[names[index]] !== values[index]) return false;
    return true;
  }

  const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

  /**
   * To be called before the script runs. What it may change without hiding it is looked at: names of the global, what it
   * names itself, and what text may reach.
   *
   * @returns `add`, for modules that it loads, and `isAsBefore`.
   */
  global.__pristine = (body) => {
    const notes = [];
    const add = (object) => {
      if (isObject(object)) notes.push(note(object));
    };
    for (const { prototype } of reachedByData) add(prototype);
    const keysOfGlobal = ownKeys(global).length;
    const named = { object: global, names: [], values: [] };
    for (const name of ownKeys(global)) {
      if (typeof name !== 'string' || !body.includes(name)) continue;
      const { value } = getOwnPropertyDescriptor(global, name);
      if (value === undefined || value !== value) continue;
      named.names.push(name);
      named.values.push(value);
      if (value !== global) add(value);
    }
    named.prototype = getPrototypeOf(global);
    named.keys = countKeys(global);
    notes.push(named);
    return {
      add(module) {
        add(module);
        if (isObject(module)) add(module.prototype);
      },
      isAsBefore() {
        if (test.call !== call || ownKeys(global).length !== keysOfGlobal) return false;
        for (let index = 0; index < notes.length; index++) if (!isAsNoted(notes[index])) return false;
        // The engine remembers the last text that was searched: `RegExp.$_`.
        test.call(nothing, '');
        return true;
      },
    };
  };
})(globalThis);
