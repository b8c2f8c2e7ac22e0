import { call } from './api.ts';
import type { Definition, Models } from './definition.ts';
import { elementPath, updateElement } from './element-edit.ts';
import { modelForm as words } from './strings/builder.ts';
import { faultInJson } from './text.ts';

type Body = Record<string, unknown>;

/** One model, however its definition has it. */
export interface Model {
  /** What the address calls it. */
  row: string;
  name: string;
  /** Its schema, or its row without name and id. */
  body: Body;
}

const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function listModels(models: Models | null | undefined): Model[] {
  if (!Array.isArray(models))
    return Object.entries(models ?? {}).map(([name, schema]) => ({
      row: name,
      name,
      body: isBody(schema) ? schema : {},
    }));
  return models.map(({ id, name = '', ...body }) => ({ row: String(id), name, body }));
}

/** How many fields it says to have. */
export function countFields({ body: { properties, modelFields, fields } }: Model): number {
  const rows = modelFields ?? fields;
  return Array.isArray(rows) ? rows.length : Object.keys(isBody(properties) ? properties : {}).length;
}

/** @throws in words. */
export function readModel(text: string): Body {
  const fault = faultInModel(text);
  if (fault) throw new Error(fault);
  return JSON.parse(text) as Body;
}

/** Why a text is no model; undefined when it is. */
export function faultInModel(text: string): string | undefined {
  const fault = faultInJson(text);
  if (fault) return words.notJson(fault);
  return text.trim() !== '' && isBody(JSON.parse(text)) ? undefined : words.notObject;
}

/** The models with one that is new, or another in place of that of the row. @throws in words for a name that another has. */
export function withModel(
  models: Models | null | undefined,
  row: string | undefined,
  { name, body }: Omit<Model, 'row'>,
): Models {
  if (listModels(models).some((one) => one.row !== row && one.name === name))
    throw new Error(words.taken(name));
  if (!Array.isArray(models)) return { ...models, [name]: body };
  if (row === undefined) return [...models, { ...body, name }];
  return models.map((one) => (String(one.id) === row ? { ...body, id: Number(row), name } : one));
}

export function withoutModel(models: Models | null | undefined, row: string): Models {
  if (Array.isArray(models)) return models.filter(({ id }) => String(id) !== row);
  return Object.fromEntries(Object.entries(models ?? {}).filter(([name]) => name !== row));
}

/** Changes the models as they are by now, which may be others than the page shows. */
async function change(key: string, to: (models: Models | null | undefined) => Models): Promise<Models> {
  const { models } = await call<Definition>('GET', elementPath(key, '/export'));
  const saved = await updateElement(key, JSON.stringify({ models: to(models) }));
  return (saved as { models?: Models }).models ?? {};
}

/** @returns what the address calls it. */
export async function saveModel(
  key: string,
  row: string | undefined,
  model: Omit<Model, 'row'>,
): Promise<string> {
  const saved = await change(key, (models) => withModel(models, row, model));
  return listModels(saved).find(({ name }) => name === model.name)?.row ?? model.name;
}

export async function removeModel(key: string, row: string): Promise<void> {
  await change(key, (models) => withoutModel(models, row));
}
