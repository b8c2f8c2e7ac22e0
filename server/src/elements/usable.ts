import type { ErrorObject, ValidateFunction } from 'ajv';
import type { ElementDefinition, Problem } from './element.ts';
import { stepsOf, withUsualSpelling } from './loose-spelling.ts';
import { isRow } from './row-ids.ts';

type Row = Record<string, unknown>;

const mostProblems = 500;

/** Fields of a resource without which it means nothing. */
const needed = new Set(['method', 'path', 'type', 'vendorMethod', 'parameters', 'hooks']);

/**
 * A definition without what the schema refuses, so that one odd row does not stop the others: the row or the field is
 * left out and named. The definition itself is not changed: it is exported as it came.
 */
export function toUsable(
  given: ElementDefinition,
  validate: ValidateFunction,
): { usable: ElementDefinition; problems: Problem[] } {
  if (validate(given)) return { usable: given, problems: [] };
  const definition = withUsualSpelling(given, validate);
  if (validate(definition)) return { usable: definition, problems: [] };
  const problems: Problem[] = [];
  const left = new Map<string, Set<string | number>>();
  for (const error of validate.errors ?? []) {
    const path = placeToLeave(error);
    if (path.length === 0) continue;
    const key = path.at(-1) as string | number;
    const owner = JSON.stringify(path.slice(0, -1));
    const keys = left.get(owner) ?? new Set();
    if (!keys.has(key) && problems.length < mostProblems) problems.push(toProblem(definition, path, error));
    left.set(owner, keys.add(key));
  }
  return { usable: without(definition, [], left) as ElementDefinition, problems };
}

/** The innermost row or field that can go without taking more along. */
function placeToLeave(error: ErrorObject): (string | number)[] {
  const steps = stepsOf(error);
  const [list, index, part, row] = steps;
  if (list === 'resources' && typeof index === 'number') {
    if ((part === 'parameters' || part === 'hooks') && typeof row === 'number') return steps.slice(0, 4);
    return typeof part === 'string' && !needed.has(part) ? steps.slice(0, 3) : steps.slice(0, 2);
  }
  if (list === 'configuration' && typeof index === 'number') {
    return typeof part === 'string' && part !== 'key' ? steps.slice(0, 3) : steps.slice(0, 2);
  }
  if (typeof index === 'number') return steps.slice(0, 2);
  return steps.slice(0, 1);
}

function without(
  value: unknown,
  path: (string | number)[],
  left: Map<string, Set<string | number>>,
): unknown {
  const gone = left.get(JSON.stringify(path));
  const inside = path.length < 4;
  if (Array.isArray(value)) {
    return value
      .map((item, index) => (inside && !gone?.has(index) ? without(item, [...path, index], left) : item))
      .filter((_, index) => !gone?.has(index));
  }
  if (!isRow(value) || !inside) return value;
  const fields = Object.entries(value).filter(([name]) => !gone?.has(name));
  const holdsRows = path.length === 0 || path[0] === 'resources' || path[0] === 'configuration';
  if (!holdsRows) return value;
  return Object.fromEntries(fields.map(([name, field]) => [name, without(field, [...path, name], left)]));
}

function toProblem(definition: ElementDefinition, path: (string | number)[], error: ErrorObject): Problem {
  const [list, index, ...rest] = path;
  const allowed = error.params['allowedValues'] as string[] | undefined;
  const why = `${error.message ?? 'is not valid'}${allowed ? `: ${allowed.join(', ')}` : ''}`;
  if (list !== 'resources' || typeof index !== 'number') {
    return { reason: `${path.join('/')} is left out: ${place(error, path)}${why}` };
  }
  const row = (definition.resources as unknown[])[index];
  const { method, path: ours } = isRow(row) ? row : ({} as Row);
  const what = rest.length > 0 ? rest.join('/') : 'The resource';
  return {
    ...(typeof method === 'string' && { method }),
    ...(typeof ours === 'string' && { path: ours }),
    reason: `${what} is left out: ${place(error, path)}${why}`,
  };
}

/** The part of the fault's place below what is left out. */
function place(error: ErrorObject, path: (string | number)[]): string {
  const below = error.instancePath
    .split('/')
    .slice(1 + path.length)
    .join('/');
  return below ? `${below} ` : 'it ';
}
