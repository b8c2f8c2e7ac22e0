import { queryOptions } from '@tanstack/react-query';
import { LigandError, call } from './api.ts';
import { queries } from './queries.ts';

/** A client that is registered at a provider; its credentials are masked. */
export interface OauthApp {
  id: number;
  elementKey: string;
  apiKey: string;
  apiSecret?: string | null;
  callbackUrl?: string | null;
  scope?: string | null;
  /** Stored by the default account, for all accounts. */
  shared: boolean;
  updatedDate: string;
}

const path = (key: string) => `/elements/${encodeURIComponent(key)}/oauth/app`;

/** Undefined is no data of a query, so none is null. */
export const oauthAppQuery = (key: string) =>
  queryOptions({
    queryKey: ['oauth-apps', key],
    async queryFn() {
      try {
        return await call<OauthApp>('GET', path(key));
      } catch (error) {
        if (error instanceof LigandError && error.status === 404) return null;
        throw error;
      }
    },
  });

export async function storeApp(key: string, wish: Record<string, string | null>): Promise<void> {
  await call('PUT', path(key), { json: wish });
  await queries.invalidateQueries({ queryKey: ['oauth-apps'] });
}

export async function removeApp(key: string): Promise<void> {
  await call('DELETE', path(key));
  await queries.invalidateQueries({ queryKey: ['oauth-apps'] });
}
