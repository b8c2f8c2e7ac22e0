import { parseJson } from '#kernel/json';
import { parseXmlReply } from '#calls';

/** A provider's call to us, read. */
export interface WebhookCall {
  method: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  query: Record<string, string>;
  /** Exactly as it came: signatures are made over it. */
  body: Buffer;
  /** The body read by its content type; the query where there is none. Never a plain text: that is under `body`. */
  payload: Record<string, unknown>;
}

/** Reads the body by what it says it is, then by what it looks like: providers are careless with content types. */
export function readPayload(
  contentType: string,
  body: Buffer,
  query: Record<string, string>,
): Record<string, unknown> {
  const text = body.toString('utf8').trim();
  if (text === '') return query;
  if (/x-www-form-urlencoded/i.test(contentType)) return readForm(text);
  if (/^[[{]/.test(text)) return toRecord(tryRead(parseJson, text) ?? text);
  if (text.startsWith('<')) return toRecord(tryRead(parseXmlReply, text) ?? text);
  if (contentType === '' && /^[\w.%[\]-]+=/.test(text)) return readForm(text);
  return { body: text };
}

/** Fields whose value is JSON are read: some providers put a document into one. */
function readForm(text: string): Record<string, unknown> {
  const fields = [...new URLSearchParams(text)].map(([name, value]) => [
    name,
    /^\s*[[{]/.test(value) ? (tryRead(parseJson, value) ?? value) : value,
  ]);
  return Object.fromEntries(fields) as Record<string, unknown>;
}

/** Scripts expect a list under `objects`. */
function toRecord(value: unknown): Record<string, unknown> {
  if (Array.isArray(value)) return { objects: value };
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  return { body: value };
}

function tryRead(read: (text: string) => unknown, text: string): unknown {
  try {
    return read(text);
  } catch {
    return undefined;
  }
}
