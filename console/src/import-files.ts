import { LigandError } from './api.ts';
import { type SavedElement, convertDocument, createElement } from './element-edit.ts';
import { importing as words } from './strings/builder.ts';

/** Larger ones are refused by the server. */
const mostBytes = 32 * 1024 * 1024;

/** One element, or a document that the server makes one of. */
interface Document {
  kind: 'element' | 'document';
  text: string;
}

export type Stage = 'waiting' | 'reading' | 'converting' | 'saving' | 'done' | 'taken' | 'failed';

/** What has become of one file so far. */
export interface Progress {
  stage: Stage;
  element?: SavedElement;
  /** What was guessed in a conversion. */
  notes?: string[];
  error?: unknown;
  /** Where the key is taken: what would have been imported. */
  definition?: string;
}

/** Of one file: several elements may be in it. */
export async function readDocuments(file: Blob): Promise<Document[]> {
  if (file.size > mostBytes) throw new Error(words.tooLarge(mostBytes / 1024 / 1024));
  const text = (await file.text()).replace(/^\uFEFF/, '');
  if (text.trim() === '') throw new Error(words.isEmpty);
  if (!/^\s*(\[|\{\s*"elements"\s*:\s*\[)/.test(text)) return [toDocument(text)];
  const value = parseExactly(text) as unknown[] | { elements: unknown[] };
  const all = Array.isArray(value) ? value : value.elements;
  if (all.length === 0) throw new Error(words.isEmpty);
  return all.map((one) => toDocument(JSON.stringify(one)));
}

/** An element, or a document of another kind by how it begins. @throws in words what it is not. */
function toDocument(text: string): Document {
  const start = text.trimStart();
  if (start.startsWith('<')) {
    if (/<([\w.-]+:)?(definitions|Edmx)[\s>]/.test(start)) return { kind: 'document', text };
    throw new Error(words.isOther);
  }
  if (!start.startsWith('{')) {
    if (/^(openapi|swagger|paths)\s*:/m.test(text)) return { kind: 'document', text };
    throw new Error(words.isOther);
  }
  const value = parseExactly(start) as Record<string, unknown>;
  if ('openapi' in value || 'swagger' in value) return { kind: 'document', text };
  if (typeof value['name'] !== 'string' || 'steps' in value) throw new Error(words.isOther);
  return { kind: 'element', text };
}

/** No digit of a number gets lost when it is written again. @throws in words, with the browser's reason. */
function parseExactly(text: string): unknown {
  // The types of the standard library do not have it yet.
  const { rawJSON } = JSON as typeof JSON & { rawJSON?: (source: string) => unknown };
  const keep = (_key: string, item: unknown, context?: { source?: string }) =>
    typeof item === 'number' && context?.source && rawJSON ? rawJSON(context.source) : item;
  try {
    return JSON.parse(text, keep as never) as unknown;
  } catch (error) {
    throw new Error(words.noJson((error as Error).message), { cause: error });
  }
}

/** Imports one element, telling how far it is. It never throws: what failed is told the same way. */
export async function importDocument(
  { kind, text }: Document,
  tell: (progress: Progress) => void,
): Promise<void> {
  let definition = text;
  let notes: string[] = [];
  try {
    if (kind === 'document') {
      tell({ stage: 'converting' });
      ({ text: definition, notes } = await convertDocument(text));
    }
    tell({ stage: 'saving', notes });
    tell({ stage: 'done', notes, element: await createElement(definition) });
  } catch (error) {
    const isTaken = error instanceof LigandError && error.status === 409;
    tell({ stage: isTaken ? 'taken' : 'failed', notes, error, definition });
  }
}
