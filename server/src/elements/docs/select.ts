import { isRow } from '../row-ids.ts';

type Row = Record<string, unknown>;

const prefix = '#/definitions/';

/** The definitions that something refers to, directly or through others, in their order. */
export function withReachable(from: unknown, definitions: Row): Row {
  const reached = new Set<string>();
  const open: unknown[] = [from];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, part] of Object.entries(value)) {
      if (key === '$ref' && typeof part === 'string' && part.startsWith(prefix)) {
        const name = part.slice(prefix.length);
        if (reached.has(name) || !Object.hasOwn(definitions, name)) continue;
        reached.add(name);
        open.push(definitions[name]);
      } else if (typeof part === 'object') open.push(part);
    }
  }
  return Object.fromEntries(Object.entries(definitions).filter(([name]) => reached.has(name)));
}

/** How deep references are put in place of where they stand; those below stay references. */
const deepest = 6;
/** Schemas that are put in place in one document: lists of lists of references grow without end. */
const mostPlaced = 2_000;

/** Puts schemas where they are used; what refers to itself, or lies too deep, stays a reference. */
function createResolver(definitions: Row): (value: unknown, inside: readonly string[]) => unknown {
  let placed = 0;
  const resolve = (value: unknown, inside: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((part) => resolve(part, inside));
    if (!isRow(value)) return value;
    const reference = value['$ref'];
    if (typeof reference === 'string' && reference.startsWith(prefix)) {
      const name = reference.slice(prefix.length);
      if (inside.includes(name) || inside.length >= deepest || placed++ >= mostPlaced) return value;
      return resolve(definitions[name], [...inside, name]);
    }
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolve(part, inside)]));
  };
  return resolve;
}

/** The document with schemas where they are used; only what refers to itself, or lies too deep, stays a definition. */
export function withReferencesResolved(document: Row): Row {
  const definitions = definitionsOf(document);
  const paths = createResolver(definitions)(document['paths'], []);
  return { ...document, paths, definitions: withReachable(paths, definitions) };
}

/** The models of a document by name; when they are to be resolved, each with those inside that it refers to. */
export function definitionsIn(document: Row, resolved: boolean): Row {
  const definitions = definitionsOf(document);
  if (!resolved) return definitions;
  const resolve = createResolver(definitions);
  return Object.fromEntries(Object.entries(definitions).map(([name, one]) => [name, resolve(one, [name])]));
}

function definitionsOf(document: Row): Row {
  return isRow(document['definitions']) ? document['definitions'] : {};
}

const texts = new Set(['description', 'title', 'example']);

/** Only what says the shape: no descriptions, examples and extensions of schemas. */
export function withShapesOnly(document: Row): Row {
  const strip = (schema: unknown): unknown => {
    if (Array.isArray(schema)) return schema.map(strip);
    if (!isRow(schema)) return schema;
    const kept = Object.entries(schema).filter(([key]) => !texts.has(key) && !key.startsWith('x-'));
    return Object.fromEntries(
      kept.map(([key, part]) => {
        if (key !== 'properties' || !isRow(part)) return [key, key === 'enum' ? part : strip(part)];
        return [key, Object.fromEntries(Object.entries(part).map(([name, field]) => [name, strip(field)]))];
      }),
    );
  };
  const definitions = Object.entries(definitionsOf(document)).map(([name, one]) => [name, strip(one)]);
  return { ...document, definitions: Object.fromEntries(definitions) };
}
