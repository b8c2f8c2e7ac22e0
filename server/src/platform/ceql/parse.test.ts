import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringifyJson } from '#kernel/json';
import { CeqlError } from './errors.ts';
import { printCeql } from './expression.ts';
import { maxCeqlDepth, parseCeql } from './parse.ts';
import { parseCeqlQuery, parseOrderBy } from './query.ts';
import { ceqlSoup, ceqlText, trickyText } from './testing.ts';
import { maxCeqlLength } from './tokens.ts';

describe('parseCeql reads', () => {
  it.each([
    ["name='x'", "name = 'x'"],
    ['key = "x"', "key = 'x'"],
    ["a='it''s'", "a = 'it''s'"],
    ['a="say ""hi"""', 'a = \'say "hi"\''],
    ["a='O\\'Brien'", "a = 'O''Brien'"],
    ["a='C:\\' and b=1", "a = 'C:\\' AND b = 1"],
    ["a='x\\'' and b=1", undefined],
    ['a=1 or b=2 and c=3', 'a = 1 OR (b = 2 AND c = 3)'],
    ['(a=1 or b=2) and c=3', '(a = 1 OR b = 2) AND c = 3'],
    ['(a=1 and b=2) and c=3', 'a = 1 AND b = 2 AND c = 3'],
    ['not a=1', 'NOT a = 1'],
    ['NOT NOT (a=1)', 'NOT NOT a = 1'],
    ['a in(1,2)', 'a IN (1, 2)'],
    ["a Not In ('x')", "a NOT IN ('x')"],
    ['a is null', 'a IS NULL'],
    ['a IS NOT NULL', 'a IS NOT NULL'],
    ["a not like 'x%'", "a NOT LIKE 'x%'"],
    ['a<>1', 'a != 1'],
    ['a>=-1.50', 'a >= -1.50'],
    ['a=12345678901234567890', 'a = 12345678901234567890'],
    ['a=TRUE', 'a = true'],
    ['a=null', 'a = null'],
    ['at>2024-05-01T10:00:00.000Z', "at > '2024-05-01T10:00:00.000Z'"],
    ['at>2024-05-01', "at > '2024-05-01'"],
    ['value=1 and from=2 and order=3', 'value = 1 AND from = 2 AND order = 3'],
    ['and=1 and or=2 or not=3', '(`and` = 1 AND `or` = 2) OR `not` = 3'],
    ['in in (1)', '`in` IN (1)'],
    ['is is null', '`is` IS NULL'],
    ['`first name`=1', '`first name` = 1'],
    ['`a.b`.c=1', '`a.b`.c = 1'],
    ['`plain`=1', 'plain = 1'],
    ['items[0].id=1 and items[*].soap:Body=2', 'items[0].id = 1 AND items[*].soap:Body = 2'],
    [' \n\ta\n=\t1 ', 'a = 1'],
  ])('%s', (text, printed) => {
    if (printed === undefined) expect(() => parseCeql(text)).toThrow(CeqlError);
    else expect(printCeql(parseCeql(text))).toBe(printed);
  });

  it('names in back-ticks as one name', () => {
    expect(parseCeql('`a.b`.c=1')).toMatchObject({ attribute: 'a.b.c', path: '`a.b`.c' });
  });
});

describe('parseCeql refuses', () => {
  it.each([
    ['', 1, 'the end', 'a field name'],
    ['  ', 3, 'the end', 'a field name'],
    ['a', 2, 'the end', 'an operator'],
    ['a=', 3, 'the end', 'a value'],
    ['a=bob', 3, 'bob', 'single quotes'],
    ["'a'=1", 1, "'a'", 'a field name'],
    ['a=1 b=2', 5, 'b', 'AND, OR or the end'],
    ['a=1 limit 5', 5, 'limit', 'AND, OR or the end'],
    ['a=1 and', 8, 'the end', 'a field name'],
    ['(a=1', 5, 'the end', "')'"],
    ['a=1)', 4, ')', 'AND, OR'],
    ['a in ()', 7, ')', 'a value'],
    ['a in (1 2)', 9, '2', "','"],
    ['a in 1', 6, '1', "'('"],
    ['a like 1', 8, '1', 'single quotes'],
    ['a is 1', 6, '1', 'NULL'],
    ['a not null', 7, 'null', 'LIKE or IN'],
    ["a='x", 3, "'x", 'ends in'],
    ['`a=1', 1, '`a=1', 'back-tick'],
    ['``=1', 1, '``=1', 'back-tick'],
    ['a.=1', 3, '=', 'behind the dot'],
    ['a=12abc', 3, '12abc', 'a number'],
    ['a=007', 3, '007', 'a number'],
    ['a==1', 3, '=', 'a value'],
    ['a ~ 1', 3, '~', 'an operator'],
  ])('%j at position %i', (text, position, found, expected) => {
    const error = failure(() => parseCeql(text));
    expect(error).toBeInstanceOf(CeqlError);
    expect(error).toMatchObject({ status: 400, position, found });
    expect((error as CeqlError).expected).toContain(expected);
    expect((error as Error).message).toContain(`position ${position}: found`);
  });

  it.each([
    ['too long a text', `a='${'x'.repeat(maxCeqlLength)}'`],
    ['too many parentheses', `${'('.repeat(20_000)}a=1${')'.repeat(20_000)}`],
    ['too many NOTs', `${'not '.repeat(10_000)}a=1`],
  ])('%s', (_name, text) => {
    expect(failure(() => parseCeql(text))).toBeInstanceOf(CeqlError);
  });

  it('nothing that is as deep as allowed', () => {
    const text = `${'('.repeat(maxCeqlDepth)}a=1${')'.repeat(maxCeqlDepth)}`;
    expect(printCeql(parseCeql(text))).toBe('a = 1');
  });
});

