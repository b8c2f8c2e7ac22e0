import { isRow } from '../row-ids.ts';

type Row = Record<string, unknown>;

const longestChain = 20;
/** Parts of an `allOf`, and how deep they may go: a document must not make the server count for ever. */
const mostParts = 30;
const deepestParts = 5;

/** What a schema says, with all that it is put together from. */
export interface Shape {
  type: string | undefined;
  format: string | undefined;
  items: unknown;
  properties: Row;
  required: Set<string>;
}

/** Reads a document whose parts may stand elsewhere in it. */
export class Reader {
  readonly document: Row;
  /** References that lead nowhere or out of the document, each once. */
  readonly lost = new Set<string>();

  constructor(document: Row) {
    this.document = document;
  }

  /** What a reference in the place of an object leads to; an empty object where that is nothing. */
  resolve(value: unknown): Row {
    let here = value;
    for (let steps = 0; steps < longestChain; steps++) {
      if (!isRow(here)) return {};
      const reference = here['$ref'];
      if (typeof reference !== 'string') return here;
      here = this.#find(reference);
      if (here === undefined) this.lost.add(reference);
    }
    return {};
  }

  /** The fields of a schema, those of its `allOf` among them. */
  shape(schema: unknown, depth = 0): Shape {
    const own = this.resolve(schema);
    const type = [own['type']].flat().find((one) => typeof one === 'string' && one !== 'null');
    const shape: Shape = {
      type: typeof type === 'string' ? type : isRow(own['items']) ? 'array' : undefined,
      format: typeof own['format'] === 'string' ? own['format'] : undefined,
      items: own['items'],
      properties: isRow(own['properties']) ? own['properties'] : {},
      required: new Set(Array.isArray(own['required']) ? own['required'].filter(isText) : []),
    };
    const parts = Array.isArray(own['allOf']) && depth < deepestParts ? own['allOf'] : [];
    for (const part of parts.slice(0, mostParts)) {
      const more = this.shape(part, depth + 1);
      shape.type ??= more.type;
      shape.items ??= more.items;
      shape.properties = { ...more.properties, ...shape.properties };
      for (const name of more.required) shape.required.add(name);
    }
    return shape;
  }

  #find(reference: string): unknown {
    if (!reference.startsWith('#/')) return undefined;
    let here: unknown = this.document;
    for (const step of stepsOf(reference)) {
      if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
      here = (here as Row)[step];
    }
    return here;
  }
}

/** Of a schema that has a name in the document. */
export function schemaName(reference: string): string | undefined {
  return /^#\/(components\/schemas|definitions)\/[^/]+$/.test(reference)
    ? stepsOf(reference).at(-1)
    : undefined;
}

function stepsOf(reference: string): string[] {
  return reference
    .slice(2)
    .split('/')
    .map((step) => decode(step).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
