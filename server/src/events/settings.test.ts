import { describe, expect, it } from 'vitest';
import { readHeaders } from './settings.ts';

describe('headers of a callback', () => {
  it.each([
    ['pairs with commas', 'X-One: 1, X-Two: a=b; c', { 'X-One': '1', 'X-Two': 'a=b; c' }],
    ['lines', ' X-One :  1 \nX-Two=2', { 'X-One': '1', 'X-Two': '2' }],
    ['JSON', '{"X-One ": 1}', { 'X-One': '1' }],
    ['an empty value', 'X-One:', { 'X-One': '' }],
    ['what is no pair', 'nonsense', { '': '' }],
  ])('are read from %s', (_, text, headers) => {
    expect(readHeaders(text)).toEqual(headers);
  });

  it('with a long run of blanks are read at once', () => {
    const startedAtMs = performance.now();
    expect(readHeaders(`X-One: 1${' '.repeat(200_000)}2`)['X-One']).toHaveLength(200_002);
    expect(performance.now() - startedAtMs).toBeLessThan(1000);
  });
});
