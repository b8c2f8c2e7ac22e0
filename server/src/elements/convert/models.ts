import { isExactNumber } from '#kernel/json';
import { isRow } from '../row-ids.ts';
import { schemaName } from './reader.ts';
import type { Reader } from './reader.ts';

type Row = Record<string, unknown>;

/** Every schema of a document once, under one name, in the shape that exports have. */
export class Models {
  readonly all: Row = {};
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
    const components = isRow(reader.document['components']) ? reader.document['components'] : {};
    const stated = isRow(components['schemas']) ? components['schemas'] : reader.document['definitions'];
    for (const [name, schema] of Object.entries(isRow(stated) ? stated : {}))
      this.all[name] = withOldReferences(schema);
  }

  /** The name of a schema: its own, or one like `wish` when it has none. Undefined when there is nothing to name. */
  name(schema: unknown, wish: string): string | undefined {
    if (!isRow(schema)) return undefined;
    const reference = schema['$ref'];
    if (typeof reference === 'string') {
      const stated = schemaName(reference);
      if (stated !== undefined) return Object.hasOwn(this.all, stated) ? stated : undefined;
    }
    const found = typeof reference === 'string' ? this.#reader.resolve(schema) : schema;
    if (Object.keys(found).length === 0) return undefined;
    const plain = wish.replace(/[^\w.-]+/g, '_').replace(/^_+/, '') || 'model';
    let name = plain;
    for (let number = 2; Object.hasOwn(this.all, name); number++) name = `${plain}${number}`;
    this.all[name] = withOldReferences(found);
    return name;
  }
}

/** `#/components/schemas/Pet` is `#/definitions/Pet` in exports. */
function withOldReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withOldReferences);
  if (!isRow(value) || isExactNumber(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      name === '$ref' && typeof one === 'string'
        ? one.replace('#/components/schemas/', '#/definitions/')
        : withOldReferences(one),
    ]),
  );
}
