import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareDefinitions } from '../src/compare.ts';
import { variablesOf } from '../src/script-context.ts';

/** The names that the server gives to the hooks of a resource, read where it does. */
function namesGiven(): string[] {
  const source = readFileSync(new URL('../../server/src/calls/hooks.ts', import.meta.url), 'utf8');
  const [, bindings = ''] = /const all: Record<string, unknown> = \{\n(.*?)\n {2}\};/s.exec(source) ?? [];
  return [...bindings.matchAll(/^ {4}(\w+): (?!undefined)/gm)].map(([, name = '']) => name);
}

describe('the completion of scripts', () => {
  it('knows each name that the server gives to a hook, and no other', () => {
    const given = namesGiven();
    expect(given).toContain('request_vendor_body');
    const known = variablesOf('postRequest').filter(({ detail }) => detail !== 'tool');
    expect(known.map(({ label }) => label).toSorted()).toEqual(given.toSorted());
  });

  it('knows no reply before there is one', () => {
    expect(variablesOf('preRequest').some(({ label }) => label.startsWith('response_'))).toBe(false);
  });
});

describe('the comparison of definitions', () => {
  const hats = { id: 1, method: 'GET', path: '/hats', vendorPath: '/v1/hats' };
  const colour = { id: 5, name: 'colour', vendorName: 'color' };
  it.each([
    ['nothing', { resources: [hats] }, { resources: [hats], hooks: [], image: null }, []],
    ['a field of the element', { name: 'A' }, { name: 'B' }, [['changed', 'it', 'name']]],
    [
      'a field of a resource',
      { resources: [hats] },
      { resources: [{ ...hats, vendorPath: '/v2/hats' }] },
      [['changed', 'GET /hats', 'vendorPath']],
    ],
    [
      'a parameter of a resource',
      { resources: [{ ...hats, parameters: [colour] }] },
      { resources: [{ ...hats, parameters: [{ ...colour, required: true }] }] },
      [['changed', 'GET /hats: parameters colour → color', 'required']],
    ],
    [
      'a row that was added and one that was removed',
      { configuration: [{ id: 1, key: 'a', name: 'A' }] },
      { configuration: [{ id: 2, key: 'b', name: 'B' }] },
      [
        ['added', 'configuration b', 'key', 'name'],
        ['removed', 'configuration a', 'key', 'name'],
      ],
    ],
    [
      'models that stand by their names',
      { models: { Hat: { type: 'object' } } },
      { models: { Hat: { type: 'string' }, Cap: { type: 'object' } } },
      [
        ['changed', 'models Hat', 'schema'],
        ['added', 'models Cap', 'key', 'schema'],
      ],
    ],
  ])('tells of %s', (_, before, after, expected) => {
    const found = compareDefinitions(before, after, 'it');
    expect(
      found.map(({ kind, title, fields }) => [kind, title, ...fields.map(({ field }) => field)]),
    ).toEqual(expected);
  });
});
