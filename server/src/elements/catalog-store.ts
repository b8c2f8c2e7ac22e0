import { sql } from 'kysely';
import type { Generated, Selectable } from 'kysely';
import type { Storage } from '#platform/storage';
import type { Scope } from './catalog.ts';

interface HubTable {
  id: Generated<number>;
  organization_id: number;
  account_id: number;
  key: string;
  name: string;
  description: string;
  video_link: string | null;
  active: boolean;
}

interface ImageTable {
  element_id: number;
  organization_id: number;
  content_type: string;
  content: Buffer;
  updated_at: Generated<Date>;
}

export type HubRow = Selectable<HubTable>;
export type NewHub = Pick<HubRow, 'key' | 'name' | 'description' | 'video_link' | 'active'>;

/** All SQL of what an account adds around elements: hubs and pictures. */
export function createCatalogStore(storage: Storage) {
  const db = storage.db.$extendTables<{ hub: HubTable; element_image: ImageTable }>();
  return {
    listHubs(scope: Scope): Promise<HubRow[]> {
      return db
        .selectFrom('hub')
        .selectAll()
        .where('organization_id', '=', scope.organizationId)
        .where('account_id', '=', scope.accountId)
        .orderBy('key')
        .execute();
    },

    async insertHub(scope: Scope, hub: NewHub): Promise<void> {
      await db
        .insertInto('hub')
        .values({ ...hub, organization_id: scope.organizationId, account_id: scope.accountId })
        .execute();
    },

    async removeHub(scope: Scope, key: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('hub')
        .where('organization_id', '=', scope.organizationId)
        .where('account_id', '=', scope.accountId)
        .where('key', '=', key)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    findImage(
      organizationId: number,
      elementId: number,
    ): Promise<Pick<ImageTable, 'content_type' | 'content'> | undefined> {
      return db
        .selectFrom('element_image')
        .select(['content_type', 'content'])
        .where('organization_id', '=', organizationId)
        .where('element_id', '=', elementId)
        .executeTakeFirst();
    },

    /** Does nothing for an element that has gone meanwhile. */
    async putImage(
      organizationId: number,
      elementId: number,
      image: { contentType: string; content: Buffer },
    ): Promise<void> {
      const { contentType, content } = image;
      await sql`
        insert into element_image (element_id, organization_id, content_type, content)
        select id, organization_id, ${contentType}, ${content} from element
        where id = ${elementId} and organization_id = ${organizationId}
        on conflict (element_id) do update
        set content_type = excluded.content_type, content = excluded.content, updated_at = now()`.execute(db);
    },

    async removeImage(organizationId: number, elementId: number): Promise<void> {
      await db
        .deleteFrom('element_image')
        .where('organization_id', '=', organizationId)
        .where('element_id', '=', elementId)
        .execute();
    },
  };
}

export type CatalogStore = ReturnType<typeof createCatalogStore>;
