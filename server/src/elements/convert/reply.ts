import { isRow } from '../row-ids.ts';
import type { Reader } from './reader.ts';

type Row = Record<string, unknown>;

/** What an operation answers when all goes well. */
export interface ReplyFound {
  schema: unknown;
  contentType: string;
}

export function readReply(reader: Reader, operation: Row): ReplyFound {
  const replies = isRow(operation['responses']) ? operation['responses'] : {};
  const status = ['200', '201', '202', '203', '206', '2XX', 'default'].find((one) =>
    Object.hasOwn(replies, one),
  );
  const reply = reader.resolve(status === undefined ? undefined : replies[status]);
  if (isRow(reply['content'])) {
    const types = Object.keys(reply['content']);
    const type = types.find((one) => /[/+]json\b/i.test(one)) ?? types[0] ?? 'application/json';
    const media = reply['content'][type];
    const plain = type.split(';')[0]?.trim() || 'application/json';
    return {
      schema: isRow(media) ? media['schema'] : undefined,
      contentType: plain === '*/*' ? 'application/json' : plain,
    };
  }
  const produced = [operation['produces'], reader.document['produces']].find(Array.isArray) as
    unknown[] | undefined;
  const stated = produced?.filter((one) => typeof one === 'string') ?? [];
  const type = stated.find((one) => /[/+]json\b/i.test(one)) ?? stated[0] ?? 'application/json';
  const isFile = reader.resolve(reply['schema'])['type'] === 'file';
  const plain = /[/+](json|xml)\b|\*\/\*/i.test(type) ? 'application/json' : type;
  return { schema: reply['schema'], contentType: isFile ? 'application/octet-stream' : plain };
}

/** Where the list of a reply is, and what its schema is. */
export interface ListFound {
  /** Empty when the reply is the list itself. */
  rootKey: string;
  schema: unknown;
}

const usual =
  /^(data|items?|results?|values?|records?|entries|rows|content|objects|collection|hits|elements|list|resources)$/i;
const wrappers = /^(data|result|results|response|payload|_embedded|body)$/i;
/** Lists that stand beside that of the records. */
const beside =
  /^(errors?|warnings?|links?|included|messages?|facets|aggregations|meta|fields|columns|_links)$/i;
/** What is said of a list, not of a thing that has one. */
const about =
  /^(_?links?|_?meta(data)?|pag(e|es|ing|ination|er)\w*|per_?page|total\w*|count\w*|size|limit|offset|skip|start\w*|next\w*|prev\w*|first\w*|last\w*|has_?more\w*|cursors?|errors?|warnings?|success|status|code|message|object|kind|etag|href|url|self|type|included|@\S+)$/i;

/**
 * Finds the list in the reply of a list operation. A thing that happens to have one list in it, such as an order with
 * its lines, is no list: what is beside the list has to be about pages, or the list has to be named as the path is.
 */
export function findList(reader: Reader, schema: unknown, path: string, depth = 0): ListFound | undefined {
  const shape = reader.shape(schema);
  if (shape.type === 'array') return { rootKey: '', schema };
  const fields = Object.entries(shape.properties).filter(([name]) => /^[\w-]+$/.test(name));
  const lists = fields.filter(([name, field]) => !beside.test(name) && reader.shape(field).type === 'array');
  const noun = path.split('/').findLast((step) => step !== '' && !step.includes('{')) ?? '';
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const isAbout = fields.every(([name]) => about.test(name) || beside.test(name) || lists[0]?.[0] === name);
  const found =
    lists.find(([name]) => plain(name) === plain(noun)) ??
    only(lists.filter(([name]) => usual.test(name))) ??
    (lists.length === 1 && isAbout ? lists[0] : undefined);
  if (found) return { rootKey: found[0], schema: found[1] };
  if (depth > 0) return undefined;
  for (const [name, field] of fields.filter(([wrapper]) => wrappers.test(wrapper))) {
    const inner = findList(reader, field, path, depth + 1);
    if (inner && inner.rootKey !== '') return { ...inner, rootKey: `${name}.${inner.rootKey}` };
  }
  return undefined;
}

function only<T>(list: T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}
