import type { ElementDefinition } from './element.ts';
import { definitionInvalid } from './errors.ts';
import { isRow, withIds } from './row-ids.ts';
import { isStandard } from './platform-configuration.ts';

type Row = Record<string, unknown>;

/** Paths below `/elements` that are no element. */
const reserved = new Set([
  'keys',
  'metadata',
  'convert',
  'oauthApps',
  'oauthProxies',
  'client-sdks',
  'instances',
]);
const lists = ['configuration', 'parameters', 'hooks', 'resources', 'objects'] as const;
const longest = { key: 100, name: 500 };

/**
 * Reads what somebody gives as an element: a whole export, or a draft of little more than a name. What is not
 * understood is kept.
 *
 * @throws one 400 that names everything without which it is no element; odd rows inside are none of that.
 */
export function readDefinition(document: unknown): ElementDefinition {
  if (!isRow(document))
    throw definitionInvalid(['The body must be an element: a JSON object with at least a name.']);
  const { importReport: _report, importNotes: _notes, ...stated } = document;
  const faults: string[] = [];
  const { name } = stated;
  if (typeof name !== 'string' || name.trim() === '')
    faults.push("'name' is missing: every element has one.");
  else if (name.length > longest.name) faults.push(`'name' may have at most ${longest.name} characters.`);
  const given = stated['key'] || undefined;
  const key = given ?? keyOf(typeof name === 'string' ? name : '');
  if (faults.length === 0 || given !== undefined) faults.push(...keyFaults(key));
  const { hub } = stated;
  if (
    hub !== undefined &&
    hub !== null &&
    (typeof hub !== 'string' || hub.includes('/') || hub.length > longest.key)
  )
    faults.push("'hub' must be a word without slashes, such as crm.");
  for (const list of lists) {
    const value = stated[list];
    if (value !== undefined && value !== null && !Array.isArray(value))
      faults.push(`'${list}' must be an array.`);
  }
  if (faults.length > 0) throw definitionInvalid(faults);
  return withIds({ ...stated, key, name } as ElementDefinition);
}

/** `My DB element` → `mydbelement`. */
export function keyOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function keyFaults(key: unknown): string[] {
  if (typeof key !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(key))
    return [
      "'key' must begin with a letter or a digit and hold nothing but these, dots, dashes and underscores.",
    ];
  if (key.length > longest.key) return [`'key' may have at most ${longest.key} characters.`];
  if (/^\d+$/.test(key)) return [`'key' must not be a number ('${key}'): that would be taken for an id.`];
  if (reserved.has(key)) return [`'key' must not be '${key}': the API has a path of that name.`];
  return [];
}

/** Resources stand below their hub: `/contacts` of a CRM is `/hubs/crm/contacts`, however a definition writes it. */
export function inHub<T>(row: T, hub: string | null | undefined): T {
  if (!isRow(row) || typeof row['path'] !== 'string' || row['path'].startsWith('/hubs/')) return row;
  const path = row['path'].replace(/^\/*/, '/');
  return { ...row, path: path.startsWith('/hubs/') ? path : `/hubs/${hub || 'general'}${path}` };
}

/**
 * A change of an element: fields that are given replace those of before. Configuration that every element of its kind
 * has stays where the new list leaves it out, and the key stays in any case: it stands in URLs.
 */
export function mergeDefinition(before: ElementDefinition, given: unknown): ElementDefinition {
  if (!isRow(given)) throw definitionInvalid(['The body must be a JSON object with the fields to change.']);
  const { key: _key, id: _id, ...fields } = given;
  const merged = readDefinition({ ...before, ...fields });
  if (!Array.isArray(given['configuration'])) return merged;
  const rows = (merged.configuration ?? []) as unknown[];
  const stated = new Set(rows.map((row) => (isRow(row) ? row['key'] : undefined)));
  const kept = ((before.configuration ?? []) as unknown[]).filter(
    (row) => isRow(row) && isStandard(row['key'], merged) && !stated.has(row['key']),
  );
  return withIds({ ...merged, configuration: [...rows, ...kept] as never });
}

/** Credentials of an app belong to whoever registered it, not to a copy of the definition. */
export function withoutAppCredentials(definition: ElementDefinition): ElementDefinition {
  const configuration = ((definition.configuration ?? []) as unknown as Row[]).map((row) =>
    isRow(row) && (row['key'] === 'oauth.api.key' || row['key'] === 'oauth.api.secret')
      ? { ...row, defaultValue: '' }
      : row,
  );
  return { ...definition, configuration: configuration as never };
}
