import { sql } from 'kysely';
import type { DatabaseTransaction, Storage } from '#platform/storage';
import type { ElementRow } from './store.ts';

interface VersionTable {
  element_id: number;
  organization_id: number;
  version: number;
  definition: string;
  saved_at: Date;
}

type Tables = { element_version: VersionTable };

/** Of one element, so many earlier definitions are kept, and no more text than that. */
const keptVersions = 50;
const keptBytes = 64 * 1024 * 1024;

/** All SQL of what elements were before they were changed. */
export function createVersionStore(storage: Storage) {
  const db = storage.db.$extendTables<Tables>();
  const ofElement = ({ id, organization_id }: Pick<ElementRow, 'id' | 'organization_id'>) =>
    db
      .selectFrom('element_version')
      .where('organization_id', '=', organization_id)
      .where('element_id', '=', id);
  return {
    /** Keeps the definition that a row has at this moment; the oldest ones go. */
    async keep(row: ElementRow, trx: DatabaseTransaction): Promise<void> {
      const { id: element_id, organization_id, version, definition, updated_at: saved_at } = row;
      await trx
        .$extendTables<Tables>()
        .insertInto('element_version')
        .values({ element_id, organization_id, version, definition, saved_at })
        .execute();
      await sql`
        delete from element_version
        using (
          select
            version,
            row_number() over newest as place,
            sum(octet_length(definition)) over newest as bytes
          from element_version
          where organization_id = ${organization_id} and element_id = ${element_id}
          window newest as (order by version desc)
        ) as kept
        where organization_id = ${organization_id} and element_id = ${element_id}
          and element_version.version = kept.version
          and (kept.place > ${keptVersions} or kept.bytes > ${keptBytes} and kept.place > 1)`.execute(trx);
    },

    /** The newest first, without the definitions. */
    list(row: ElementRow): Promise<Pick<VersionTable, 'version' | 'saved_at'>[]> {
      return ofElement(row).select(['version', 'saved_at']).orderBy('version', 'desc').execute();
    },

    find(row: ElementRow, version: number): Promise<VersionTable | undefined> {
      return ofElement(row).selectAll().where('version', '=', version).executeTakeFirst();
    },
  };
}

export type VersionStore = ReturnType<typeof createVersionStore>;
