import { sql } from 'kysely';
import type { Storage } from '#platform/storage';

/** SQL that finds the instances that a provider's call is about. The provider names no tenant: these look at all. */
export function createFinderStore({ db }: Storage) {
  const numbers = ({ rows }: { rows: { id: number }[] }) => rows.map(({ id }) => id);
  return {
    /** Elements of different customers may have one key: an instance of each of them. */
    async anInstanceOfEach(elementKey: string): Promise<number[]> {
      return numbers(
        await sql<{ id: number }>`
          select min(id) as id from instance where lower(element_key) = lower(${elementKey})
          group by element_id limit 50`.execute(db),
      );
    },

    /** Instances that have a configuration value; values that are kept sealed are not found. */
    async withValue(elementKey: string, key: string, value: string, limit: number): Promise<number[]> {
      return numbers(
        await sql<{ id: number }>`
          select id from instance
          where lower(element_key) = lower(${elementKey}) and configuration @> ${JSON.stringify({ [key]: value })}::jsonb
          order by id limit ${limit}`.execute(db),
      );
    },
  };
}

export type FinderStore = ReturnType<typeof createFinderStore>;
