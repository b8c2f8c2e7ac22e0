import { isRow, rowsOf } from '../row-ids.ts';

type Row = Record<string, unknown>;

/** One call of an element, as its OpenAPI document describes it. */
export interface Operation {
  /** Its operationId: the name of the function. */
  name: string;
  method: string;
  /** Below the hub. */
  path: string;
  summary: string;
  parameters: Row[];
  body: { required: boolean; schema: unknown; isJson: boolean } | undefined;
  /** Schema of the reply where it is JSON; `file` where it is something else. */
  reply: unknown;
}

/** The operations of an element's document (OpenAPI 3.1). */
export function operationsOf(openApi: Row): Operation[] {
  const paths = Object.entries(openApi['paths'] as Record<string, Record<string, Row>>);
  return paths.flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, one]) => ({
      name: String(one['operationId']),
      method: verb.toUpperCase(),
      path,
      summary: String(one['summary'] ?? ''),
      parameters: rowsOf(one['parameters']),
      body: bodyOf(one['requestBody']),
      reply: replyOf(one['responses']),
    })),
  );
}

function bodyOf(stated: unknown): Operation['body'] {
  const content = contentOf(stated);
  if (!isRow(stated) || !content) return undefined;
  const isJson = content.type === 'application/json';
  return { required: stated['required'] === true, schema: content.schema, isJson };
}

function replyOf(responses: unknown): unknown {
  const content = contentOf((responses as Row)['200']);
  if (!content) return {};
  return content.type === 'application/json' ? content.schema : 'file';
}

function contentOf(part: unknown): { type: string; schema: unknown } | undefined {
  if (!isRow(part) || !isRow(part['content'])) return undefined;
  const [first] = Object.entries(part['content']);
  return first && { type: first[0], schema: (first[1] as Row)['schema'] };
}
