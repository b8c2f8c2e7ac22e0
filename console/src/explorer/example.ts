import { type Schema, resolve } from './operations.ts';

const deepest = 6;

/** A value that fits a schema: what the definition gives as a sample, else something of the right type. */
export function exampleOf(schema: Schema, definitions: Record<string, Schema>, depth = 0): unknown {
  const target = resolve(schema, definitions);
  const stated = target['x-samplevalue'] ?? target.example ?? target.enum?.[0];
  if (stated !== undefined) return stated;
  // Models may hold themselves.
  if (depth >= deepest) return target.type === 'array' ? [] : {};
  if (target.type === 'array' || target.items) {
    return [exampleOf(target.items ?? {}, definitions, depth + 1)];
  }
  if (target.type === undefined || target.type === 'object') {
    return Object.fromEntries(
      Object.entries(target.properties ?? {}).map(([name, one]) => [
        name,
        exampleOf(one, definitions, depth + 1),
      ]),
    );
  }
  return scalarOf(target);
}

function scalarOf({ type, format }: Schema): unknown {
  if (type === 'integer' || type === 'number') return 0;
  if (type === 'boolean') return false;
  if (format === 'date') return '2026-01-31';
  return format === 'date-time' ? '2026-01-31T12:00:00Z' : '';
}
