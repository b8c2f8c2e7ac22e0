import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isExactNumber,
  JsonSyntaxError,
  maxJsonDepth,
  omitNulls,
  parseJson,
  stringifyJson,
  toNumber,
  toText,
} from './json.ts';

const digits = (min: number, max: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => list.join(''));
const whole = digits(1, 30).map((text) => text.replace(/^0+(?=\d)/, ''));
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    whole,
    fc.option(
      digits(1, 25).map((text) => `.${text}`),
      { nil: '' },
    ),
    fc.option(
      fc.tuple(fc.constantFrom('e', 'E', 'e+', 'E-'), digits(1, 3)).map((parts) => parts.join('')),
      {
        nil: '',
      },
    ),
  )
  .map((parts) => parts.join(''));
const stringText = fc.oneof(
  fc.string().map((text) => JSON.stringify(text)),
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  numberText.map((text) => `"${text}"`),
  fc.constantFrom('"\\\\"', '"\\""', '"a\\\\\\"1.0"', '"[{"', '"}]"', '"2024-01-01T00:00:00.000Z"'),
);
const compact = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    numberText,
    stringText,
    fc.constantFrom('true', 'false', 'null'),
    fc.array(tie('value'), { maxLength: 5 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(tie('value'), { maxLength: 5 })
      .map((items) => `{${items.map((item, at) => `"k${at}":${item}`).join(',')}}`),
  ),
})).value;

describe('parseJson and stringifyJson', () => {
  it.each([
    '12345678901234567890',
    '-9007199254740993',
    '0.1000000000000000055511151231257827',
    '1.0',
    '-0',
    '-0.0',
    '1e400',
    '1E5',
    '0.0000001',
    '1e-7',
    '[1.50,2]',
    '{"id":12345678901234567890,"text":"1.0"}',
  ])('give %s back as it came', (text) => {
    expect(stringifyJson(parseJson(text))).toBe(text);
  });

  it('give every number of every text back as it came', () => {
    fc.assert(
      fc.property(compact, (text) => {
        // Strings may be written in another way; numbers may not.
        expect(numbersOf(stringifyJson(parseJson(text)))).toEqual(numbersOf(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('give the same value as JSON.parse where only strings look like numbers', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        if (Object.is(value, -0)) return;
        expect(parseJson(JSON.stringify([text, 7]))).toEqual([text, 7]);
      }),
    );
  });

  it('keep a plain number a number', () => {
    expect(parseJson('[1,-2.5,1e21,100]')).toEqual([1, -2.5, expect.anything(), 100]);
    expect(isExactNumber(parseJson('123456789012345'))).toBe(false);
  });

  it('skip a byte order mark', () => {
    expect(parseJson('\uFEFF{"a":1}')).toEqual({ a: 1 });
  });

  it.each(['{"__proto__":{"polluted":1}}', '{"__proto__":{"polluted":1.0}}'])(
    'take %s as a plain field',
    (text) => {
      const value = parseJson(text) as Record<string, unknown>;
      expect(Object.hasOwn(value, '__proto__')).toBe(true);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      expect((value as { polluted?: unknown }).polluted).toBeUndefined();
      expect(stringifyJson(omitNulls({ ...value, gone: null }))).not.toContain('gone');
    },
  );
});

function numbersOf(text: string): string[] {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"|(-?\d[\d.eE+-]*)/g)].flatMap((match) => match[1] ?? []);
}

describe('parse errors', () => {
  it.each([
    ['[1,\n  x]', 2, 3],
    ['', 1, 1],
    ['{"a":1', 1, 7],
    ['[01]', 1, 2],
    ['[1 2]', 1, 4],
    ['["a\0b"]', 1, 2],
    ['{"a":1}\0', 1, 8],
  ])('%j is refused with its place', (text, line, column) => {
    const error = failure(() => parseJson(text));
    expect(error).toBeInstanceOf(SyntaxError);
    expect(error).toMatchObject({ line, column });
    expect((error as Error).message).toContain(`line ${line}, column ${column}`);
  });

  it('never quote the text', () => {
    expect(String(failure(() => parseJson('{"password":"hunter2" oops}')))).not.toContain('hunter2');
  });

  it.each([
    ['open lists', '['.repeat(5_000_000)],
    ['closed lists', '['.repeat(2_500_000) + ']'.repeat(2_500_000)],
    ['objects', '{"a":'.repeat(1_000_000)],
    ['objects with an exact number', `${'{"a":'.repeat(100_000)}1.0${'}'.repeat(100_000)}`],
  ])('a bomb of %s gives an error, not a crash', (_name, text) => {
    expect(failure(() => parseJson(text))).toBeInstanceOf(JsonSyntaxError);
  });

  it('allow the depth that is documented', () => {
    const text = '['.repeat(maxJsonDepth) + '1.0' + ']'.repeat(maxJsonDepth);
    expect(stringifyJson(omitNulls(parseJson(text)))).toBe(text);
  });

  it('throw nothing but a JsonSyntaxError, and exactly where JSON.parse refuses', () => {
    const soup = fc
      .array(fc.constantFrom('[', ']', '{', '}', '"', '\\', ',', ':', '-', '0', '1.0', 'e', 'null', ' ', 'a'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(soup, fc.string()), (text) => {
        const mine = failure(() => parseJson(text));
        if (mine !== undefined) expect(mine).toBeInstanceOf(JsonSyntaxError);
        expect(mine === undefined).toBe(failure(() => JSON.parse(text)) === undefined);
      }),
      { numRuns: 2000 },
    );
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

describe('values', () => {
  it.each([
    ['12345678901234567890', '12345678901234567890'],
    ['"a b"', 'a b'],
    ['null', ''],
    ['true', 'true'],
    ['{"a":1.0}', '{"a":1.0}'],
    ['1.50', '1.50'],
  ])('toText of %s is %s', (text, expected) => {
    expect(toText(parseJson(text))).toBe(expected);
  });

  it('toNumber reads both forms', () => {
    expect([toNumber(parseJson('1.50')), toNumber(3), toNumber('4')]).toEqual([1.5, 3, 4]);
  });
});

describe('omitNulls', () => {
  it.each([
    ['{"a":null,"b":1}', '{"b":1}'],
    ['{"a":{"b":null}}', '{"a":{}}'],
    ['[null,{"a":null}]', '[null,{}]'],
    ['{"a":[{"b":null,"c":1.0}],"d":2}', '{"a":[{"c":1.0}],"d":2}'],
  ])('makes %s %s', (text, expected) => {
    const value = parseJson(text);
    expect(stringifyJson(omitNulls(value))).toBe(expected);
    expect(stringifyJson(value)).toBe(text);
  });

  it.each(['{"a":1.0,"b":[null,{"c":2}]}', '[]', 'null', '1.0'])('gives %s itself back', (text) => {
    const value = parseJson(text);
    expect(omitNulls(value)).toBe(value);
  });

  it('keeps dates', () => {
    const at = new Date(0);
    expect(omitNulls({ at, gone: null })).toEqual({ at });
  });
});
