import { setPath } from '#kernel/path';

type Row = Record<string, unknown>;

const deepest = 4;

/** A value that fits an OpenAPI 2 style schema; `definitions` is where its references lead. */
export function sampleOf(schema: unknown, definitions: Row, depth = 0): unknown {
  if (!isRow(schema) || depth > deepest) return 'sample';
  const { $ref: reference, example, enum: choices } = schema;
  if (typeof reference === 'string') {
    const name = reference.split('/').at(-1) ?? '';
    return Object.hasOwn(definitions, name) ? sampleOf(definitions[name], definitions, depth + 1) : {};
  }
  if (example !== undefined && example !== null && typeof example !== 'object') return example;
  if (Array.isArray(choices) && choices.length > 0) return choices[0];
  if (isRow(schema['properties'])) return sampleObject(schema['properties'], definitions, depth);
  switch (schema['type']) {
    case 'array':
      return [sampleOf(schema['items'], definitions, depth + 1)];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'object':
      return {};
    default:
      return schema['format'] === 'date-time' ? '2026-01-31T12:00:00Z' : 'sample';
  }
}

function sampleObject(properties: Row, definitions: Row, depth: number): Row {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, sampleOf(property, definitions, depth + 1)]),
  );
}

/** A text for a parameter or a configuration value of that kind. */
export function sampleText(row: { dataType?: unknown; sampleData?: unknown; name?: unknown }): string {
  if (typeof row.sampleData === 'string' && row.sampleData !== '' && row.sampleData.length < 200)
    return row.sampleData;
  const type = String(row.dataType ?? '').toLowerCase();
  if (/int|long|number|double|float/.test(type)) return '1';
  if (type === 'boolean') return 'true';
  if (type.includes('date')) return '2026-01-31T12:00:00Z';
  return 'sample';
}

/** Puts a value where a path of the definition says, in the first item of a list; nowhere when it is no path. */
export function putSample(target: object, path: string, value: unknown): void {
  try {
    setPath(target, path.replaceAll('[*]', '[0]'), value);
  } catch {
    // Such a path leads nowhere in calls either: what depends on it says so.
  }
}

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
