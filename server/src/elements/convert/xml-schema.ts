import { attribute, childOf, childrenOf, keyOfName, qualifiedName } from './xml.ts';
import type { Node, QualifiedName } from './xml.ts';

/** A value of a message, as XML has it and as we do. */
export interface Field {
  name: string;
  /** Of its XML element; empty when that is not qualified. */
  namespace: string;
  /** `string`, `integer`, `number`, `boolean` or `object`. */
  type: string;
  format?: string;
  required: boolean;
  repeated: boolean;
  /** Of an object. */
  fields: Field[];
  description?: string;
}

const xsd = 'http://www.w3.org/2001/XMLSchema';
/** What one message may grow to: schemas may refer to each other without end. */
const mostFields = 1_000;
const deepest = 12;

const simpleTypes: Record<string, { type: string; format?: string }> = {
  ...Object.fromEntries(
    ['integer', 'int', 'short', 'byte', 'unsignedInt', 'unsignedShort', 'unsignedByte', 'positiveInteger']
      .concat(['nonNegativeInteger', 'nonPositiveInteger', 'negativeInteger'])
      .map((name) => [name, { type: 'integer' }]),
  ),
  long: { type: 'integer', format: 'int64' },
  unsignedLong: { type: 'integer', format: 'int64' },
  decimal: { type: 'number' },
  float: { type: 'number', format: 'float' },
  double: { type: 'number', format: 'double' },
  boolean: { type: 'boolean' },
  dateTime: { type: 'string', format: 'date-time' },
  date: { type: 'string', format: 'date' },
  base64Binary: { type: 'string', format: 'byte' },
};

interface Declared {
  node: Node;
  /** The schema that it stands in. */
  schema: Node;
}

/** The XML schemas of a document: what its elements and types are made of. */
export class XmlSchemas {
  readonly #elements = new Map<string, Declared>();
  readonly #types = new Map<string, Declared>();
  readonly #groups = new Map<string, Declared>();
  /** Parts that stand in other documents. */
  readonly elsewhere = new Set<string>();
  /** Types that hold things of their own kind, of which only the outermost is told. */
  readonly cut = new Set<string>();
  #left = 0;

