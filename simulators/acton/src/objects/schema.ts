import { randomUUID } from 'node:crypto';
import { Failure, missingParameter } from '../failure.ts';
import type { ObjectField, ObjectSchema } from '../model.ts';
import { fieldsOf, toText } from '../surface.ts';
import type { Call, Surface } from '../surface.ts';
import { base, describeObject, findObject } from './object-store.ts';

/** Kinds of custom objects and their fields. */
export function mountObjectSchema(surface: Surface): void {
  const path = `${base}/schema`;
  surface('GET', `${path}/all`, { handle: ({ data }) => data.objects.map(describeObject) });
  surface('DELETE', `${path}/all`, {
    query: ['hard'],
    handle: ({ data }) => {
      data.objects = [];
      return { deleted: true };
    },
  });
  surface('POST', path, { query: ['dryRun'], body: ['json'], handle: create });
  surface('GET', `${path}/:objectId`, {
    handle: ({ data, params }) => describeObject(findObject(data, params['objectId'])),
  });
  surface('PUT', `${path}/:objectId`, {
    body: ['json'],
    handle: (call) => {
      const object = findObject(call.data, call.params['objectId']);
      Object.assign(object.definition, fieldsOf(call));
      object.definition.fields = withIds(object.definition.fields);
      return touched(object, call);
    },
  });
  surface('DELETE', `${path}/:objectId`, {
    query: ['hard'],
    handle: ({ data, params }) => {
      const object = findObject(data, params['objectId']);
      data.objects = data.objects.filter((one) => one !== object);
      return { id: object.id, deleted: true };
    },
  });
  mountFields(surface, `${path}/:objectId/field`);
}

function mountFields(surface: Surface, path: string): void {
  const changing = (change: (fields: ObjectField[], given: ObjectField[]) => ObjectField[]) => ({
    body: ['json'] as const,
    handle: (call: Call) => {
      const object = findObject(call.data, call.params['objectId']);
      const given = [call.body].flat() as ObjectField[];
      object.definition.fields = change(object.definition.fields, given);
      return touched(object, call);
    },
  });
  const same = (a: ObjectField) => (b: ObjectField | string) =>
    typeof b === 'string' ? b === a.id || b === a.name : b.id === a.id || b.name === a.name;
  surface(
    'POST',
    path,
    changing((fields, given) => [...fields, ...withIds(given)]),
  );
  surface(
    'PUT',
    path,
    changing((fields, given) => fields.map((one) => ({ ...one, ...given.find(same(one)) }))),
  );
  surface(
    'DELETE',
    path,
    changing((fields, given) => fields.filter((one) => !given.some(same(one)))),
  );
}

function withIds(fields: ObjectField[]): ObjectField[] {
  return fields.map((field) => ({ ...field, id: field.id ?? randomUUID() }));
}

function touched(object: ObjectSchema, { nowMs }: Call): unknown {
  object.modifiedMs = nowMs;
  return describeObject(object);
}

function create(call: Call): unknown {
  const given = fieldsOf(call);
  if (!given['name']) throw missingParameter('name');
  if (!Array.isArray(given['fields'])) throw missingParameter('fields');
  const name = toText(given['name']);
  if (call.data.objects.some(({ definition }) => definition.name === name)) {
    throw new Failure(409, 409, `A schema named ${name} exists`);
  }
  const object: ObjectSchema = {
    id: randomUUID(),
    definition: { ...given, name, fields: withIds(given['fields'] as ObjectField[]) },
    createdMs: call.nowMs,
    modifiedMs: call.nowMs,
    datasets: [],
  };
  if (call.query['dryRun'] !== 'true') call.data.objects.push(object);
  return describeObject(object);
}
