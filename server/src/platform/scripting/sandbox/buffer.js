// `Buffer` as scripts know it: bytes with encodings.
(function buffer(global) {
  'use strict';
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

  function fromUtf8(text) {
    const bytes = [];
    for (const letter of text.toWellFormed()) {
      const code = letter.codePointAt(0);
      if (code < 0x80) bytes.push(code);
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
      else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      else
        bytes.push(
          0xf0 | (code >> 18),
          0x80 | ((code >> 12) & 63),
          0x80 | ((code >> 6) & 63),
          0x80 | (code & 63),
        );
    }
    return bytes;
  }

  /** How many bytes follow the first one of a letter. */
  function lengthOf(first) {
    if (first < 0xc2 || first > 0xf4) return 0;
    return first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  }

  /** What is no UTF-8 becomes the character that stands for such faults. */
  function toUtf8(bytes) {
    let text = '';
    for (let at = 0; at < bytes.length;) {
      const first = bytes[at++];
      if (first < 0x80) {
        text += String.fromCharCode(first);
        continue;
      }
      const more = lengthOf(first);
      let code = first & (0x3f >> more);
      let read = 0;
      for (; read < more && (bytes[at] & 0xc0) === 0x80; read++) {
        code = (code << 6) | (bytes[at++] & 63);
      }
      const least = [0x80, 0x80, 0x800, 0x10000][more];
      const isValid =
        more > 0 && read === more && code >= least && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      text += isValid ? String.fromCodePoint(code) : '\ufffd';
    }
    return text;
  }

  function fromBase64(text) {
    const bytes = [];
    let bits = 0;
    let held = 0;
    for (const letter of text.replace(/-/g, '+').replace(/_/g, '/')) {
      if (letter === '=') break;
      const value = digits.indexOf(letter);
      if (value < 0) continue;
      bits = ((bits << 6) | value) & 0xffffff;
      held += 6;
      if (held >= 8) bytes.push((bits >> (held -= 8)) & 255);
    }
    return bytes;
  }

  function toBase64(bytes) {
    let text = '';
    for (let at = 0; at < bytes.length; at += 3) {
      const [one, two, three] = [bytes[at], bytes[at + 1], bytes[at + 2]];
      text += digits[one >> 2] + digits[((one & 3) << 4) | (two >> 4)];
      text += two === undefined ? '=' : digits[((two & 15) << 2) | (three >> 6)];
      text += three === undefined ? '=' : digits[three & 63];
    }
    return text;
  }

  const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const fromHex = (text) =>
    (/^(?:[\da-f]{2})*/i.exec(text)[0].match(/../g) ?? []).map((two) => parseInt(two, 16));
  const fromLatin1 = (text) => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at) & 255);
  const toLatin1 = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const encodings = {
    utf8: [fromUtf8, toUtf8],
    base64: [fromBase64, toBase64],
    base64url: [
      fromBase64,
      (bytes) => toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, ''),
    ],
    hex: [fromHex, toHex],
    latin1: [fromLatin1, toLatin1],
    binary: [fromLatin1, toLatin1],
    ascii: [fromLatin1, (bytes) => toLatin1(bytes.map((byte) => byte & 127))],
  };
  function encodingOf(name = 'utf8') {
    const found = String(name).toLowerCase().replace('utf-8', 'utf8');
    if (!Object.hasOwn(encodings, found)) throw new TypeError(`Unknown encoding: ${name}`);
    return encodings[found];
  }

  class Buffer extends Uint8Array {
    static from(value, encoding) {
      const bytes = typeof value === 'string' ? encodingOf(encoding)[0](value) : value;
      return new Buffer(bytes?.type === 'Buffer' ? bytes.data : bytes);
    }
    static alloc(size, fill = 0) {
      return new Buffer(size).fill(fill);
    }
    static isBuffer(value) {
      return value instanceof Buffer;
    }
    static concat(list) {
      return new Buffer(list.flatMap((one) => Array.from(one)));
    }
    static byteLength(value, encoding) {
      return typeof value === 'string' ? encodingOf(encoding)[0](value).length : value.byteLength;
    }
    toString(encoding) {
      return encodingOf(encoding)[1](this);
    }
    equals(other) {
      return this.length === other.length && this.every((byte, at) => byte === other[at]);
    }
    toJSON() {
      return { type: 'Buffer', data: Array.from(this) };
    }
  }

  global.__buffer = Buffer;
})(globalThis);
