import { sql } from 'kysely';
import { firstCustomerId } from '#elements';
import type { Storage } from '#platform/storage';
import { toStorableJson } from '#platform/storage';

/** An element as finders tell them apart: customers' ones by their ids, the shipped one of a key is 0. */
export type FinderElement = number;

const finderElement = sql<number>`case when element_id < ${sql.lit(firstCustomerId)} then 0 else element_id end`;

/** What a finder looks for: instances of its element with this value in their configuration. */
export interface WantedValue {
  element: FinderElement;
  key: string;
  value: string;
}

/** SQL that finds the instances that a provider's call is about. The provider names no tenant: these look at all. */
export function createFinderStore({ db }: Storage) {
  const numbers = ({ rows }: { rows: { id: number }[] }) => rows.map(({ id }) => id);
  return {
    /**
     * Elements of different customers may have one key: an instance of each of them. The shipped one comes first, so
     * that no number of customers' ones hides it.
     */
    async anInstanceOfEach(elementKey: string): Promise<{ id: number; element: FinderElement }[]> {
      const { rows } = await sql<{ id: number; element: FinderElement }>`
        select min(id) as id, ${finderElement} as element from instance
        where lower(element_key) = lower(${elementKey})
        group by element order by element limit 1000`.execute(db);
      return rows;
    },

    /** Those of the ids that are instances of an element with the key. */
    async ofKey(elementKey: string, ids: number[]): Promise<number[]> {
      return numbers(
        await sql<{ id: number }>`
          select id from instance
          where id = any(${ids}::bigint[]) and lower(element_key) = lower(${elementKey})`.execute(db),
      );
    },

    /**
     * All instances that have one of the configuration values, each of its own element, by the index of configurations;
     * values that are kept sealed are not found.
     */
    async withValues(elementKey: string, wanted: WantedValue[]): Promise<number[]> {
      const rows = wanted.map(({ element, key, value }) => ({ element, configuration: { [key]: value } }));
      return numbers(
        await sql<{ id: number }>`
          select distinct instance.id from jsonb_to_recordset(${toStorableJson(rows)}::jsonb)
            as wanted (element bigint, configuration jsonb)
          join instance on instance.configuration @> wanted.configuration and ${finderElement} = wanted.element
          where lower(element_key) = lower(${elementKey})
          order by instance.id`.execute(db),
      );
    },
  };
}

export type FinderStore = ReturnType<typeof createFinderStore>;