function failure(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('for every text', () => {
  it('what is printed parses to the same expression', () => {
    fc.assert(
      fc.property(ceqlText, (text) => {
        const expression = parseCeql(text);
        const again = parseCeql(printCeql(expression));
        // As text: two exact numbers are never the same object.
        expect(stringifyJson(again)).toBe(stringifyJson(expression));
      }),
      { numRuns: 3000 },
    );
  });

  it('a value in quotes is the value', () => {
    fc.assert(
      fc.property(trickyText, trickyText, fc.constantFrom("'", '"'), (one, two, quote) => {
        const quoted = [one, two].map((text) => quote + text.replaceAll(quote, quote + quote) + quote);
        expect(parseCeql(`a in (${quoted.join(',')})`)).toMatchObject({ values: [one, two] });
      }),
      { numRuns: 3000 },
    );
  });

  it('it parses or fails as a CeqlError, never in another way', () => {
    const texts = fc.oneof(ceqlSoup, fc.string(), fc.string({ unit: 'binary' }), ceqlText.chain(damaged));
    fc.assert(
      fc.property(texts, (text) => {
        for (const parse of [parseCeql, parseCeqlQuery, parseOrderBy]) {
          const error = failure(() => parse(text));
          if (error !== undefined) expect(error).toBeInstanceOf(CeqlError);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

function damaged(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat({ max: text.length }), fc.nat({ max: 5 }), ceqlSoup)
    .map(([at, gone, added]) => text.slice(0, at) + added + text.slice(at + gone));
}

describe('parseCeqlQuery', () => {
  it.each([
    ['SELECT * FROM contacts', undefined, 'contacts', undefined, undefined],
    [
      "select id, a.b from contacts where id='1' or limit=2 limit 10",
      ['id', 'a.b'],
      'contacts',
      "id = '1' OR `limit` = 2",
      10,
    ],
    ['select from, select from where where where = 1', ['from', 'select'], 'where', 'where = 1', undefined],
    ['select * from `my object` limit 0', undefined, 'my object', undefined, 0],
  ])('reads %s', (text, fields, from, where, limit) => {
    const query = parseCeqlQuery(text);
    expect(query.fields?.map(({ attribute }) => attribute)).toEqual(fields);
    expect(query).toMatchObject({ from, limit });
    expect(query.where && printCeql(query.where)).toBe(where);
  });

  it.each([
    ['', 'SELECT'],
    ['a=1', 'SELECT'],
    ['select', "'*' or a field name"],
    ['select a b from c', "',' or FROM"],
    ['select * from', 'the name of an object'],
    ['select * from a b', 'WHERE, LIMIT or the end'],
    ['select * from a where', 'a field name'],
    ['select * from a limit -1', 'a whole number'],
    ['select * from a limit 1.5', 'a whole number'],
    ['select * from a limit 1 where b=1', 'the end'],
  ])('refuses %j', (text, expected) => {
    expect((failure(() => parseCeqlQuery(text)) as CeqlError).expected).toContain(expected);
  });
});

describe('parseOrderBy', () => {
  it.each([
    ['name', ['name asc']],
    ['name ASC, other.date desc', ['name asc', 'other.date desc']],
    ['desc desc,`a b`', ['desc desc', 'a b asc']],
  ])('reads %s', (text, expected) => {
    expect(parseOrderBy(text).map(({ attribute, direction }) => `${attribute} ${direction}`)).toEqual(
      expected,
    );
  });

  it.each(['', 'name up', 'name,', ',name', 'name asc desc', "'name'"])('refuses %j', (text) => {
    expect(failure(() => parseOrderBy(text))).toBeInstanceOf(CeqlError);
  });
});
