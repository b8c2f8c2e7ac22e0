import { belowHub } from '../compile.ts';
import type { Element } from '../element.ts';
import { isRow, rowsOf } from '../row-ids.ts';
import { referencesIn } from './models.ts';
import { isDocumented } from './swagger.ts';

type Row = Record<string, unknown>;

/** Paths of the platform, not of an object. */
const ownPaths = new Set(['ping', 'objects', 'bulk']);

/**
 * The names of an element's objects, in the order of the alphabet: what its definition lists (`objects`, newer models),
 * what its resources are about (their `objectName` or `object`, else the first segment of the path: `/contacts/{id}`),
 * and models that stand for themselves, as no resource and no other model speaks of them.
 */
export function objectNames(element: Element): string[] {
  const { definition } = element;
  const names = new Set<string>();
  for (const { name } of [...rowsOf(definition['objects']), ...rowsOf(definition['models'])])
    add(names, name);
  for (const row of documentedRows(element)) add(names, objectOf(row));
  for (const name of standaloneModels(definition['models'], rowsOf(definition.resources))) add(names, name);
  return [...names].sort();
}

function add(names: Set<string>, name: unknown): void {
  if (typeof name === 'string' && name !== '') names.add(name);
}

/** Resources that callers are told of, as the definition has them. */
export function documentedRows(element: Element): Row[] {
  return rowsOf(element.definition.resources).filter((row) =>
    isDocumented({ type: String(row['type'] ?? 'api'), kind: row['kind'] === 'java' ? 'java' : 'eb' }),
  );
}

/** The object that a resource is about. */
export function objectOf(row: Row): string | undefined {
  const { objectName, object } = row;
  if (typeof objectName === 'string' && objectName !== '') return objectName;
  if (isRow(object) && typeof object['name'] === 'string' && object['name'] !== '') return object['name'];
  const [first = ''] = segmentsOf(row);
  return first === '' || first.includes('{') || ownPaths.has(first) ? undefined : first;
}

/** The path below the hub, in pieces. */
export function segmentsOf(row: Row): string[] {
  const path = belowHub(String(row['path'] ?? '/')).split('?', 1)[0] ?? '';
  return path.split('/').filter(Boolean);
}

function standaloneModels(models: unknown, resources: Row[]): string[] {
  if (!isRow(models)) return [];
  const known = new Set(Object.keys(models).filter((name) => isRow(models[name])));
  const used = new Set<unknown>();
  for (const { model } of resources) {
    if (isRow(model)) used.add(model['name']).add(model['requestName']);
  }
  for (const name of known) {
    for (const reference of referencesIn(models[name], known)) if (reference !== name) used.add(reference);
  }
  return [...known].filter((name) => !used.has(name));
}

/** The objects with where they come from, for clients that ask for more than names. */
export function describeObjects(element: Element): Row[] {
  const stated = [
    ...rowsOf(element.definition['models']),
    ...rowsOf(element.definition['objects']),
    ...documentedRows(element).flatMap(({ object }) => (isRow(object) ? [object] : [])),
  ];
  const vendorNames = new Map(stated.map(({ name, vendorName }) => [name, vendorName]));
  return objectNames(element).map((name) => ({
    name,
    vendorName: vendorNames.get(name) ?? name,
    // Objects of the provider alone are found by asking it, which a resource of the definition's own does.
    type: 'ceCanonical',
  }));
}