  constructor(schemas: readonly Node[]) {
    const kinds: [string[], Map<string, Declared>][] = [
      [['element'], this.#elements],
      [['complexType', 'simpleType'], this.#types],
      [['group'], this.#groups],
    ];
    for (const schema of schemas) {
      const namespace = attribute(schema, 'targetNamespace');
      for (const node of schema.children) {
        const map = kinds.find(([names]) => names.includes(node.name))?.[1];
        map?.set(keyOfName({ namespace, name: attribute(node, 'name') }), { node, schema });
        const place = attribute(node, 'schemaLocation');
        if ((node.name === 'import' || node.name === 'include') && place !== '') this.elsewhere.add(place);
      }
    }
  }

  /** What a global element holds; undefined when there is none of that name. */
  element(name: QualifiedName): Field | undefined {
    this.#left = mostFields;
    const found = this.#elements.get(keyOfName(name));
    return found && this.#toField(found, true, new Set());
  }

  /** A part that has a type in place of an element. */
  typed(name: string, type: QualifiedName): Field {
    this.#left = mostFields;
    const field = { name, namespace: '', required: true, repeated: false };
    return { ...field, ...this.#ofType(type, new Set()) };
  }

  #toField({ node, schema }: Declared, isGlobal: boolean, above: ReadonlySet<string>): Field {
    const reference = qualifiedName(node, 'ref');
    const isRepeated = !['', '0', '1'].includes(attribute(node, 'maxOccurs'));
    const required = attribute(node, 'minOccurs') !== '0' && attribute(node, 'nillable') !== 'true';
    const target = reference && this.#elements.get(keyOfName(reference));
    if (target) return { ...this.#toField(target, true, above), required, repeated: isRepeated };
    const form = attribute(node, 'form') || attribute(schema, 'elementFormDefault');
    const isQualified = isGlobal || form === 'qualified';
    const documentation = childOf(childOf(node, 'annotation'), 'documentation')?.text;
    const type = qualifiedName(node, 'type');
    const inline = childOf(node, 'complexType') ?? childOf(node, 'simpleType');
    return {
      name: reference?.name ?? attribute(node, 'name'),
      namespace: isQualified ? attribute(schema, 'targetNamespace') : '',
      required,
      repeated: isRepeated,
      ...(documentation && { description: documentation.slice(0, 1_000) }),
      ...(type ? this.#ofType(type, above) : inline ? this.#ofNode({ node: inline, schema }, above) : text()),
    };
  }

  #ofType(name: QualifiedName, above: ReadonlySet<string>): Shape {
    if (name.namespace === xsd) return { ...(simpleTypes[name.name] ?? { type: 'string' }), fields: [] };
    const key = keyOfName(name);
    const found = this.#types.get(key);
    if (!found) return text();
    if (above.has(key) || above.size >= deepest) {
      this.cut.add(name.name);
      return { type: 'object', fields: [] };
    }
    return this.#ofNode(found, new Set([...above, key]));
  }

  #ofNode(declared: Declared, above: ReadonlySet<string>): Shape {
    const { node, schema } = declared;
    if (node.name === 'simpleType') {
      const base = qualifiedName(childOf(node, 'restriction'), 'base');
      return base ? this.#ofType(base, above) : text();
    }
    const simple = childOf(node, 'simpleContent');
    if (simple) {
      const base = qualifiedName(childOf(simple, 'extension') ?? childOf(simple, 'restriction'), 'base');
      return base ? this.#ofType(base, above) : text();
    }
    const content = childOf(node, 'complexContent');
    const extension = childOf(content, 'extension');
    const base = extension && qualifiedName(extension, 'base');
    const inherited = base && base.namespace !== xsd ? this.#ofType(base, above).fields : [];
    const own = this.#particles(
      { node: extension ?? childOf(content, 'restriction') ?? node, schema },
      above,
      0,
    );
    return { type: 'object', fields: [...inherited, ...own] };
  }

  #particles({ node, schema }: Declared, above: ReadonlySet<string>, depth: number): Field[] {
    if (depth > deepest) return [];
    return node.children.flatMap((child): Field[] => {
      if (this.#left <= 0) return [];
      this.#left--;
      if (child.name === 'element') {
        return [this.#toField({ node: child, schema }, false, above)];
      }
      if (child.name === 'group') {
        const reference = qualifiedName(child, 'ref');
        const found = reference && this.#groups.get(keyOfName(reference));
        return found ? this.#particles(found, above, depth + 1) : [];
      }
      if (!['sequence', 'all', 'choice'].includes(child.name)) return [];
      const isOptional = child.name === 'choice' || attribute(child, 'minOccurs') === '0';
      const isRepeated = !['', '0', '1'].includes(attribute(child, 'maxOccurs'));
      return this.#particles({ node: child, schema }, above, depth + 1).map((field) => ({
        ...field,
        required: field.required && !isOptional,
        repeated: field.repeated || isRepeated,
      }));
    });
  }
}

type Shape = Pick<Field, 'type' | 'fields'> & { format?: string };

function text(): Shape {
  return { type: 'string', fields: [] };
}

export function schemaNodes(types: readonly Node[]): Node[] {
  return types.flatMap((one) => childrenOf(one, 'schema')).filter(({ namespace }) => namespace === xsd);
}

/** A field as a JSON schema. */
export function toJsonSchema(field: Field): Record<string, unknown> {
  const { type, format, fields, description } = field;
  const required = fields.filter((one) => one.required).map(({ name }) => name);
  const schema = {
    type,
    ...(format && { format }),
    ...(description && { description }),
    ...(type === 'object' && {
      properties: Object.fromEntries(fields.map((one) => [one.name, toJsonSchema(one)])),
    }),
    ...(required.length > 0 && { required }),
  };
  return field.repeated ? { type: 'array', items: schema } : schema;
}
