// The `CE` object of scripts, and the Java-style collections of old ones.
(function helpers(global) {
  'use strict';
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const randomString = (length = 10) =>
    Array.from(
      { length: Math.min(Number(length) || 10, 1000) },
      () => letters[Math.floor(Math.random() * letters.length)],
    ).join('');

  global.__helpers = (host) => {
    const crypto = (operation, ...values) => host.crypto(operation, ...values.map((value) => String(value)));
    const hmac = (algorithm) => (encoding) => (secret, text) =>
      crypto('hmac', String(algorithm).toLowerCase(), encoding, secret, text);
    const named = {};
    for (const algorithm of ['Md5', 'Sha1', 'Sha256', 'Sha512']) {
      for (const encoding of ['Hex', 'Base64']) {
        named[`hmac${algorithm}${encoding}`] = hmac(algorithm.toLowerCase())(encoding.toLowerCase());
      }
    }
    return Object.freeze({
      randomString,
      randomEmail: () => `${randomString(10)}@example.com`,
      md5: (text) => crypto('md5', text),
      b64: (text) => crypto('b64', text),
      decode64: (text) => crypto('decode64', text),
      hmac,
      ...named,
    });
  };

  /** Lists and maps as Java has them, which are arrays and objects to everybody else. */
  const withMethods = (target, methods) => {
    for (const [name, value] of Object.entries(methods))
      Object.defineProperty(target, name, { value, configurable: true, writable: true });
    return target;
  };

  global.__legacy = () => ({
    getArray() {
      const items = [];
      return withMethods(items, {
        add: (...given) =>
          items.splice(given.length > 1 ? given[0] : items.length, 0, given.at(-1)).length === 0,
        addAll: (more) => items.push(...more) > 0,
        get: (index) => items[index],
        set: (index, item) => void (items[index] = item),
        remove: (index) => items.splice(index, 1)[0],
        contains: (item) => items.includes(item),
        isEmpty: () => items.length === 0,
        size: () => items.length,
      });
    },
    getMap() {
      const map = {};
      const put = (key, value) =>
        void Object.defineProperty(map, key, {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      const has = (key) => Object.hasOwn(map, key) && Object.keys(map).includes(String(key));
      return withMethods(map, {
        put,
        putAll: (more) => Object.keys(more).forEach((key) => put(key, more[key])),
        get: (key) => (has(key) ? map[key] : undefined),
        remove: (key) => delete map[key],
        containsKey: has,
        keySet: () => Object.keys(map),
        values: () => Object.values(map),
        isEmpty: () => Object.keys(map).length === 0,
        size: () => Object.keys(map).length,
      });
    },
  });
})(globalThis);
