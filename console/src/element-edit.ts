import { queryOptions } from '@tanstack/react-query';
import { call, callPage, callText } from './api.ts';
import type { Element } from './elements.ts';
import { queries } from './queries.ts';
import { saveText } from './text.ts';

/** Something of an element that cannot work, and why. */
export interface Problem {
  method?: string;
  path?: string;
  reason: string;
}

/** An element as it is after a change. */
export type SavedElement = Element & { importReport: Problem[] };

export const elementPath = (keyOrId: string | number, rest = '') =>
  `/elements/${encodeURIComponent(String(keyOrId))}${rest}`;

/** After any change: lists and pages ask again. */
export async function forgetElements(): Promise<void> {
  await Promise.all(
    ['elements', 'element', 'definition', 'report', 'hubs', 'versions'].map((key) =>
      queries.invalidateQueries({ queryKey: [key] }),
    ),
  );
}

/** A draft of an element, made of a document of another kind; notes say what was guessed. */
export async function convertDocument(text: string): Promise<{ text: string; notes: string[] }> {
  const draft = await callText('POST', '/elements/convert', {
    body: text,
    headers: { 'content-type': 'text/plain' },
  });
  const { importNotes = [] } = JSON.parse(draft) as { importNotes?: string[] };
  return { text: draft, notes: importNotes };
}

export async function createElement(definition: string): Promise<SavedElement> {
  const made = await call<SavedElement>('POST', '/elements', { body: definition });
  await forgetElements();
  return made;
}

export async function updateElement(keyOrId: string | number, definition: string): Promise<SavedElement> {
  const made = await call<SavedElement>('PUT', elementPath(keyOrId), { body: definition });
  await forgetElements();
  return made;
}

export async function cloneElement(
  keyOrId: string,
  wish: { name: string; key?: string },
): Promise<SavedElement> {
  const made = await call<SavedElement>('POST', elementPath(keyOrId, '/clone'), { json: wish });
  await forgetElements();
  return made;
}

export async function removeElement(keyOrId: string | number): Promise<void> {
  await call('DELETE', elementPath(keyOrId));
  await forgetElements();
}

/** Has the browser keep the definition as a file, as it was imported. */
export async function downloadElement(key: string): Promise<void> {
  const text = await callText('GET', elementPath(key, '/export'));
  saveText(`${key}.json`, text);
}

export const reportQuery = (keyOrId: string) =>
  queryOptions({
    queryKey: ['report', keyOrId],
    queryFn: () => call<Problem[]>('GET', elementPath(keyOrId, '/report')),
  });

/** The accounts that are connected with an element; as many as are told apart in a choice. */
export const connectedQuery = (key: string) =>
  queryOptions({
    queryKey: ['instances', 'of', key],
    queryFn: () => callPage<{ id: number; name: string }>(elementPath(key, '/instances'), { pageSize: 100 }),
  });
