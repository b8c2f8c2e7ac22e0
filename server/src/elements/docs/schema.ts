import { hash } from 'node:crypto';
import { isRow } from '../row-ids.ts';
import { referenceOf, referencesIn } from './models.ts';

type Row = Record<string, unknown>;

const types = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object']);
const numbers = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems'];
const deepest = 40;
/** References that are followed to tell models of one name apart; a chain longer than this is hardly an accident. */
const longestChain = 12;

/**
 * The schemas of one document. Definitions name theirs as they like and refer to what is not there: what goes in is
 * repaired, what comes out is valid in Swagger 2.0.
 */
export class Definitions {
  readonly all: Row = {};
  /** By name in the document, what the schema was made from. */
  readonly #sources = new Map<string, string>();
  /** Many resources share one map of models. */
  readonly #known = new WeakMap<Row, Map<string, string>>();

  /** @param own schemas of the document itself; a model of the same name gets another. */
  constructor(own: Row = {}) {
    for (const [name, schema] of Object.entries(own)) {
      this.all[name] = schema;
      this.#sources.set(name, '');
    }
  }

  /**
   * Adds the models of one resource.
   *
   * @param models by name; their references lead to each other.
   * @returns how each is called in the document: two that differ must not share a name.
   */
  add(models: Row): Map<string, string> {
    const known = this.#known.get(models);
    if (known) return known;
    const names = new Map<string, string>();
    this.#known.set(models, names);
    for (const [name, source] of sourcesOf(models)) names.set(name, this.#nameFor(name, source));
    for (const [name, unique] of names) {
      if (Object.hasOwn(this.all, unique)) continue;
      this.all[unique] = leadsNowhere(models, name) ? { type: 'object' } : toSchema(models[name], names);
    }
    return names;
  }

  #nameFor(name: string, source: string): string {
    const plain = name.replace(/[^\w.-]+/g, '_') || 'model';
    for (let number = 1; ; number++) {
      const wanted = number === 1 ? plain : `${plain}${number}`;
      const known = this.#sources.get(wanted);
      if (known === source) return wanted;
      if (known !== undefined) continue;
      this.#sources.set(wanted, source);
      return wanted;
    }
  }
}

/** A model that is only another name, of one that is only another name of it. */
function leadsNowhere(models: Row, name: string): boolean {
  const seen = new Set<string>();
  const known = { has: (one: string) => Object.hasOwn(models, one) };
  for (
    let at: string | undefined = name;
    at !== undefined && known.has(at);
    at = referenceOf(models[at], known)
  ) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

/** A mark for each model that is the same only where the model, and all that it refers to, is the same. */
function sourcesOf(models: Row): Map<string, string> {
  const rows = Object.entries(models).filter(([name, model]) => name !== '__proto__' && isRow(model));
  const known = new Set(rows.map(([name]) => name));
  const references = new Map<string, string[]>();
  let marks = new Map<string, string>();
  for (const [name, model] of rows) {
    const found = referencesIn(model, known);
    references.set(name, found);
    marks.set(name, hash('sha1', JSON.stringify(model)));
  }
  const rounds = Math.min(longestChain, rows.length);
  for (let round = 0; round < rounds; round++) {
    const next = new Map<string, string>();
    for (const [name, mark] of marks) {
      const seen = references.get(name) ?? [];
      next.set(
        name,
        seen.length === 0 ? mark : hash('sha1', mark + seen.map((one) => marks.get(one)).join()),
      );
    }
    marks = next;
  }
  return marks;
}

/** A schema of a definition as a valid one. */
export function toSchema(given: unknown, names: ReadonlyMap<string, string>, depth = 0): Row {
  if (!isRow(given) || depth > deepest) return {};
  const reference = referenceOf(given, names);
  if (reference !== undefined) {
    const name = names.get(reference);
    return name === undefined ? { type: 'object' } : { $ref: `#/definitions/${name}` };
  }
  const schema: Row = { ...texts(given), ...limits(given) };
  const type = [given['type']].flat().find((one) => typeof one === 'string' && types.has(one));
  const properties = given['properties'];
  if (type !== undefined) schema['type'] = type;
  else if (isRow(properties)) schema['type'] = 'object';
  else if (isRow(given['items'])) schema['type'] = 'array';
  if (schema['type'] === 'array') {
    const items = isRow(given['items']) || !isRow(properties) ? given['items'] : { properties };
    schema['items'] = toSchema(items, names, depth + 1);
  } else if (isRow(properties)) Object.assign(schema, toProperties(given, properties, names, depth));
  if (isRow(given['additionalProperties']))
    schema['additionalProperties'] = toSchema(given['additionalProperties'], names, depth + 1);
  if (Array.isArray(given['allOf']) && given['allOf'].length > 0)
    schema['allOf'] = given['allOf'].map((part) => toSchema(part, names, depth + 1));
  return schema;
}

function toProperties(given: Row, properties: Row, names: ReadonlyMap<string, string>, depth: number): Row {
  const fields = Object.entries(properties).filter(([name]) => isFieldName(name));
  const required = requiredOf(given['required'], properties);
  return {
    properties: Object.fromEntries(fields.map(([name, field]) => [name, toSchema(field, names, depth + 1)])),
    ...(required.length > 0 && { required }),
  };
}

/** A field called `$ref` is valid, but readers of documents take it for a reference and fail. */
export function isFieldName(name: string): boolean {
  return name !== '__proto__' && name !== '$ref';
}

/** Values are anything, and must not be taken for references either. */
function isValue(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return typeof value !== 'object' || !JSON.stringify(value).includes('"$ref"');
}

/** In some definitions each property says of itself that it is required; in a schema the object does. */
function requiredOf(stated: unknown, properties: Row): string[] {
  const listed = Array.isArray(stated) ? stated.filter((name) => typeof name === 'string') : [];
  const own = Object.entries(properties).flatMap(([name, field]) =>
    isRow(field) && field['required'] === true ? [name] : [],
  );
  return [...new Set([...listed, ...own])].filter(
    (name) => isFieldName(name) && Object.hasOwn(properties, name),
  );
}

function texts(given: Row): Row {
  const kept: Row = {};
  for (const name of ['title', 'description', 'format']) {
    if (typeof given[name] === 'string' && given[name] !== '') kept[name] = given[name];
  }
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith('x-') && isValue(value)) kept[name] = value;
  }
  if (isValue(given['example'])) kept['example'] = given['example'];
  if (typeof given['readOnly'] === 'boolean') kept['readOnly'] = given['readOnly'];
  return kept;
}

function limits(given: Row): Row {
  const kept: Row = {};
  for (const name of numbers) {
    const value = given[name];
    const isCount = name !== 'minimum' && name !== 'maximum';
    if (typeof value === 'number' && (!isCount || (Number.isInteger(value) && value >= 0)))
      kept[name] = value;
  }
  const choices = given['enum'];
  if (Array.isArray(choices) && choices.length > 0 && isValue(choices)) {
    const unique = new Map(choices.map((choice) => [JSON.stringify(choice), choice as unknown]));
    kept['enum'] = [...unique.values()];
  }
  return kept;
}
