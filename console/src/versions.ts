import { queryOptions } from '@tanstack/react-query';
import { call } from './api.ts';
import type { Definition } from './definition.ts';
import { type SavedElement, elementPath, forgetElements } from './element-edit.ts';

/** A state of the definition of an element. */
export interface Version {
  version: number;
  date: string;
  current: boolean;
}

export const versionsQuery = (key: string) =>
  queryOptions({
    queryKey: ['versions', key],
    queryFn: () => call<Version[]>('GET', elementPath(key, '/versions')),
  });

/** A version never changes, unlike what is the current one. */
export const versionQuery = (key: string, version: number) =>
  queryOptions({
    queryKey: ['versions', key, version],
    queryFn: () =>
      call<Version & { definition: Definition }>('GET', elementPath(key, `/versions/${version}`)),
  });

export async function restoreVersion(key: string, version: number): Promise<SavedElement> {
  const saved = await call<SavedElement>('POST', elementPath(key, `/versions/${version}/restore`));
  await forgetElements();
  return saved;
}
