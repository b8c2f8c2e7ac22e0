import { sql } from 'kysely';
import type { Generated, Selectable } from 'kysely';
import type { Storage } from '#platform/storage';
import type { Scope } from '#elements';

interface AppTable {
  id: Generated<number>;
  organization_id: number;
  account_id: number;
  /** Of an element of the catalog; shown for all. */
  element_key: string;
  /** Of a customer's element. */
  element_id: number | null;
  client_sealed: Buffer;
  callback_url: string | null;
  scope: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

interface ProxyTable {
  id: Generated<number>;
  organization_id: number;
  account_id: number;
  name: string;
  callback_url: string;
  application_urls: Generated<string[]>;
  created_at: Generated<Date>;
}

/** Whether what is stored counts for all accounts of the organization. */
interface Shared {
  is_default: boolean;
}

export type AppRow = Selectable<AppTable> & Shared;
export type ProxyRow = Selectable<ProxyTable> & Shared;
export type AppWrite = Pick<AppRow, 'client_sealed' | 'callback_url' | 'scope'>;

type Tables = {
  oauth_app: AppTable;
  oauth_proxy: ProxyTable;
  account: { id: number; organization_id: number; is_default: boolean };
};

/** Channel on which a change of an organization's apps is told to all processes; the payload is the organization's id. */
export const appChannel = 'oauth_app_changed';

/** All SQL of stored OAuth apps and of proxies; every query carries its organization. */
export function createOauthStore(storage: Storage) {
  const db = storage.db.$extendTables<Tables>();
  const tell = (organizationId: number) => storage.notify(appChannel, String(organizationId));
  const proxies = (organizationId: number) =>
    db
      .selectFrom('oauth_proxy')
      .innerJoin('account', 'account.id', 'oauth_proxy.account_id')
      .selectAll('oauth_proxy')
      .select('account.is_default')
      .where('oauth_proxy.organization_id', '=', organizationId);
  const ownProxy = (scope: Scope, id: number) =>
    db
      .updateTable('oauth_proxy')
      .where('organization_id', '=', scope.organizationId)
      .where('account_id', '=', scope.accountId)
      .where('id', '=', id);

  return {
    listApps(organizationId: number): Promise<AppRow[]> {
      return db
        .selectFrom('oauth_app')
        .innerJoin('account', 'account.id', 'oauth_app.account_id')
        .selectAll('oauth_app')
        .select('account.is_default')
        .where('oauth_app.organization_id', '=', organizationId)
        .orderBy('oauth_app.id')
        .execute();
    },

    async nextAppId(): Promise<number> {
      const { rows } = await sql<{
        id: number;
      }>`select nextval(pg_get_serial_sequence('oauth_app', 'id')) as id`.execute(db);
      return Number(rows[0]?.id);
    },

    async insertApp(
      scope: Scope,
      app: AppWrite & Pick<AppRow, 'id' | 'element_key' | 'element_id'>,
    ): Promise<void> {
      await db
        .insertInto('oauth_app')
        .values({ ...app, organization_id: scope.organizationId, account_id: scope.accountId })
        .execute();
      await tell(scope.organizationId);
    },

    async updateApp(scope: Scope, id: number, app: AppWrite): Promise<void> {
      await db
        .updateTable('oauth_app')
        .set({ ...app, updated_at: sql`now()` as never })
        .where('organization_id', '=', scope.organizationId)
        .where('account_id', '=', scope.accountId)
        .where('id', '=', id)
        .execute();
      await tell(scope.organizationId);
    },

    async removeApp(scope: Scope, id: number): Promise<void> {
      await db
        .deleteFrom('oauth_app')
        .where('organization_id', '=', scope.organizationId)
        .where('account_id', '=', scope.accountId)
        .where('id', '=', id)
        .execute();
      await tell(scope.organizationId);
    },

    /** Those that an account may use: its own, and the default account's. */
    listProxies(scope: Scope): Promise<ProxyRow[]> {
      return proxies(scope.organizationId)
        .where((of) => of.or([of('account_id', '=', scope.accountId), of('is_default', '=', true)]))
        .orderBy('oauth_proxy.id')
        .execute();
    },

    findProxy(organizationId: number, id: number): Promise<ProxyRow | undefined> {
      return proxies(organizationId).where('oauth_proxy.id', '=', id).executeTakeFirst();
    },

    async insertProxy(scope: Scope, proxy: Pick<ProxyRow, 'name' | 'callback_url'>): Promise<number> {
      const { id } = await db
        .insertInto('oauth_proxy')
        .values({ ...proxy, organization_id: scope.organizationId, account_id: scope.accountId })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },

    /** Each pattern is there once. False when the account has no such proxy. */
    async addProxyUrl(scope: Scope, id: number, pattern: string): Promise<boolean> {
      const { numUpdatedRows } = await ownProxy(scope, id)
        .set({
          application_urls:
            sql`array_append(array_remove(application_urls, ${pattern}), ${pattern})` as never,
        })
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async removeProxyUrl(scope: Scope, id: number, pattern: string): Promise<boolean> {
      const { numUpdatedRows } = await ownProxy(scope, id)
        .set({ application_urls: sql`array_remove(application_urls, ${pattern})` as never })
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async removeProxy(scope: Scope, id: number): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('oauth_proxy')
        .where('organization_id', '=', scope.organizationId)
        .where('account_id', '=', scope.accountId)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

export type OauthStore = ReturnType<typeof createOauthStore>;
