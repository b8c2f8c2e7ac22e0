import * as fc from 'fast-check';

/** Text with everything that quoting could stumble over. */
export const trickyText: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom("'", '"', '\\', '`', '%', ',', ')', ' ', ' and ', ' OR ', ' limit', 'x'), {
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
);

const segment = fc.oneof(
  fc.constantFrom(
    'name',
    'from',
    'order',
    'value',
    'AND',
    'not',
    'In',
    'is',
    'like',
    'null',
    'true',
    'limit',
    'é',
    '$x',
  ),
  fc.constantFrom('items[0]', 'items[*]', 'soap:Body', 'a-b', '@odata.x'),
  trickyText.filter((text) => text !== '' && !text.includes('`')).map((text) => `\`${text}\``),
);
const field = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('.'));
const safeField = field.map((text) => (/^(?:not)$/i.test(text) ? '`not`' : text));

const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.bigInt({ min: 0n, max: 10n ** 30n }),
    fc.constantFrom('', '.0', '.50', 'e5', 'E-400'),
  )
  .map((parts) => parts.join(''));
const quotedText = trickyText.map((text) => `'${text.replaceAll("'", "''")}'`);
const value = fc.oneof(
  quotedText,
  number,
  fc.constantFrom('true', 'FALSE', 'null', '2024-05-01', '2024-05-01T10:00:00Z'),
);

const predicate = fc.oneof(
  fc
    .tuple(safeField, fc.constantFrom('=', ' != ', '<>', ' <', '<= ', '>', '>='), value)
    .map((parts) => parts.join('')),
  fc.tuple(safeField, fc.constantFrom(' LIKE ', ' not like '), quotedText).map((parts) => parts.join('')),
  fc
    .tuple(safeField, fc.constantFrom(' in (', ' NOT IN('), fc.array(value, { minLength: 1, maxLength: 4 }))
    .map(([name, operator, values]) => `${name}${operator}${values.join(' , ')})`),
  fc.tuple(safeField, fc.constantFrom(' IS NULL', ' is not null')).map((parts) => parts.join('')),
);

/** Texts that are CEQL. */
export const ceqlText: fc.Arbitrary<string> = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    predicate,
    fc.tuple(tie('expression'), tie('expression')).map((items) => items.join(' AND ')),
    fc.tuple(tie('expression'), tie('expression')).map((items) => items.join(' or ')),
    tie('expression').map((item) => `(${item})`),
    tie('expression').map((item) => `NOT (${item})`),
    tie('expression').map((item) => `not ${item}`),
  ),
})).expression;

const signs = [...'(),=!<>\'"`\\.[]*-+% \n\0'];
const words = [
  ' and ',
  ' or ',
  ' not ',
  ' in ',
  ' is ',
  ' null ',
  ' like ',
  'select ',
  ' from ',
  ' where ',
  ' limit ',
];
const scraps = ['a', 'é', '1', '0', 'e5', '2024-01-01', 'T10:00', "'x'", '\uD800', '[0]', '__proto__'];

/** Texts of CEQL's pieces in any order. */
export const ceqlSoup: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...signs, ...words, ...scraps), { maxLength: 30 })
  .map((parts) => parts.join(''));
