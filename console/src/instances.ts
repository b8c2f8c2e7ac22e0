import { queryOptions } from '@tanstack/react-query';
import { call } from './api.ts';
import type { ElementSummary } from './elements.ts';
import { queries } from './queries.ts';

/** A connected account. */
export interface Instance {
  id: number;
  name: string;
  /** Masked, unless it was asked for. */
  token: string;
  valid: boolean;
  invalidReason?: string;
  disabled: boolean;
  eventsEnabled: boolean;
  tags: string[];
  createdDate: string;
  updatedDate: string;
  element: ElementSummary;
  configuration?: Record<string, string>;
  user?: { emailAddress: string };
}

const path = (id: number | string) => `/instances/${encodeURIComponent(String(id))}`;

export const instanceQuery = (id: string) =>
  queryOptions({ queryKey: ['instance', id], queryFn: () => call<Instance>('GET', path(id)) });

/** After any change: lists and pages ask again. */
async function forgetAll(): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['instances'] }),
    queries.invalidateQueries({ queryKey: ['instance'] }),
  ]);
}

export async function switchInstance(id: number, on: boolean): Promise<void> {
  await call(on ? 'PUT' : 'DELETE', `${path(id)}/enabled`);
  await forgetAll();
}

/** Asks the provider whether the account still works; the server keeps the answer. */
export async function checkInstance(id: number): Promise<{ valid: boolean; message?: string }> {
  const found = await call<{ valid: boolean; message?: string }>('POST', `${path(id)}/validate`);
  await forgetAll();
  return found;
}

export async function removeInstance(id: number): Promise<void> {
  await call('DELETE', path(id));
  queries.removeQueries({ queryKey: ['instance', String(id)] });
  await queries.invalidateQueries({ queryKey: ['instances'] });
}

export interface ConnectWish {
  name: string;
  tags: string[];
  configuration: Record<string, string>;
  /** What the provider sent with the consent. */
  providerData?: Record<string, string>;
}

/** Connects an account, or one that is there again: then the provider is asked anew also where there is no consent. */
export async function connectInstance(elementKey: string, wish: ConnectWish, id?: number): Promise<Instance> {
  const made = await (id === undefined
    ? call<Instance>('POST', '/instances', { json: { ...wish, element: { key: elementKey } } })
    : call<Instance>('PUT', path(id), { json: { providerData: {}, ...wish } }));
  await forgetAll();
  return made;
}

/** The secrets that an application needs, because the person has asked to see them. */
export async function revealSecrets(id: number): Promise<{ token: string; userSecret: string }> {
  const [{ token }, { userSecret }] = await Promise.all([
    call<Instance>('GET', path(id), { headers: { 'elements-show-secrets': 'true' } }),
    call<{ userSecret: string }>('POST', '/console/secrets'),
  ]);
  return { token, userSecret };
}
