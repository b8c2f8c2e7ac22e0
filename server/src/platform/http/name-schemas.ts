import { usualFailures } from './describe.ts';

type Json = Record<string, unknown>;

/** Below these is data, in which a `title` is only a word. */
const data = new Set(['example', 'examples', 'default', 'enum', 'const']);

/**
 * Writes each schema that has a title once, in `components.schemas` under that name, and each usual failure in
 * `components.responses`, and refers to them where they were: the document is shorter then, and what is generated of it
 * has names. It is done when the document is asked for.
 *
 * @throws Error when two schemas that differ have the same title.
 */
export function nameSchemas(document: Json): Json {
  const components = document['components'] as Json;
  const schemas: Json = { ...(components['schemas'] as Json) };
  const responses: Json = {};

  function named(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(named);
    if (typeof value !== 'object' || value === null) return value;
    const part = Object.fromEntries(
      Object.entries(value).map(([key, below]) => [key, data.has(key) ? below : named(below)]),
    );
    if (typeof part['title'] === 'string') return namedSchema(part['title'], part);
    if (typeof part['responses'] === 'object') part['responses'] = namedFailures(part['responses'] as Json);
    return part;
  }

  function namedSchema(title: string, schema: Json): Json {
    const known = schemas[title];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`Two schemas have the title ${title}, but they differ.`);
    schemas[title] = schema;
    return { $ref: `#/components/schemas/${title}` };
  }

  function namedFailures(replies: Json): Json {
    const all = Object.entries(replies).map(([status, reply]): [string, unknown] => {
      const usual = (usualFailures as Record<string, { name: string; text: string }>)[status];
      if (usual === undefined || (reply as Json)['description'] !== usual.text) return [status, reply];
      responses[usual.name] = reply;
      return [status, { $ref: `#/components/responses/${usual.name}` }];
    });
    return Object.fromEntries(all);
  }

  const paths = named(document['paths']);
  return { ...document, components: { ...components, schemas: sorted(schemas), responses }, paths };
}

function sorted(all: Json): Json {
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}
