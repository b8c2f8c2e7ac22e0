import { isRow, rowsOf } from '../row-ids.ts';
import { shapeOf } from '../router.ts';
import { Definitions } from './schema.ts';
import { withReachable } from './select.ts';

type Row = Record<string, unknown>;

/**
 * One Swagger document of several. Of two elements with the same method and path, the first one's is shown; models of
 * one name that differ, and operations of one name, get names of their own.
 */
export function mergeDocuments(title: string, documents: readonly Row[]): Row {
  const [first = {}] = documents;
  const definitions = new Definitions();
  const paths: Record<string, Row> = {};
  const pathOf = new Map<string, string>();
  const names = new Set<string>();
  for (const document of documents) {
    const renamed = definitions.add(document['definitions'] as Row);
    for (const [path, verbs] of Object.entries(document['paths'] as Record<string, Row>)) {
      const shape = shapeOf(path);
      const shown = pathOf.get(shape) ?? path;
      pathOf.set(shape, shown);
      const operations = (paths[shown] ??= {});
      for (const [verb, operation] of Object.entries(verbs)) {
        if (operations[verb] || !isRow(operation)) continue;
        const moved = withReferences(operation, renamed) as Row;
        const operationId = freeName(String(operation['operationId']), names);
        const parameters = rowsOf(moved['parameters']).map(renaming(path, shown));
        operations[verb] = { ...moved, operationId, parameters };
      }
    }
  }
  const tags = new Set(documents.flatMap((one) => rowsOf(one['tags']).map(({ name }) => name)));
  return {
    ...first,
    info: { title, version: 'api-v2' },
    tags: [...tags].map((name) => ({ name })),
    paths,
    // What only an operation had that another took the place of is not needed.
    definitions: withReachable(paths, definitions.all),
  };
}

function withReferences(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((part) => withReferences(part, names));
  if (!isRow(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const name = key === '$ref' && typeof part === 'string' ? part.split('/').at(-1) : undefined;
      return [
        key,
        name === undefined ? withReferences(part, names) : `#/definitions/${names.get(name) ?? name}`,
      ];
    }),
  );
}

/** The variables of one path under the names that another of the same shape gives them. */
function renaming(from: string, to: string): (parameter: Row) => Row {
  const before = variablesOf(from);
  const after = variablesOf(to);
  return (parameter) => {
    const at = parameter['in'] === 'path' ? before.indexOf(String(parameter['name'])) : -1;
    return at === -1 ? parameter : { ...parameter, name: after[at] };
  };
}

function variablesOf(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}

function freeName(wish: string, taken: Set<string>): string {
  let name = wish;
  for (let number = 2; taken.has(name); number++) name = `${wish}${number}`;
  taken.add(name);
  return name;
}
