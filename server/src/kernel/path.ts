import { AppError } from './error.ts';
import { isExactNumber } from './json.ts';

type Step = { name: string } | { index: number } | { all: true };

const parsed = new Map<string, Step[]>();
const mostParsed = 5_000;

/** `a.b[0].c`, `items[*]`, `.workers[*]`, `soap:Envelope.soap:Body`; names with dots in back-ticks or `['a.b']`. */
function parsePath(path: string): Step[] {
  const known = parsed.get(path);
  if (known) return known;
  const steps: Step[] = [];
  for (const match of path.matchAll(
    /`([^`]*)`|\['([^']*)'\]|\["([^"]*)"\]|\[(\d+)\]|(\[\*\])|([^.[\]`]+)/g,
  )) {
    const [, ticked, single, double, index, all, plain] = match;
    const name = ticked ?? single ?? double ?? plain;
    if (name !== undefined) steps.push({ name });
    else if (index !== undefined) steps.push({ index: Number(index) });
    else if (all) steps.push({ all: true });
  }
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(path, steps);
  return steps;
}

/**
 * What stands at a path, or undefined; the value itself at an empty path. `[*]` gives a list of what is found in each
 * item, flat when there are several. Only own fields are seen; one with a dot in its name where nothing else fits.
 */
export function getPath(value: unknown, path: string): unknown {
  return walk(value, parsePath(path), 0);
}

function walk(value: unknown, steps: Step[], from: number): unknown {
  let here = value;
  for (let at = from; at < steps.length; at++) {
    const step = steps[at] as Step;
    if (typeof here !== 'object' || here === null || isExactNumber(here)) return undefined;
    if ('all' in step) {
      if (!Array.isArray(here)) return undefined;
      const found = here.map((item) => walk(item, steps, at + 1)).filter((item) => item !== undefined);
      return steps.slice(at + 1).some((later) => 'all' in later) ? found.flat() : found;
    }
    let key = 'index' in step ? step.index : step.name;
    if ('name' in step && !Object.hasOwn(here, key)) {
      const dotted = findDotted(here, steps, at);
      if (dotted) ({ name: key, at } = dotted);
    }
    here = Object.hasOwn(here, key) ? (here as Record<string | number, unknown>)[key] : undefined;
  }
  return here;
}

/** Of `@odata.nextLink`, where there is no object `@odata`: the field whose name has the dot, and its last step. */
function findDotted(here: object, steps: Step[], from: number): { name: string; at: number } | undefined {
  let name = '';
  for (let at = from; at < steps.length; at++) {
    const step = steps[at] as Step;
    if (!('name' in step)) return undefined;
    name = at === from ? step.name : `${name}.${step.name}`;
    if (Object.hasOwn(here, name)) return { name, at };
  }
  return undefined;
}

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** A path may come from a caller (`fields`), and one index must not make a list of a billion places. */
const mostIndex = 9_999;

/**
 * Puts a value at a path, making the objects and lists on the way.
 *
 * @throws AppError 400 when the path reaches a prototype, names many places (`[*]`) or none, or an index above 9999.
 */
export function setPath(target: object, path: string, value: unknown): void {
  const keys = parsePath(path).map((step) => settableKey(step, path));
  const last = keys.pop();
  if (last === undefined) throw invalidPath(path, 'it names no field');
  let here = target as Record<string | number, unknown>;
  keys.forEach((key, at) => {
    refuseStrangeItem(here, key, path);
    const next = Object.hasOwn(here, key) ? here[key] : undefined;
    if (typeof next === 'object' && next !== null && !isExactNumber(next)) here = next as typeof here;
    else here = (here[key] = typeof (keys[at + 1] ?? last) === 'number' ? [] : {}) as typeof here;
  });
  refuseStrangeItem(here, last, path);
  here[last] = value;
}

/** A list takes items only: `list.length` or `list.99999999` would make or empty places. */
function refuseStrangeItem(here: object, key: string | number, path: string): void {
  if (Array.isArray(here) && !/^\d{1,4}$/.test(String(key)))
    throw invalidPath(path, `'${key}' is no place in a list`);
}

function settableKey(step: Step, path: string): string | number {
  if ('all' in step) throw invalidPath(path, 'it names many places');
  if ('index' in step) {
    if (step.index > mostIndex) throw invalidPath(path, `an index may be at most ${mostIndex}`);
    return step.index;
  }
  if (forbidden.has(step.name)) throw invalidPath(path, `the name '${step.name}' is not allowed`);
  return step.name;
}

function invalidPath(path: string, why: string): AppError {
  return new AppError('path_invalid', 400, `'${path.slice(0, 100)}' cannot be used as a path here: ${why}.`);
}
