import { notConvertible } from '../errors.ts';
import { attribute, childOf, childrenOf } from './xml.ts';
import type { Node } from './xml.ts';

type Row = Record<string, unknown>;

export interface EntityType {
  /** Name among the models. */
  model: string;
  keys: { name: string; type: string }[];
}

export interface EntitySet {
  name: string;
  type: EntityType;
}

/** What the `$metadata` of a service says (OData CSDL). */
export interface Edm {
  version: 2 | 4;
  namespace: string;
  /** Where the service is; empty when that is not said. */
  base: string;
  sets: EntitySet[];
  singletons: EntitySet[];
  /** Names of functions and actions. */
  operations: string[];
  /** All types, as JSON schemas. */
  models: Row;
}

const longestChain = 20;

const jsonTypes: Record<string, Row> = {
  Boolean: { type: 'boolean' },
  Byte: { type: 'integer' },
  SByte: { type: 'integer' },
  Int16: { type: 'integer' },
  Int32: { type: 'integer', format: 'int32' },
  Int64: { type: 'integer', format: 'int64' },
  Decimal: { type: 'number' },
  Double: { type: 'number', format: 'double' },
  Single: { type: 'number', format: 'float' },
  Date: { type: 'string', format: 'date' },
  DateTime: { type: 'string', format: 'date-time' },
  DateTimeOffset: { type: 'string', format: 'date-time' },
  Guid: { type: 'string', format: 'uuid' },
  Binary: { type: 'string', format: 'byte' },
  Stream: { type: 'string', format: 'byte' },
};

/** @throws 400 when it has no schema. */
export function readEdm(root: Node): Edm {
  const schemas = childrenOf(root, 'DataServices').flatMap((one) => childrenOf(one, 'Schema'));
  const [first] = schemas;
  if (!first) throw notConvertible('it has no schema');
  const types = new Types(schemas);
  const containers = schemas.flatMap((schema) => childrenOf(schema, 'EntityContainer'));
  const read = (kind: string, typeName: string) =>
    containers
      .flatMap((container) => childrenOf(container, kind))
      .filter((node) => /^[\w.-]+$/.test(attribute(node, 'Name')))
      .map((node) => ({ name: attribute(node, 'Name'), type: types.entity(attribute(node, typeName)) }));
  const isNew = attribute(root, 'Version').startsWith('4');
  const names = ['FunctionImport', 'ActionImport'].flatMap((kind) =>
    containers.flatMap((container) => childrenOf(container, kind)),
  );
  const bound = ['Function', 'Action'].flatMap((kind) =>
    schemas.flatMap((schema) => childrenOf(schema, kind)),
  );
  return {
    version: isNew ? 4 : 2,
    namespace: attribute(first, 'Namespace'),
    base: attribute(root, 'base').replace(/\/+$/, ''),
    sets: distinct(read('EntitySet', 'EntityType')),
    singletons: distinct(read('Singleton', 'Type')),
    operations: [...new Set([...names, ...bound].map((node) => attribute(node, 'Name')))],
    models: types.models(),
  };
}

function distinct(sets: EntitySet[]): EntitySet[] {
  return [...new Map(sets.map((set) => [set.name, set])).values()];
}

/** The types of all schemas, by their full name; a schema may have a short one too. */
class Types {
  readonly #byName = new Map<string, { node: Node; model: string }>();
  readonly #all: { node: Node; model: string }[] = [];

  constructor(schemas: readonly Node[]) {
    const taken = new Set<string>();
    for (const schema of schemas) {
      for (const node of schema.children) {
        if (!['EntityType', 'ComplexType', 'EnumType'].includes(node.name)) continue;
        const name = attribute(node, 'Name');
        if (name === '' || name === '__proto__') continue;
        const model = taken.has(name) ? `${attribute(schema, 'Namespace')}.${name}` : name;
        taken.add(model);
        const entry = { node, model };
        this.#all.push(entry);
        for (const owner of [attribute(schema, 'Namespace'), attribute(schema, 'Alias')])
          this.#byName.set(`${owner}.${name}`, entry);
      }
    }
  }

  entity(name: string): EntityType {
    const found = this.#byName.get(name);
    const chain = this.#chain(name);
    const key = chain.map((node) => childOf(node, 'Key')).find((one) => one !== undefined);
    const keys = childrenOf(key, 'PropertyRef').map((reference) => {
      const property = attribute(reference, 'Name');
      const node = chain
        .flatMap((owner) => childrenOf(owner, 'Property'))
        .find((one) => attribute(one, 'Name') === property);
      return { name: property, type: attribute(node, 'Type') || 'Edm.String' };
    });
    // A key inside a complex property cannot be written in a path.
    const isPlain = keys.every((one) => /^\w+$/.test(one.name));
    return { model: found?.model ?? '', keys: isPlain ? keys : [] };
  }

  models(): Row {
    return Object.fromEntries(this.#all.map(({ node, model }) => [model, this.#toSchema(node)]));
  }

  /** A type and those that it extends. */
  #chain(name: string): Node[] {
    const chain: Node[] = [];
    for (let next = name; chain.length < longestChain;) {
      const node = this.#byName.get(next)?.node;
      if (!node || chain.includes(node)) break;
      chain.push(node);
      next = attribute(node, 'BaseType');
    }
    return chain;
  }

  #toSchema(node: Node): Row {
    if (node.name === 'EnumType')
      return { type: 'string', enum: childrenOf(node, 'Member').map((member) => attribute(member, 'Name')) };
    const base = this.#byName.get(attribute(node, 'BaseType'));
    const fields = [...childrenOf(node, 'Property'), ...childrenOf(node, 'NavigationProperty')];
    const key = new Set(childrenOf(childOf(node, 'Key'), 'PropertyRef').map((one) => attribute(one, 'Name')));
    const own = {
      type: 'object',
      properties: Object.fromEntries(
        fields
          .map((field): [string, Row] => [attribute(field, 'Name'), this.#toField(field, key)])
          .filter(([name]) => name !== '' && name !== '__proto__'),
      ),
    };
    return base ? { allOf: [{ $ref: `#/definitions/${base.model}` }, own] } : own;
  }

  #toField(field: Node, key: ReadonlySet<string>): Row {
    const stated = attribute(field, 'Type');
    const inner = /^Collection\((.*)\)$/.exec(stated)?.[1];
    const length = Number(attribute(field, 'MaxLength'));
    const schema = this.#ofType(inner ?? stated);
    if (inner !== undefined) return { type: 'array', items: schema };
    return {
      ...schema,
      ...(Number.isInteger(length) && length > 0 && !('$ref' in schema) && { maxLength: length }),
      ...(key.has(attribute(field, 'Name')) && { 'x-primary-key': true }),
    };
  }

  #ofType(name: string): Row {
    const plain = name.replace(/^Edm\./, '');
    if (name.startsWith('Edm.'))
      return Object.hasOwn(jsonTypes, plain) ? { ...jsonTypes[plain] } : { type: 'string' };
    const found = this.#byName.get(name);
    return found ? { $ref: `#/definitions/${found.model}` } : { type: 'object' };
  }
}
