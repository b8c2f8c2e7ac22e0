import { sql } from 'kysely';
import type { Generated, Selectable } from 'kysely';
import { firstCustomerId } from '#elements';
import type { Storage } from '#platform/storage';

interface InstanceTable {
  id: Generated<number>;
  organization_id: number;
  account_id: number;
  user_id: number;
  element_id: number;
  element_key: string;
  name: string;
  tags: string[];
  token_hash: Buffer;
  token_sealed: Buffer;
  configuration: Record<string, string>;
  secrets_sealed: Buffer;
  credentials_version: Generated<number>;
  external_authentication: string;
  valid: Generated<boolean>;
  invalid_reason: string | null;
  disabled: Generated<boolean>;
  logging_until: Date | null;
  trace_tag: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

/** What a join with the user brings to a row. */
interface Owner {
  email: string;
  first_name: string;
  last_name: string;
}

/** What a look through all instances reads of one. */
export type OutlineRow = Pick<
  Selectable<InstanceTable>,
  'id' | 'organization_id' | 'account_id' | 'element_id' | 'element_key' | 'disabled' | 'configuration'
>;

export type InstanceRow = Selectable<InstanceTable> & Owner;
export type NewInstanceRow = Omit<
  InstanceRow,
  | keyof Owner
  | 'credentials_version'
  | 'valid'
  | 'invalid_reason'
  | 'disabled'
  | 'logging_until'
  | 'trace_tag'
  | 'created_at'
  | 'updated_at'
>;
export type InstanceChange = Partial<
  Pick<
    Selectable<InstanceTable>,
    | 'name'
    | 'tags'
    | 'element_id'
    | 'element_key'
    | 'configuration'
    | 'secrets_sealed'
    | 'external_authentication'
    | 'valid'
    | 'invalid_reason'
    | 'disabled'
    | 'logging_until'
    | 'trace_tag'
  >
> & { newCredentials?: boolean };

export interface InstanceFilter {
  organizationId: number;
  accountId: number;
  element?: { id: number; key: string } | undefined;
  tags?: string[];
  searchText?: string | undefined;
  valid?: boolean;
  disabled?: boolean;
}

type Tables = {
  instance: InstanceTable;
  server_process: { id: string; seen_at: Generated<Date> };
  app_user: { id: number; email: string; first_name: string; last_name: string };
};

const ofOwner = ['app_user.email', 'app_user.first_name', 'app_user.last_name'] as const;

const outlinesOfPage = 1000;

/** Channel on which every change of an instance is told to all processes; the payload is its id. */
export const changeChannel = 'instance_changed';

/** All SQL of instances; every query carries its organization, but the look-up by a token's hash, which finds it. */
export function createStore(storage: Storage) {
  const db = storage.db.$extendTables<Tables>();
  const select = () =>
    db
      .selectFrom('instance')
      .innerJoin('app_user', 'app_user.id', 'instance.user_id')
      .selectAll('instance')
      .select(ofOwner);

  const filtered = (filter: InstanceFilter) => {
    let query = select()
      .where('instance.organization_id', '=', filter.organizationId)
      .where('instance.account_id', '=', filter.accountId);
    if (filter.element && filter.element.id >= firstCustomerId) {
      query = query.where('instance.element_id', '=', filter.element.id);
    } else if (filter.element) {
      query = query
        .where('instance.element_key', '=', filter.element.key)
        .where('instance.element_id', '<', firstCustomerId);
    }
    for (const text of filter.tags ?? []) {
      // Several may stand in one value, with commas; and a name, which is a tag too, may have a comma itself.
      const several = text.split(',').filter(Boolean);
      query = query.where(
        sql<boolean>`(instance.tags @> ${[text]}::text[] or instance.tags @> ${several}::text[])`,
      );
    }
    if (filter.searchText) {
      const pattern = `%${filter.searchText.replace(/[\\%_]/g, '\\$&')}%`;
      query = query.where('instance.name', 'ilike', pattern);
    }
    for (const state of ['valid', 'disabled'] as const) {
      const wanted = filter[state];
      if (wanted !== undefined) query = query.where(`instance.${state}`, '=', wanted);
    }
    return query;
  };

  return {
    async nextId(): Promise<number> {
      const { rows } = await sql<{
        id: number;
      }>`select nextval(pg_get_serial_sequence('instance', 'id')) as id`.execute(db);
      return Number(rows[0]?.id);
    },

    /** @returns what is stored then, as a later read finds it. */
    insert(row: NewInstanceRow): Promise<InstanceRow> {
      return db
        .with('made', (cte) =>
          cte
            .insertInto('instance')
            .values({ ...row, configuration: sql`${JSON.stringify(row.configuration)}::jsonb` as never })
            .returningAll(),
        )
        .selectFrom('made')
        .innerJoin('app_user', 'app_user.id', 'made.user_id')
        .selectAll('made')
        .select(ofOwner)
        .executeTakeFirstOrThrow();
    },

    find(organizationId: number, id: number): Promise<InstanceRow | undefined> {
      return select()
        .where('instance.organization_id', '=', organizationId)
        .where('instance.id', '=', id)
        .executeTakeFirst();
    },

    /** For work of the platform's own, which finds the tenant by it. */
    findById(id: number): Promise<InstanceRow | undefined> {
      return select().where('instance.id', '=', id).executeTakeFirst();
    },

    /** All tenants' instances in order, in pages, with the part of their configuration whose keys begin so. */
    async *eachPage(keyPrefix: string): AsyncGenerator<OutlineRow[]> {
      for (let last = 0; ;) {
        const { rows } = await sql<OutlineRow>`
          select id, organization_id, account_id, element_id, element_key, disabled, coalesce((
            select jsonb_object_agg(key, value) from jsonb_each(configuration) where starts_with(key, ${keyPrefix})
          ), '{}') as configuration
          from instance where id > ${last} order by id limit ${outlinesOfPage}`.execute(db);
        yield rows;
        if (rows.length < outlinesOfPage) return;
        last = rows.at(-1)?.id ?? last;
      }
    },

    findByTokenHash(hash: Buffer): Promise<InstanceRow | undefined> {
      return select().where('instance.token_hash', '=', hash).executeTakeFirst();
    },

    list(filter: InstanceFilter, page: { limit: number; offset: number }): Promise<InstanceRow[]> {
      return filtered(filter).orderBy('instance.id').limit(page.limit).offset(page.offset).execute();
    },

    async count(filter: InstanceFilter): Promise<number> {
      const row = await filtered(filter)
        .clearSelect()
        .select((of) => of.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(row.total);
    },

    /** An account's instances, by the key of their element. */
    async countByElement(organizationId: number, accountId: number): Promise<Record<string, number>> {
      const rows = await db
        .selectFrom('instance')
        .select((of) => ['element_key', of.fn.countAll<number>().as('total')])
        .where('organization_id', '=', organizationId)
        .where('account_id', '=', accountId)
        .groupBy('element_key')
        .orderBy('element_key')
        .execute();
      return Object.fromEntries(rows.map((row) => [row.element_key, Number(row.total)]));
    },

    /** Of those that are still there. */
    async countCreated(
      scope: { organizationId: number; accountId: number },
      fromMs: number,
      toMs: number,
    ): Promise<number> {
      const row = await filtered(scope)
        .clearSelect()
        .select((of) => of.fn.countAll<number>().as('total'))
        .where('instance.created_at', '>=', new Date(fromMs))
        .where('instance.created_at', '<=', new Date(toMs))
        .executeTakeFirstOrThrow();
      return Number(row.total);
    },

    /** In all accounts of the organization: an element may be shared. */
    async countOfElement(organizationId: number, elementId: number): Promise<number> {
      const row = await db
        .selectFrom('instance')
        .select((of) => of.fn.countAll<number>().as('total'))
        .where('organization_id', '=', organizationId)
        .where('element_id', '=', elementId)
        .executeTakeFirstOrThrow();
      return Number(row.total);
    },

    /** Changes a row and tells all processes of it. */
    async update(organizationId: number, id: number, change: InstanceChange): Promise<void> {
      const { newCredentials, configuration, ...plain } = change;
      await db.transaction().execute(async (trx) => {
        await trx
          .updateTable('instance')
          .set({
            ...plain,
            ...(configuration
              ? { configuration: sql`${JSON.stringify(configuration)}::jsonb` as never }
              : {}),
            ...(newCredentials ? { credentials_version: sql`credentials_version + 1` as never } : {}),
            updated_at: sql`now()` as never,
          })
          .where('organization_id', '=', organizationId)
          .where('id', '=', id)
          .execute();
        await sql`select pg_notify(${changeChannel}, ${String(id)})`.execute(trx);
      });
    },

    async remove(organizationId: number, id: number): Promise<void> {
      await db.transaction().execute(async (trx) => {
        await trx
          .deleteFrom('instance')
          .where('organization_id', '=', organizationId)
          .where('id', '=', id)
          .execute();
        await sql`select pg_notify(${changeChannel}, ${String(id)})`.execute(trx);
      });
    },

    /** Says that this process lives, forgets those that have been silent, and counts the living. */
    async reportProcess(id: string, silentAfterMs: number): Promise<number> {
      await db
        .insertInto('server_process')
        .values({ id })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: sql`now()` as never }))
        .execute();
      const silent = sql<Date>`now() - make_interval(secs => ${silentAfterMs / 1000})`;
      await db.deleteFrom('server_process').where('seen_at', '<', silent).execute();
      const row = await db
        .selectFrom('server_process')
        .select((of) => of.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(row.total);
    },

    async removeProcess(id: string): Promise<void> {
      await db.deleteFrom('server_process').where('id', '=', id).execute();
    },
  };
}

export type InstanceStore = ReturnType<typeof createStore>;
