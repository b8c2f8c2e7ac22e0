import { getPath, setPath } from './path.ts';

/** Only the fields that were asked for: a comma list of names or dotted paths, of a record or of each in a list. */
export function selectFields(value: unknown, fields: string): unknown {
  const paths = fields
    .split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '');
  if (paths.length === 0 || paths.includes('*')) return value;
  const select = (record: unknown): unknown => {
    if (typeof record !== 'object' || record === null || Array.isArray(record)) return record;
    const selected = {};
    for (const path of paths) {
      if (Object.hasOwn(record, path))
        Object.assign(selected, { [path]: (record as Record<string, unknown>)[path] });
      else {
        const found = getPath(record, path);
        if (found !== undefined) setPath(selected, path, found);
      }
    }
    return selected;
  };
  return Array.isArray(value) ? value.map(select) : select(value);
}
