import { isRow } from '#kernel/json';
import type { ElementDefinition } from './element.ts';

export { isRow };

type Row = Record<string, unknown>;

/**
 * Gives every row of a definition that can be addressed an id: configuration, parameters, hooks, resources, models.
 * A row keeps its own where that is a positive whole number that no other row of its kind has.
 */
export function withIds(definition: ElementDefinition): ElementDefinition {
  const resources = rowsOf(definition['resources']);
  const parameters = idsFor([definition, ...resources].flatMap((owner) => rowsOf(owner['parameters'])));
  const hooks = idsFor([definition, ...resources].flatMap((owner) => rowsOf(owner['hooks'])));
  const parts = (owner: Row): Row => ({
    ...(Array.isArray(owner['parameters']) && { parameters: owner['parameters'].map(parameters) }),
    ...(Array.isArray(owner['hooks']) && { hooks: owner['hooks'].map(hooks) }),
  });
  const own = (name: 'configuration' | 'models' | 'objects') => {
    const rows: unknown = definition[name];
    return Array.isArray(rows) ? { [name]: rows.map(idsFor(rowsOf(rows))) } : {};
  };
  const resourceId = idsFor(resources);
  const stated: unknown = definition['resources'];
  return {
    ...definition,
    ...parts(definition),
    ...own('configuration'),
    ...own('models'),
    ...own('objects'),
    ...(Array.isArray(stated) && {
      resources: stated.map((row) => (isRow(row) ? { ...(resourceId(row) as Row), ...parts(row) } : row)),
    }),
  } as ElementDefinition;
}

/** The next free id among rows of one kind. */
export function nextRowId(rows: readonly Row[]): number {
  return rows.reduce((most, { id }) => (isId(id) ? Math.max(most, id) : most), 0) + 1;
}

/** Rows of one kind → how each of them gets its id. */
function idsFor(rows: Row[]): (row: unknown) => unknown {
  const taken = new Set<number>();
  const keeps = new Set<Row>();
  for (const row of rows) {
    const { id } = row;
    if (!isId(id) || taken.has(id)) continue;
    taken.add(id);
    keeps.add(row);
  }
  let next = nextRowId(rows);
  return (row) => {
    if (!isRow(row) || keeps.has(row)) return row;
    const { id: _, ...rest } = row;
    return { id: next++, ...rest };
  };
}

export function rowsOf(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter(isRow) : [];
}

/** Small enough that the next one is exact too. */
function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 2 ** 52;
}
