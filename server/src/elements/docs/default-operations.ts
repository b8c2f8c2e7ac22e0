import { shapeOf } from '../router.ts';
import { authorization, failureReplies, tagOf } from './operation.ts';

type Row = Record<string, unknown>;

/** An operation of the document that no resource of the definition stands for. */
export interface DefaultOperation {
  method: string;
  path: string;
  operationId: string;
  describe(): Row;
}

const record = { type: 'object' };
const listQuery = [
  ['where', 'string'],
  ['fields', 'string'],
  ['page', 'integer'],
  ['pageSize', 'integer'],
  ['nextPage', 'string'],
] as const;

const discovery: [string, string, string, Row][] = [
  [
    '/ping',
    'getPing',
    'Whether the account is there',
    {
      type: 'object',
      properties: { dateTime: { type: 'string', format: 'date-time' }, endpoint: { type: 'string' } },
    },
  ],
  ['/objects', 'getObjects', 'The names of the objects', { type: 'array', items: { type: 'string' } }],
  [
    '/objects/{objectName}/metadata',
    'getObjectsObjectNameMetadata',
    'The fields of an object',
    { type: 'object', properties: { fields: { type: 'array', items: { type: 'object' } } } },
  ],
  ['/objects/{objectName}/docs', 'getObjectsObjectNameDocs', 'Swagger 2.0 of an object', { type: 'object' }],
];

const child = '/{objectName}/{objectId}/{childObjectName}';
const generic: [string, string, string, string][] = [
  ['GET', '/{objectName}', 'getByObjectName', 'The records of any object'],
  ['POST', '/{objectName}', 'createByObjectName', 'Makes a record of any object'],
  ['GET', '/{objectName}/{objectId}', 'getObjectNameByObjectId', 'A record of any object'],
  ['PUT', '/{objectName}/{objectId}', 'replaceObjectNameByObjectId', 'Replaces a record of any object'],
  ['PATCH', '/{objectName}/{objectId}', 'updateObjectNameByObjectId', 'Changes a record of any object'],
  ['DELETE', '/{objectName}/{objectId}', 'deleteObjectNameByObjectId', 'Removes a record of any object'],
  ['GET', child, 'getObjectNameByChildObjectName', 'The records inside of one of any object'],
  ['POST', child, 'createObjectNameByChildObjectName', 'Makes a record inside of one of any object'],
  ['GET', `${child}/{childObjectId}`, 'getObjectNameByChildObjectId', 'A record inside of one of any object'],
  ['PUT', `${child}/{childObjectId}`, 'replaceObjectNameByChildObjectId', 'Replaces a record inside of one'],
  ['PATCH', `${child}/{childObjectId}`, 'updateObjectNameByChildObjectId', 'Changes a record inside of one'],
  ['DELETE', `${child}/{childObjectId}`, 'deleteObjectNameByChildObjectId', 'Removes a record inside of one'],
];

/**
 * What every element answers, unless its definition has an answer of its own; and the generic paths, as far as some
 * object of the element answers them.
 *
 * @param pathLike the path of the document that has the same shape, if there is one.
 */
export function defaultOperations(
  own: readonly { method: string; path: string }[],
  pathLike: (path: string) => string,
): DefaultOperation[] {
  const taken = new Set(own.map(({ method, path }) => `${method} ${shapeOf(path)}`));
  const isFree = (method: string, path: string) => !taken.has(`${method} ${shapeOf(path)}`);
  const places = new Set(own.map(({ method, path }) => `${method} ${placeOf(path)}`));
  return [
    ...discovery
      .filter(([path]) => isFree('GET', path))
      .map(([path, operationId, summary, schema]) =>
        toOperation('GET', pathLike(path), operationId, summary, schema),
      ),
    ...generic
      .filter(([method, path]) => places.has(`${method} ${placeOf(path)}`) && isFree(method, path))
      .map(([method, path, operationId, summary]) =>
        toOperation(method, pathLike(path), operationId, summary),
      ),
  ];
}

/** `/contacts/{id}` is at the same place as `/{objectName}/{objectId}`. */
function placeOf(path: string): string {
  const segments = path.split('/').filter(Boolean);
  const isPlain = segments.every((segment, at) => at % 2 === 0 || /^\{[^{}]*\}$/.test(segment));
  return isPlain ? String(segments.length) : 'elsewhere';
}

function toOperation(
  method: string,
  path: string,
  operationId: string,
  summary: string,
  schema?: Row,
): DefaultOperation {
  const isList = !schema && method === 'GET' && path.split('/').length % 2 === 0;
  const variables = [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
  const reply = schema ?? (isList ? { type: 'array', items: record } : record);
  const describe = () => ({
    tags: [tagOf(path)],
    summary,
    parameters: [
      authorization,
      ...variables.map((name) => ({ name, in: 'path', type: 'string', required: true })),
      ...(isList ? listQuery.map(([name, type]) => ({ name, in: 'query', type, required: false })) : []),
      ...(method.startsWith('P') ? [{ name: 'body', in: 'body', required: false, schema: record }] : []),
    ],
    responses: { 200: { description: 'Success', schema: reply }, ...failureReplies() },
  });
  return { method, path, operationId, describe };
}
