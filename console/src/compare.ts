/*
 * What has changed between two definitions, as a person would tell it: by resource, parameter, hook and configuration row, and inside of
 * these by field. Rows are the same by their ids.
 */

export interface FieldChange {
  /** Such as `vendorPath` or `response.contentType`. */
  field: string;
  /** As text; undefined where there was none. */
  before: string | undefined;
  after: string | undefined;
}

export interface RowChange {
  kind: 'added' | 'removed' | 'changed';
  /** Where it is: its resource and its own name. */
  title: string;
  fields: FieldChange[];
}

type Row = Record<string, unknown>;

const lists = ['configuration', 'parameters', 'hooks', 'resources', 'objects', 'models'] as const;
const inner = ['parameters', 'hooks'] as const;

export function compareDefinitions(before: Row, after: Row, element: string): RowChange[] {
  return [
    ...compareRow(without(before, lists), without(after, lists), element),
    ...lists.flatMap((list) => compareList(list, before[list], after[list], '')),
  ];
}

function compareList(list: string, before: unknown, after: unknown, owner: string): RowChange[] {
  const [old, now] = [rowsOf(before), rowsOf(after)];
  const keyOf = (row: Row, index: number) => String(row['id'] ?? row['key'] ?? `at ${index}`);
  const known = new Map(old.map((row, index) => [keyOf(row, index), row]));
  const changes = now.flatMap((row, index): RowChange[] => {
    const key = keyOf(row, index);
    const was = known.get(key);
    known.delete(key);
    const title = [owner, titleOf(list, row)].filter(Boolean).join(': ');
    if (!was) return [{ kind: 'added', title, fields: fieldsOf({}, row) }];
    if (list !== 'resources') return compareRow(was, row, title);
    return [
      ...compareRow(without(was, inner), without(row, inner), title),
      ...inner.flatMap((part) => compareList(part, was[part], row[part], title)),
    ];
  });
  const removed = [...known.values()].map((row): RowChange => ({
    kind: 'removed',
    title: [owner, titleOf(list, row)].filter(Boolean).join(': '),
    fields: fieldsOf(row, {}),
  }));
  return [...changes, ...removed];
}

function compareRow(before: Row, after: Row, title: string): RowChange[] {
  const fields = fieldsOf(before, after);
  return fields.length === 0 ? [] : [{ kind: 'changed', title, fields }];
}

function titleOf(list: string, { method, path, key, name, type, vendorName }: Row): string {
  if (list === 'resources') return `${textOf(method)} ${textOf(path)}`;
  if (list === 'hooks') return `hooks ${textOf(type)}`;
  if (list === 'parameters') return `parameters ${textOf(name)} → ${textOf(vendorName ?? name)}`;
  return `${list} ${textOf(key ?? name)}`;
}

function fieldsOf(before: Row, after: Row): FieldChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  names.delete('id');
  return [...names].flatMap((field) => {
    const [was, is] = [before[field], after[field]];
    // Nothing, null and an empty list are the same to the platform.
    if (isNothing(was) && isNothing(is)) return [];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return [{ field, before: shown(was), after: shown(is) }];
  });
}

const isNothing = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

const shown = (value: unknown) => (isNothing(value) ? undefined : textOf(value));

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '', null, 2);
}

function without(row: Row, fields: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([field]) => !fields.includes(field)));
}

/** Older models have their names outside. */
function rowsOf(value: unknown): Row[] {
  if (Array.isArray(value)) return value as Row[];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([key, schema]) => ({ key, schema: schema as unknown }));
}
