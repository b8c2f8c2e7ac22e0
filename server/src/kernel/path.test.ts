import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from './error.ts';
import { parseJson } from './json.ts';
import { getPath, setPath } from './path.ts';

const record = {
  a: { b: [{ c: 1 }, { c: 2 }] },
  'a.b': 'dotted',
  items: [{ id: 1, tags: ['x', 'y'] }, { id: 2, tags: ['z'] }, null, {}],
  'soap:Envelope': { 'soap:Body': { x: 1 } },
  page: { '@odata.nextLink': 'https://x.example' },
  'first name': 'Ann',
  nothing: null,
};

describe('getPath', () => {
  it.each([
    ['', record],
    ['a.b[0].c', 1],
    ['a.b.1.c', 2],
    ['`a.b`', 'dotted'],
    ['page.@odata.nextLink', 'https://x.example'],
    ['page.@odata.nothing', undefined],
    ["['a.b']", 'dotted'],
    ['["a.b"]', 'dotted'],
    ['first name', 'Ann'],
    ['items[*].id', [1, 2]],
    ['.items[*].id', [1, 2]],
    ['items[*].tags[*]', ['x', 'y', 'z']],
    ['items[*]', record.items],
    ['soap:Envelope.soap:Body.x', 1],
    ['nothing', null],
    ['nothing.more', undefined],
    ['a.b[7].c', undefined],
    ['a.b.c', undefined],
    ['first name.length', undefined],
    ['a[*]', undefined],
    ['constructor', undefined],
    ['__proto__.toString', undefined],
  ])('%s', (path, expected) => {
    expect(getPath(record, path)).toEqual(expected);
  });

  it('does not look into an exact number', () => {
    expect(getPath(parseJson('{"n":1.0}'), 'n.rawJSON')).toBeUndefined();
  });
});

describe('setPath', () => {
  it.each([
    ['a', { a: 1 }],
    ['a.b.c', { a: { b: { c: 1 } } }],
    ['a[1].b', { a: [undefined, { b: 1 }] }],
    ['`a.b`.c', { 'a.b': { c: 1 } }],
    ['soap:Envelope.soap:Body', { 'soap:Envelope': { 'soap:Body': 1 } }],
  ])('makes what is missing on the way to %s', (path, expected) => {
    const target = {};
    setPath(target, path, 1);
    expect(target).toEqual(expected);
  });

  it('keeps what is there and replaces what is no object', () => {
    const target = { a: { kept: 1 }, b: 'text' };
    setPath(target, 'a.new', 2);
    setPath(target, 'b.new', 3);
    expect(target).toEqual({ a: { kept: 1, new: 2 }, b: { new: 3 } });
  });

  it.each([
    '__proto__.x',
    'a.__proto__.x',
    'constructor.prototype.x',
    "['__proto__'].x",
    '`prototype`',
    'items[*].x',
    'a[10000]',
    'a[99999999999]',
    '',
  ])('refuses %j and changes nothing', (path) => {
    const target = {};
    expect(() => setPath(target, path, 1)).toThrow(AppError);
    expect(target).toEqual({});
  });

  it.each(['list.length', 'list.99999999', 'list.push.x'])('refuses %s on a list', (path) => {
    const target = { list: [1, 2] };
    expect(() => setPath(target, path, 0)).toThrow(AppError);
    expect(target).toEqual({ list: [1, 2] });
  });

  it('never touches a prototype, and what it sets is found again', () => {
    const step = fc.oneof(
      fc.constantFrom(
        'a',
        'b',
        '[0]',
        '[2]',
        "['x.y']",
        '`q`',
        '__proto__',
        'toString',
        'hasOwnProperty',
        'constructor',
      ),
      fc.string({ minLength: 1, maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 4 }), (steps) => {
        const path = steps.join('.');
        const target = {};
        try {
          setPath(target, path, 'set');
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          return;
        }
        expect(getPath(target, path)).toBe('set');
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
