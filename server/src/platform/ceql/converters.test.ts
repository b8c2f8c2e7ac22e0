import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '#kernel/json';
import { toConditions } from './conditions.ts';
import { converters } from './converters.ts';
import { CeqlError } from './errors.ts';
import { withoutNot } from './expression.ts';
import { parseCeql } from './parse.ts';
import { toPredicate } from './predicate.ts';
import { ceqlText } from './testing.ts';

/** Undefined: refused. */
function check(name: string, text: string, expected: unknown): void {
  const convert = converters[name];
  if (expected === undefined) expect(() => convert?.(text)).toThrow(CeqlError);
  else expect(convert?.(text)).toEqual(expected);
}

describe('toQueryParameters', () => {
  it.each([
    ["a='x' and b='y'", { a: 'x', b: 'y' }],
    [
      '(a=1.50) and (b=true and `c d`=12345678901234567890)',
      { a: '1.50', b: 'true', 'c d': '12345678901234567890' },
    ],
    ["createdDate = '2017-05-24T18:31:01Z'", { createdDate: '2017-05-24T18:31:01Z' }],
    ["page.size=''", { 'page.size': '' }],
    ["a='x' or b='y'", undefined],
    ["a='x' and b>1", undefined],
    ["not a='x'", undefined],
    ["a in ('x')", undefined],
    ["a='x' and a='y'", undefined],
    ['a=null', undefined],
  ])('%s', (text, expected) => check('toQueryParameters', text, expected));

  it('says what it cannot express', () => {
    expect(() => converters['toQueryParameters']?.("a > 1 and b='x'")).toThrow("'a' > cannot be expressed");
  });

  it('takes __proto__ for a name', () => {
    const parameters = converters['toQueryParameters']?.("__proto__='x'");
    expect(Object.entries(parameters ?? {})).toEqual([['__proto__', 'x']]);
  });
});

describe('toODataFilter', () => {
  it.each([
    ["name='it''s'", "name eq 'it''s'"],
    ['a!=1 and b<2 or c>=3.50', '(a ne 1 and b lt 2) or c ge 3.50'],
    ['a=12345678901234567890', 'a eq 12345678901234567890'],
    ['address.city is not null', 'address/city ne null'],
    ['a=null and b=true', 'a eq null and b eq true'],
    ['a in (1,2)', '(a eq 1 or a eq 2)'],
    ['a not in (1,2)', '(a ne 1 and a ne 2)'],
    ['not (a=1 or b=2)', 'not (a eq 1 or b eq 2)'],
    ["a like 'x%'", "startswith(a,'x')"],
    ["a like '%x'", "endswith(a,'x')"],
    ["a like '%x%'", "contains(a,'x')"],
    ["a not like '%it''s%'", "not contains(a,'it''s')"],
    ["a like 'x'", "a eq 'x'"],
    ["a like '%'", 'a ne null'],
    ["a like 'x%yz'", "(startswith(a,'x') and endswith(a,'yz') and length(a) ge 3)"],
    ["a like '%x%y%'", undefined],
    ["at > '2024-05-01T10:00:00Z'", 'at gt 2024-05-01T10:00:00Z'],
    ["at > '2024-05-01T10:00:00'", 'at gt 2024-05-01T10:00:00Z'],
    ["at > '2024-05-01T10:00:00+0200'", 'at gt 2024-05-01T08:00:00Z'],
    ["at > '2024-05-01'", 'at gt 2024-05-01'],
    ["at = '2024-99-01'", "at eq '2024-99-01'"],
    ['`x eq 1 or y`=1', undefined],
  ])('%s', (text, expected) => check('toODataFilter', text, expected));
});

describe('toODataV3Filter', () => {
  it.each([
    ["a like '%x%'", "substringof('x',a)"],
    ["a not like '%x%'", "not substringof('x',a)"],
    ["a like 'x%'", "startswith(a,'x')"],
    ["at > '2024-05-01T10:00:00+02:00'", "at gt datetime'2024-05-01T08:00:00'"],
    ["at > '2024-05-01T10:00:00.250Z'", "at gt datetime'2024-05-01T10:00:00.250'"],
    ["at > '2024-05-01'", "at gt datetime'2024-05-01T00:00:00'"],
  ])('%s', (text, expected) => check('toODataV3Filter', text, expected));
});

describe('toQuickbase', () => {
  it.each([
    ["`6`='value'", "{'6'.EX.'value'}"],
    ["field='value'", "{'field'.EX.'value'}"],
    ["a!=1 and (b<2 or c like '%x%')", "{'a'.XEX.'1'}AND({'b'.LT.'2'}OR{'c'.CT.'x'})"],
    ["not (a=1 or b like 'x%')", "{'a'.XEX.'1'}AND{'b'.XSW.'x'}"],
    ['a in (1,2)', "({'a'.EX.'1'}OR{'a'.EX.'2'})"],
    ['a is null', "{'a'.EX.''}"],
    ["a >= '2024-05-01'", "{'a'.OAF.'2024-05-01'}"],
    ["a = 'it''s'", undefined],
    ["a like '%x'", undefined],
  ])('%s', (text, expected) => check('toQuickbase', text, expected));
});

describe('toWiql', () => {
  const select = 'SELECT [System.Id] FROM WorkItems WHERE ';
  it.each([
    ["System.State = 'Active'", "[System.State] = 'Active'"],
    [
      "System.Title like '%it''s%' and not (a in (1,2))",
      "[System.Title] CONTAINS 'it''s' AND [a] NOT IN (1, 2)",
    ],
    ['a != 1 or b is not null', "[a] <> 1 OR [b] <> ''"],
    ["a like 'x%'", undefined],
    ['`a] = 1 or [b`=1', undefined],
  ])('%s', (text, expected) => check('toWiql', text, expected && select + expected));
});

describe('toConditions', () => {
  it.each([
    ["name='x'", [{ attribute: 'name', operator: '=', value: 'x' }]],
    [
      "a=1 and (b like 'x%' or not (c is null and d in (1,2)))",
      [
        { attribute: 'a', operator: '=', value: 1 },
        { attribute: 'b', operator: 'LIKE', value: 'x%' },
        { attribute: 'c', operator: 'IS NOT NULL', value: null },
        { attribute: 'd', operator: 'NOT IN', value: [1, 2] },
      ],
    ],
    ['`a.b`.c != true', [{ attribute: 'a.b.c', operator: '!=', value: true }]],
    ['not a < 5', [{ attribute: 'a', operator: '>=', value: 5 }]],
  ])('%s', (text, expected) => {
    expect(toConditions(parseCeql(text))).toEqual(expected);
  });
});

describe('every expression', () => {
  it('is converted or refused with a CeqlError', () => {
    fc.assert(
      fc.property(ceqlText, (text) => {
        expect(toConditions(parseCeql(text)).length).toBeGreaterThan(0);
        for (const convert of Object.values(converters)) {
          try {
            convert(text);
          } catch (error) {
            expect(error).toBeInstanceOf(CeqlError);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    'not (a=1 and (b=2 or not c=3))',
    "not (a like 'x%' or b in (1,2) or c is null)",
    "not (not a!=1 and not b not like '%y')",
  ])('%s means the same without NOT', (text) => {
    const expression = parseCeql(text);
    const values = ['1', '2', '3', 'null', '"xy"'];
    for (const [a, b, c] of values.flatMap((x) => values.flatMap((y) => values.map((z) => [x, y, z])))) {
      const record = parseJson(`{"a":${a},"b":${b},"c":${c}}`);
      expect(toPredicate(withoutNot(expression))(record)).toBe(toPredicate(expression)(record));
    }
  });
});
