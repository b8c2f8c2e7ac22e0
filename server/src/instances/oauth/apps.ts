import { LRUCache } from 'lru-cache';
import { keepMost } from '#kernel/cache';
import type { Accounts } from '#accounts';
import { authenticationKind } from '#calls';
import { firstCustomerId } from '#elements';
import type { Element, Scope } from '#elements';
import type { Storage } from '#platform/storage';
import { notOauth, oauthAppInvalid, oauthAppNotFound } from '../errors.ts';
import { appChannel } from '../oauth-store.ts';
import type { AppRow, OauthStore } from '../oauth-store.ts';
import { mask } from '../secret.ts';
import { isCallback } from './authorize-url.ts';

/** A client that is registered at a provider, its secret in the clear: never leaves this module unmasked. */
export interface OauthApp {
  id: number;
  accountId: number;
  elementKey: string;
  elementId: number | null;
  /** Stored by the default account: all accounts of the organization use it. */
  isShared: boolean;
  apiKey: string;
  apiSecret: string;
  callbackUrl: string | null;
  scope: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** Members that are absent stay as they are; null takes one away, and a mask stands for what is stored. */
export type AppWish = Partial<Record<'apiKey' | 'apiSecret' | 'callbackUrl' | 'scope', string | null>>;

/** Configuration key under which an instance remembers the client that it was connected with. */
export const appKey = 'oauth.app.apikey';

export interface OauthApps {
  /**
   * The element with the stored client as its defaults, unless the caller brings a secret. It is lent as the operator's
   * own defaults are: never shown, and not to whoever sends calls elsewhere.
   */
  lend(element: Element, scope: Scope, given: Record<string, unknown>): Promise<Lent>;
  /** Told of every change: what was made with an organization's apps is old then. */
  watch(listener: (organizationId: number | 'all') => void): void;
  /** The app that counts for an account. @throws 404 */
  get(scope: Scope, element: Element): Promise<OauthApp>;
  /** The account's own, and those that it may use. */
  list(scope: Scope): Promise<OauthApp[]>;
  /** Stores the account's own, or changes it. @throws 400 */
  put(scope: Scope, element: Element, wish: AppWish): Promise<OauthApp>;
  /** @throws 404 when the account has none of its own. */
  remove(scope: Scope, element: Element): Promise<void>;
}

export interface Lent {
  element: Element;
  /** Undefined when nothing is lent. */
  app: OauthApp | undefined;
}

const mostOrganizations = 10_000;

export async function createOauthApps(parts: {
  store: OauthStore;
  storage: Pick<Storage, 'listen' | 'withLock'>;
  accounts: Pick<Accounts, 'seal' | 'open'>;
}): Promise<OauthApps> {
  const { store, storage, accounts } = parts;
  let onChange: (organizationId: number | 'all') => void = () => {};
  const known = new LRUCache<number, OauthApp[]>(keepMost(mostOrganizations));
  /** Counts changes, so that what was read before one is not kept after it. */
  let generation = 0;

  function forget(organizationId: number | 'all'): void {
    generation++;
    if (organizationId === 'all') known.clear();
    else known.delete(organizationId);
    onChange(organizationId);
  }
  await storage.listen(appChannel, (payload) => forget(payload === '*' ? 'all' : Number(payload)));

  const context = (id: number) => `oauth app ${id} client`;

  async function load(organizationId: number): Promise<OauthApp[]> {
    const cached = known.get(organizationId);
    if (cached) return cached;
    const before = generation;
    const rows = await store.listApps(organizationId);
    const apps = await Promise.all(rows.map(open));
    if (before === generation) known.set(organizationId, apps);
    return apps;
  }

  async function open(row: AppRow): Promise<OauthApp> {
    const text = await accounts.open(row.organization_id, row.client_sealed, context(row.id));
    const { apiKey, apiSecret } = JSON.parse(text) as Pick<OauthApp, 'apiKey' | 'apiSecret'>;
    return {
      id: row.id,
      accountId: row.account_id,
      elementKey: row.element_key,
      elementId: row.element_id,
      isShared: row.is_default,
      apiKey,
      apiSecret,
      callbackUrl: row.callback_url,
      scope: row.scope,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    };
  }

  /** The account's own before the one of all. */
  async function usable(scope: Scope, element: Element): Promise<OauthApp[]> {
    const apps = (await load(scope.organizationId)).filter((app) => isFor(app, element));
    const own = apps.filter(({ accountId }) => accountId === scope.accountId);
    return [...own, ...apps.filter((app) => app.isShared && !own.includes(app))];
  }

  const findOwn = async (scope: Scope, element: Element) =>
    (await usable(scope, element)).find(({ accountId }) => accountId === scope.accountId);

  const apps: OauthApps = {
    async lend(element, scope, given) {
      if (!isOauth(element) || given['oauth.api.secret']) return { element, app: undefined };
      const candidates = await usable(scope, element);
      const wanted = given['oauth.api.key'] || undefined;
      const app = wanted
        ? candidates.find(({ apiKey }) => apiKey === wanted)
        : (candidates.find(({ apiKey }) => apiKey === given[appKey]) ?? candidates[0]);
      return { element: app ? withApp(element, app) : element, app };
    },

    watch(listener) {
      onChange = listener;
    },

    async get(scope, element) {
      const [app] = await usable(scope, element);
      if (!app) throw oauthAppNotFound(element.key);
      return app;
    },

    async list(scope) {
      const all = await load(scope.organizationId);
      return all.filter((app) => app.accountId === scope.accountId || app.isShared);
    },

    async put(scope, element, wish) {
      if (!isOauth(element)) throw notOauth(element.key, element.authentication.type);
      await storage.withLock(`oauth app ${scope.accountId} ${element.key}`, async () => {
        // Another process may have changed it a moment ago.
        known.delete(scope.organizationId);
        const before = await findOwn(scope, element);
        const after = merge(before, wish);
        const id = before?.id ?? (await store.nextAppId());
        const client = JSON.stringify({ apiKey: after.apiKey, apiSecret: after.apiSecret });
        const row = {
          client_sealed: await accounts.seal(scope.organizationId, client, context(id)),
          callback_url: after.callbackUrl,
          scope: after.scope,
        };
        const isCustomers = element.id >= firstCustomerId;
        if (before) await store.updateApp(scope, id, row);
        else
          await store.insertApp(scope, {
            ...row,
            id,
            element_key: element.key,
            element_id: isCustomers ? element.id : null,
          });
        forget(scope.organizationId);
      });
      return apps.get(scope, element);
    },

    async remove(scope, element) {
      const own = await findOwn(scope, element);
      if (!own) throw oauthAppNotFound(element.key);
      await store.removeApp(scope, own.id);
      forget(scope.organizationId);
    },
  };
  return apps;
}

function isOauth(element: Element): boolean {
  return authenticationKind(element).startsWith('oauth');
}

/** Elements of the catalog keep their keys, customers' ones their ids. */
function isFor(app: OauthApp, element: Element): boolean {
  if (element.id >= firstCustomerId) return app.elementId === element.id;
  return app.elementId === null && app.elementKey === element.key;
}

/** @throws one 400 that names every fault. */
function merge(
  before: OauthApp | undefined,
  wish: AppWish,
): Pick<OauthApp, 'apiKey' | 'apiSecret' | 'callbackUrl' | 'scope'> {
  const take = (name: keyof AppWish): string | null => {
    const wished = wish[name];
    return wished === undefined || wished === mask ? (before?.[name] ?? null) : wished;
  };
  const after = {
    apiKey: take('apiKey') ?? '',
    apiSecret: take('apiSecret') ?? '',
    callbackUrl: take('callbackUrl') || null,
    scope: take('scope') || null,
  };
  const faults: string[] = [];
  if (after.apiKey === '') faults.push("'apiKey' is missing: the client id of your app at the provider.");
  if (after.callbackUrl !== null && !isCallback(after.callbackUrl))
    faults.push("'callbackUrl' must be an absolute URL, such as https://example.com/auth.");
  if (faults.length > 0) throw oauthAppInvalid(faults);
  return after;
}

function withApp(element: Element, app: OauthApp): Element {
  const values = new Map<string, string>([
    ['oauth.api.key', app.apiKey],
    ...(app.apiSecret ? [['oauth.api.secret', app.apiSecret] as const] : []),
    ...(app.callbackUrl ? [['oauth.callback.url', app.callbackUrl] as const] : []),
    ...(app.scope ? [['oauth.scope', app.scope] as const] : []),
  ]);
  const known = new Set(element.configuration.map(({ key }) => key));
  const missing = [...values.keys()].filter((key) => !known.has(key));
  const rows = [
    ...element.configuration,
    ...missing.map((key) => ({ key, name: key, type: 'TEXTFIELD_1000' })),
  ];
  return {
    ...element,
    configuration: rows.map((row) => {
      const value = values.get(row.key);
      return value === undefined ? row : { ...row, defaultValue: value };
    }),
    operatorKeys: new Set([...element.operatorKeys, 'oauth.api.key', 'oauth.api.secret']),
  };
}
