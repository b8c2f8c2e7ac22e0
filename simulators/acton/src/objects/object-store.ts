import { Failure } from '../failure.ts';
import type { AccountData, Dataset, ObjectSchema } from '../model.ts';

export const base = '/custom-objects/v1/:accountId';

export function findObject({ objects }: AccountData, id: string | undefined): ObjectSchema {
  const found = objects.find((one) => one.id === id || one.definition.name === id);
  if (!found) throw new Failure(404, 404, `Schema ${id} not found`);
  return found;
}

export function findDataset(data: AccountData, params: Record<string, string>): Dataset {
  const { objectId, identifier } = params;
  const found = findObject(data, objectId).datasets.find(
    ({ id, name }) => id === identifier || name === identifier,
  );
  if (!found) throw new Failure(404, 404, `Dataset ${identifier} not found`);
  return found;
}

export function describeObject({ id, definition, createdMs, modifiedMs }: ObjectSchema) {
  const createdAt = new Date(createdMs).toISOString();
  return { id, ...definition, createdAt, updatedAt: new Date(modifiedMs).toISOString() };
}

export function describeDataset({ records, modifiedMs, ...dataset }: Dataset) {
  return { ...dataset, recordCount: records.size, updatedAt: new Date(modifiedMs).toISOString() };
}
