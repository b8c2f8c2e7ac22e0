import { parseJson } from '#kernel/json';
import type { Connection } from '#instances';
import type { Gateway } from '#gateway';
import { readText } from '#platform/outbound';
import { pollReplyNoList } from '../errors.ts';
import type { PollPlan } from './plan.ts';

export interface RecordPage {
  records: unknown[];
  /** Where the next page starts. */
  next: string | undefined;
}

/** Largest page of a hub call. */
const largestPage = 10_000;
const mostReplyBytes = 64 * 1024 * 1024;

/**
 * One page of the list that a plan reads.
 *
 * @throws AppError as a hub call does; 502 when the reply is no list.
 */
export async function readPage(
  gateway: Pick<Gateway, 'run'>,
  connection: Connection,
  plan: PollPlan,
  { sinceMs, token }: { sinceMs: number; token: string | undefined },
): Promise<RecordPage> {
  const { path, query } = plan.url.write({ sinceMs, configuration: connection.configuration });
  // Where pages are cut here, the provider sends all of its list for each of them: the fewer the better.
  const isCutHere = connection.element.find('GET', path)?.resource.pagination.mode === 'local';
  const pageSize = isCutHere ? largestPage : plan.pageSize;
  const { body, headers } = await gateway.run(connection, {
    method: 'GET',
    path,
    query: {
      ...query,
      ...(pageSize === undefined ? {} : { pageSize: String(pageSize) }),
      ...(token === undefined ? {} : { nextPage: token }),
    },
    headers: {},
    readBody: () => Promise.resolve({ kind: 'none' }),
  });
  const text = typeof body === 'object' ? await readText(body, mostReplyBytes) : body;
  return { records: toRecords(text, plan), next: headers['elements-next-page-token'] };
}

/** Some resources answer one object in place of a list of one, and nothing in place of an empty list. */
function toRecords(text: string | undefined, { objectName, urlText }: PollPlan): unknown[] {
  if (!text?.trim()) return [];
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    throw pollReplyNoList(objectName, urlText);
  }
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) return [value];
  throw pollReplyNoList(objectName, urlText);
}
