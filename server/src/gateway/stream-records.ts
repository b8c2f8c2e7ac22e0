import { Readable } from 'node:stream';
import { stringifyJson } from '#kernel/json';

export interface RecordPage {
  records: unknown[];
  /** Token of the page behind it. */
  next: string | undefined;
}

/**
 * All records as one JSON array, a page at a time, as fast as they are taken. When a later page fails, the stream breaks
 * off: a caller must not take half a list for the whole one.
 */
export function streamRecords(
  first: RecordPage,
  fetchPage: (token: string) => Promise<RecordPage>,
): Readable {
  return Readable.from(write(first, fetchPage), { objectMode: false });
}

async function* write(
  first: RecordPage,
  fetchPage: (token: string) => Promise<RecordPage>,
): AsyncGenerator<string> {
  let separator = '[';
  for (let page = first; ; page = await fetchPage(page.next)) {
    if (page.records.length > 0) {
      yield separator + page.records.map(stringifyJson).join(',');
      separator = ',';
    }
    if (page.next === undefined) break;
  }
  yield separator === '[' ? '[]' : ']';
}
