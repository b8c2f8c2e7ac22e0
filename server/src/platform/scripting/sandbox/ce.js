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
      crypto('hmac', algorithm, encoding, secret, text);
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

  global.__legacy = () => ({
    getArray() {
      const items = [];
      Object.defineProperties(items, {
        add: { value: (item) => items.push(item) > 0 },
        get: { value: (index) => items[index] },
        size: { value: () => items.length },
      });
      return items;
    },
    getMap() {
      const map = {};
      Object.defineProperties(map, {
        put: { value: (key, value) => void (map[key] = value) },
        get: { value: (key) => map[key] },
        size: { value: () => Object.keys(map).length },
      });
      return map;
    },
  });
})(globalThis);
