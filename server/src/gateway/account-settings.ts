import { parseJson } from '#kernel/json';
import type { Pagination, ResourceMatch } from '#elements';
import type { Connection } from '#instances';

type Account = Pick<Connection, 'configuration' | 'element'>;

/** How a resource pages, with what the account itself says of it in place of the element's defaults. */
export function paginationOf(account: Account, { pagination }: ResourceMatch['resource']): Pagination {
  const max = wholeOf(account, 'pagination.max');
  const start = wholeOf(account, 'pagination.page.startindex');
  if (max === undefined && start === undefined) return pagination;
  return {
    ...pagination,
    maxPageSize: max ?? pagination.maxPageSize,
    startIndex: start ?? pagination.startIndex,
  };
}

function wholeOf({ configuration, element }: Account, key: string): number | undefined {
  const value = configuration[key];
  if (value === undefined || !/^\d{1,9}$/.test(value)) return undefined;
  const row = element.configuration.find((one) => one.key === key);
  return row?.defaultValue === value ? undefined : Number(value);
}

/**
 * The fields that are selected here: where the provider does not select, and everywhere where the account has
 * `allow.select.fields`.
 */
export function selectedHere(
  { configuration }: Account,
  { resource }: ResourceMatch,
  fields: string | undefined,
): string | undefined {
  const allowed = configuration['allow.select.fields']?.toLowerCase();
  if (allowed === 'false') return undefined;
  return allowed === 'true' || !resource.mappedQuery.has('fields') ? fields : undefined;
}

/** The fields of an object that `default.select.fields.map` has for reading all of it: `{"contacts": "id,name"}`. */
export function defaultFields({ configuration }: Account, { resource }: ResourceMatch): string | undefined {
  const text = configuration['default.select.fields.map']?.trim();
  if (!text) return undefined;
  const name = resource.objectName ?? resource.path.split('/')[1] ?? '';
  try {
    const map = parseJson(text);
    const fields =
      typeof map === 'object' &&
      map !== null &&
      Object.hasOwn(map, name) &&
      (map as Record<string, unknown>)[name];
    if (Array.isArray(fields)) return fields.filter((one) => typeof one === 'string').join(',') || undefined;
    return typeof fields === 'string' && fields !== '' ? fields : undefined;
  } catch {
    return undefined; // People write it: what is no JSON selects nothing.
  }
}
