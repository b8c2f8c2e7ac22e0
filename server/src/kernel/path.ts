import { isExactNumber } from './json.ts';

type Step = { name: string } | { index: number } | { all: true };

const parsed = new Map<string, Step[]>();
const mostParsed = 5_000;

/** `a.b[0].c`, `items[*]`, `.workers[*]`, `soap:Envelope.soap:Body`; names with dots in back-ticks or `['a.b']`. */
function parsePath(path: string): Step[] {
  const known = parsed.get(path);
  if (known) return known;
  const steps: Step[] = [];
  for (const match of path.matchAll(/`([^`]*)`|\['([^']*)'\]|\["([^"]*)"\]|\[(\d+)\]|(\[\*\])|([^.[\]`]+)/g)) {
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

/** What stands at a path, or undefined. `[*]` gives a list of what is found in each item. */
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
    if ('index' in step) here = Array.isArray(here) ? here[step.index] : undefined;
    else here = Object.hasOwn(here, step.name) ? (here as Record<string, unknown>)[step.name] : undefined;
  }
  return here;
}

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** Puts a value at a path, making the objects on the way. @throws when the path would reach a prototype. */
export function setPath(target: object, path: string, value: unknown): void {
  const steps = parsePath(path);
  let here = target as Record<string | number, unknown>;
  steps.forEach((step, at) => {
    if ('all' in step) throw new TypeError(`'${path}' names many places; a value can be put into one`);
    const key = 'index' in step ? step.index : step.name;
    if (forbidden.has(String(key))) throw new TypeError(`'${path}' is not allowed as a path`);
    if (at === steps.length - 1) {
      here[key] = value;
      return;
    }
    const next = Object.hasOwn(here, key) ? here[key] : undefined;
    if (typeof next === 'object' && next !== null && !isExactNumber(next)) here = next as Record<string, unknown>;
    else here = (here[key] = 'index' in (steps[at + 1] as Step) ? [] : {}) as Record<string, unknown>;
  });
}
