import { parse as parseYaml } from 'yaml';
import { isExactNumber, parseJson } from '#kernel/json';
import { notConvertible } from '../errors.ts';

/** Deeper parts of a document are left out: whatever walks it afterwards recurses. */
const deepest = 200;
/** Aliases in YAML make a small document a huge one; no honest one comes near. */
const mostParts = 3_000_000;

/** @throws 400 with the place of the fault. */
export function parseDocument(text: string): unknown {
  try {
    if (/^\s*[{[]/.test(text)) return parseJson(text);
    // Looking for keys that are there twice takes time by the square of their number. 'silent' would swallow faults too.
    return parseYaml(text, { maxAliasCount: 1000, uniqueKeys: false, logLevel: 'error' }) as unknown;
  } catch (error) {
    throw notConvertible(`it is neither JSON nor YAML: ${(error as Error).message.split('\n')[0] ?? ''}`);
  }
}

/**
 * A copy that is a tree, without what would lead a walk astray: circles of YAML aliases, prototypes, endless depth.
 * Exact numbers stay what they are.
 *
 * @throws 400 when it has too many parts.
 */
export function toTree(value: unknown): unknown {
  const above = new Set<object>();
  let parts = 0;
  const copy = (one: unknown): unknown => {
    if (typeof one === 'bigint') return Number(one);
    if (one instanceof Date) return Number.isNaN(one.getTime()) ? null : one.toISOString();
    if (typeof one !== 'object' || one === null || isExactNumber(one)) return one;
    if (above.has(one) || above.size >= deepest) return null;
    if ((parts += 1) > mostParts) throw notConvertible(`it has more than ${mostParts} parts`);
    above.add(one);
    const made = Array.isArray(one)
      ? one.map(copy)
      : Object.fromEntries(
          Object.entries(one)
            .filter(([name]) => name !== '__proto__')
            .map(([name, content]) => [name, copy(content)]),
        );
    above.delete(one);
    return made;
  };
  return copy(value);
}
