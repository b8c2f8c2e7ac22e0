import { queryOptions } from '@tanstack/react-query';
import { call } from './api.ts';
import { elementPath, forgetElements, updateElement } from './element-edit.ts';
import type { ConfigurationRow } from './elements.ts';
import { objectFieldForm as fieldWords, parameterForm as words } from './strings/builder.ts';

/*
 * A definition as it is stored, to be edited: without the rows that the platform adds when it shows an element. Fields that a form does
 * not know are kept, since only what was changed is sent.
 */

type Text = string | null;

export interface Hook {
  id?: number;
  type: string;
  body?: Text;
  isLegacy?: boolean | null;
}

export interface Parameter {
  id?: number;
  name: string;
  type: string;
  vendorName?: Text;
  vendorType: string;
  source?: Text;
  required?: boolean | null;
  dataType?: Text;
  converter?: Text;
  description?: Text;
}

export interface Resource {
  id?: number;
  method: string;
  path: string;
  vendorMethod?: Text;
  vendorPath?: Text;
  type?: string;
  description?: Text;
  objectName?: Text;
  rootKey?: Text;
  paginationType?: Text;
  nextPageKey?: Text;
  nextResource?: Text;
  parameters?: Parameter[] | null;
  hooks?: Hook[] | null;
}

/** A field of an object. Where it has no name, older definitions call it by its path or by the provider's. */
export interface ObjectField {
  id?: number;
  name?: Text;
  path?: Text;
  vendorPath?: Text;
  type?: Text;
  displayName?: Text;
  custom?: boolean | null;
  readOnly?: boolean | null;
}

/** What records of a provider are: contacts, orders. */
export interface ObjectRow {
  id?: number;
  name: string;
  vendorName?: Text;
  displayName?: Text;
  primaryKeyName?: Text;
  customFields?: boolean | null;
  fields?: ObjectField[] | null;
}

/** Schemas by their names; in newer definitions rows with fields. */
export type Models = Record<string, unknown> | ({ id?: number; name?: string } & Record<string, unknown>)[];

export interface Definition {
  name: string;
  description?: Text;
  hub?: Text;
  active?: boolean | null;
  image?: Text;
  signupURL?: Text;
  configDescription?: Text;
  authentication?: { type: string };
  configuration?: ConfigurationRow[] | null;
  parameters?: Parameter[] | null;
  hooks?: Hook[] | null;
  resources?: Resource[] | null;
  objects?: ObjectRow[] | null;
  models?: Models | null;
}

/** What an account may change: its own definition, or its own resources on a shipped element. */
export const definitionQuery = (key: string, isOwn: boolean) =>
  queryOptions({
    queryKey: ['definition', key, isOwn],
    queryFn: () =>
      call<Definition>('GET', elementPath(key, '/export'), {
        query: isOwn ? {} : { extendedOnly: true },
      }),
  });

export async function changeDefinition(key: string, change: Partial<Definition>): Promise<void> {
  await updateElement(key, JSON.stringify(change));
}

type PartList = 'configuration' | 'resources' | 'objects';

/** Adds a row, or changes the given fields of one. */
export async function savePart<T>(
  key: string,
  list: PartList,
  row: string | undefined,
  change: Partial<T>,
): Promise<T> {
  const path = elementPath(key, `/${list}`);
  const saved = await (row === undefined
    ? call<T>('POST', path, { json: change })
    : call<T>('PUT', `${path}/${encodeURIComponent(row)}`, { json: change }));
  await forgetElements();
  return saved;
}

export async function removePart(key: string, list: PartList, row: string): Promise<void> {
  await call('DELETE', elementPath(key, `/${list}/${encodeURIComponent(row)}`));
  await forgetElements();
}

/** @throws in words. The server takes a parameter without a name, which then does nothing. */
export function requireNames(parameters: readonly Parameter[] | null | undefined): void {
  const at = (parameters ?? []).findIndex(({ name }) => name.trim() === '');
  if (at !== -1) throw new Error(words.nameMissing(at + 1));
}

/** @throws in words, as for parameters. */
export function requireFieldNames(fields: readonly ObjectField[] | null | undefined): void {
  const at = (fields ?? []).findIndex((field) => nameOfField(field).trim() === '');
  if (at !== -1) throw new Error(fieldWords.nameMissing(at + 1));
}

export const nameOfField = ({ name, path, vendorPath }: ObjectField): string =>
  name || path || vendorPath || '';

/** A copy of a resource, for a new one: its rows get ids of their own. */
export function copyResource(original: Resource): Resource {
  const [copy = original] = withoutIds([original]);
  return { ...copy, parameters: withoutIds(copy.parameters), hooks: withoutIds(copy.hooks) };
}

function withoutIds<T extends { id?: number }>(rows: T[] | null | undefined): T[] {
  return (rows ?? []).map((row) => {
    const copy = { ...row };
    delete copy.id;
    return copy;
  });
}
