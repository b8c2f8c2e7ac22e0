import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '#kernel/json';
import { compareDecimals } from './decimal.ts';
import { likeParts, matchesLike } from './like.ts';
import { parseCeql } from './parse.ts';
import { toPredicate } from './predicate.ts';
import { ceqlText } from './testing.ts';

const record = parseJson(`{
  "id": 12345678901234567890, "price": 1.50, "count": 7, "code": "007", "name": "Ann", "active": true, "nothing": null,
  "created": "2024-05-01T12:00:00+02:00", "day": "2024-05-01", "tags": ["x", "y"], "a.b": "dotted",
  "address": { "city": "Köln", "lines": [{ "n": 1 }, { "n": 2 }] }, "mail": "a_b@x.org", "text": "10", "empty": ""
}`);

describe('toPredicate', () => {
  it.each([
    ["name = 'Ann'", true],
    ["name = 'ann'", false],
    ["name < 'Bob'", true],
    ["name < 'ann'", true],
    ['id = 12345678901234567890', true],
    ['id = 12345678901234567891', false],
    ['id > 12345678901234567889', true],
    ['id < 12345678901234567891', true],
    ["id = '12345678901234567890'", true],
    ["id = '12345678901234567891'", false],
    ['price = 1.5', true],
    ['price = 1.500', true],
    ['count = 7', true],
    ['count >= 7.0', true],
    ["count = '7'", true],
    ["count = 'seven'", false],
    ["count != 'seven'", true],
    ['count < 10', true],
    ["text < '9'", true],
    ['text < 9', false],
    ['code = 7', true],
    ["code = '7'", false],
    ['active = true', true],
    ["active = 'TRUE'", true],
    ['active = 1', false],
    ["created = '2024-05-01T10:00:00Z'", true],
    ['created = 2024-05-01T10:00:00.000Z', true],
    ["created > '2024-05-01'", true],
    ["created < '2024-05-01T10:00:01'", true],
    ["day = '2024-05-01T00:00:00Z'", true],
    ["day < '2024-06'", true],
    ['missing IS NULL', true],
    ['nothing IS NULL', true],
    ['nothing = null', true],
    ['missing != null', false],
    ['empty IS NULL', false],
    ["empty = ''", true],
    ['name IS NOT NULL', true],
    ["missing != 'x'", true],
    ["missing = 'x'", false],
    ['missing < 1', false],
    ['missing > 1', false],
    ['count > null', false],
    ["missing LIKE '%'", false],
    ["missing NOT LIKE '%'", true],
    ["address.city = 'Köln'", true],
    ["`a.b` = 'dotted'", true],
    // A name with a dot is found without quotes too, where no field is nested that way.
    ["a.b = 'dotted'", true],
    ['address.lines[1].n = 2', true],
    ['address.lines[*].n = 2', true],
    ['address.lines[*].n = 3', false],
    ["address = 'Köln'", false],
    ["tags = 'y'", true],
    ["tags != 'y'", false],
    ["tags IN ('q', 'x')", true],
    ["tags LIKE 'X%'", true],
    ["name IN ('Bob', 'Ann')", true],
    ["name NOT IN ('Bob', 'Ann')", false],
    ['missing IN (1, null)', true],
    ["name LIKE 'a%'", true],
    ["name LIKE 'a'", false],
    ["name LIKE '%N%'", true],
    ["mail LIKE 'a_b@%'", true],
    ["name LIKE 'A_n'", false],
    ["address.city LIKE 'KÖ%'", true],
    ["count LIKE '7'", true],
    ["NOT name = 'Ann'", false],
    ["name = 'Ann' AND count = 8 OR active = true", true],
    ["name = 'Ann' AND (count = 8 OR active = false)", false],
    ['constructor IS NULL', true],
    ['__proto__ IS NULL', true],
    ['name.length = 3', false],
  ])('%s is %s', (text, expected) => {
    expect(toPredicate(parseCeql(text))(record)).toBe(expected);
  });

  it.each([null, undefined, 7, 'text', []])('takes the fields of %j as missing', (value) => {
    expect(toPredicate(parseCeql('a IS NULL'))(value)).toBe(true);
  });

  it('takes dates of platform records', () => {
    const test = toPredicate(parseCeql("at >= '2024-05-01'"));
    expect([test({ at: new Date('2024-05-02') }), test({ at: new Date(Number.NaN) })]).toEqual([true, false]);
  });

  it('answers for any expression and any record', () => {
    fc.assert(
      fc.property(ceqlText, fc.jsonValue(), (text, value) => {
        expect(typeof toPredicate(parseCeql(text))(value)).toBe('boolean');
      }),
    );
  });
});

describe('compareDecimals', () => {
  it('orders as the numbers do', () => {
    const scaled = fc.tuple(
      fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
      fc.integer({ min: 0, max: 12 }),
    );
    fc.assert(
      fc.property(scaled, scaled, ([a, aPlaces], [b, bPlaces]) => {
        const left = a * 10n ** BigInt(12 - aPlaces);
        const right = b * 10n ** BigInt(12 - bPlaces);
        const expected = left === right ? 0 : left < right ? -1 : 1;
        expect(Math.sign(compareDecimals(`${a}e-${aPlaces}`, `${b}E-${bPlaces}`))).toBe(expected);
      }),
    );
  });

  it.each([
    ['1e400', '1e401', -1],
    ['-1e400', '1', -1],
    ['0.0', '-0', 0],
    ['100', '1e+2', 0],
    ['0.00100', '1e-3', 0],
    ['1e999999999999', '1e-999999999999', 1],
    ['-2', '-10', 1],
  ])('%s and %s', (a, b, expected) => {
    expect(Math.sign(compareDecimals(a, b))).toBe(expected);
  });
});

describe('matchesLike', () => {
  it('agrees with a regular expression', () => {
    const letters = (max: number, ...more: string[]): fc.Arbitrary<string> =>
      fc.array(fc.constantFrom('a', 'b', ...more), { maxLength: max }).map((list) => list.join(''));
    fc.assert(
      fc.property(letters(10), letters(6, '%'), (text, pattern) => {
        const expected = new RegExp(`^${pattern.replaceAll('%', '.*')}$`).test(text);
        expect(matchesLike(text, likeParts(pattern))).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
