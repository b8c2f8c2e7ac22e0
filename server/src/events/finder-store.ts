import { sql } from 'kysely';
import { firstCustomerId } from '#elements';
import type { Storage } from '#platform/storage';
import { toStorableJson } from './storable-json.ts';

/** An element as finders tell them apart: customers' ones by their ids, the shipped one of a key is 0. */
export type FinderElement = number;

const finderElement = sql<number>`case when element_id < ${sql.lit(firstCustomerId)} then 0 else element_id end`;

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
        group by element order by element limit 50`.execute(db);
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

    /** Instances of one element that have a configuration value; values that are kept sealed are not found. */
    async withValue(
      { elementKey, element }: { elementKey: string; element: FinderElement },
      key: string,
      value: string,
      limit: number,
    ): Promise<number[]> {
      return numbers(
        await sql<{ id: number }>`
          select id from instance
          where lower(element_key) = lower(${elementKey}) and ${finderElement} = ${element}
            and configuration @> ${toStorableJson({ [key]: value })}::jsonb
          order by id limit ${limit}`.execute(db),
      );
    },
  };
}

export type FinderStore = ReturnType<typeof createFinderStore>;
