import { describe, expect, it } from 'vitest';
import { toStorableJson } from './storable-json.ts';

describe('JSON for PostgreSQL', () => {
  const texts: [string, string, string][] = [
    ['a zero byte', 'a\0b', 'ab'],
    ['several of them', '\0\0a\0', 'a'],
    ['half of a surrogate pair', 'a\ud83d', 'a\ufffd'],
    ['its other half alone', '\ude00\ude00', '\ufffd\ufffd'],
    ['a whole pair', 'a😀', 'a😀'],
    ['a backslash before a zero byte', '\\\0', '\\'],
    ['text that is an escape in JSON', '{"a":"\\u0000"}', '{"a":"\\u0000"}'],
    ['text that is half a pair in JSON', '"\\ud83d"', '"\\ud83d"'],
    ['a backslash at the end of such text', '\\u0000\\', '\\u0000\\'],
  ];
  it.each(texts)('%s', (_what, text, kept) => {
    expect(JSON.parse(toStorableJson([text]))).toEqual([kept]);
  });
});
