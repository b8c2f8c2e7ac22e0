import { queryOptions } from '@tanstack/react-query';
import { call } from './api.ts';

/** A value that an account of an element needs, or may set. */
export interface ConfigurationRow {
  key: string;
  name: string;
  description?: string;
  type: string;
  required?: boolean;
  internal?: boolean;
  hideFromConsole?: boolean;
  active?: boolean;
  displayOrder?: number;
  defaultValue?: string;
  options?: { value: string; description?: string }[];
}

export interface HookRow {
  type: string;
  body?: string;
}

export interface ResourceRow {
  id?: number;
  method: string;
  path: string;
  vendorMethod?: string;
  vendorPath?: string;
  type?: string;
  description?: string;
  hooks?: HookRow[];
  parameters?: {
    name: string;
    type?: string;
    vendorType?: string;
    required?: boolean;
    source?: string;
    description?: string;
  }[];
}

export interface ElementSummary {
  id: number;
  key: string;
  name: string;
  hub: string;
  description: string;
  private?: boolean;
  image?: string;
  authentication?: { type: string };
  configDescription?: string;
  signupURL?: string;
}

export interface Element extends ElementSummary {
  configuration: ConfigurationRow[];
  resources: ResourceRow[];
  hooks: HookRow[];
  objects?: { name: string; eventsEnabled?: boolean }[];
  limits?: { calls: number; perSeconds: number }[];
}

/** One element whole; it changes only when somebody edits it. */
export const elementQuery = (keyOrId: string) =>
  queryOptions({
    queryKey: ['element', keyOrId],
    queryFn: () => call<Element>('GET', `/elements/${encodeURIComponent(keyOrId)}`),
  });

/** More would make the URL longer than servers take; they are shown by their keys. */
const mostNames = 200;

/** The names of elements by their keys; one that is gone has none. */
export const elementNamesQuery = (keys: readonly string[]) => {
  const asked = [...new Set(keys)].slice(0, mostNames).toSorted();
  const quoted = asked.map((key) => `'${key.replaceAll("'", "''")}'`).join(', ');
  const query = { abridged: 'true', fields: 'key,name', where: `key IN (${quoted})` };
  return queryOptions({
    queryKey: ['element names', ...asked],
    enabled: asked.length > 0,
    queryFn: async () => {
      const found = await call<Pick<Element, 'key' | 'name'>[]>('GET', '/elements', { query });
      return Object.fromEntries(found.map(({ key, name }) => [key, name]));
    },
  });
};

export const isOauth = ({ authentication }: ElementSummary): boolean =>
  authentication?.type.toLowerCase().startsWith('oauth') ?? false;
