import type { Kysely } from 'kysely';
import type { Image } from '#platform/http';
import type { Database } from '#platform/storage';
import type { Tables } from './store.ts';

export type ImageKind = 'logo' | 'favicon';

/** SQL of how an organization looks. */
export function createBrandingStore(database: Database) {
  const db: Kysely<Tables> = database.$extendTables<Tables>();
  return {
    async find(organizationId: number): Promise<string | undefined> {
      const row = await db
        .selectFrom('organization')
        .select('branding')
        .where('id', '=', organizationId)
        .executeTakeFirst();
      return row?.branding ?? undefined;
    },

    put: (organizationId: number, branding: string | null) =>
      db.updateTable('organization').set({ branding }).where('id', '=', organizationId).execute(),

    async imageNames(organizationId: number): Promise<{ kind: ImageKind; name: string }[]> {
      return db
        .selectFrom('organization_image')
        .select(['kind', 'name'])
        .where('organization_id', '=', organizationId)
        .execute();
    },

    /** By the name alone, which only a page of the organization tells. */
    async findImage(kind: ImageKind, name: string): Promise<Image | undefined> {
      const row = await db
        .selectFrom('organization_image')
        .select(['content_type', 'content'])
        .where('kind', '=', kind)
        .where('name', '=', name)
        .executeTakeFirst();
      return row && { contentType: row.content_type, content: row.content };
    },

    async putImage(organizationId: number, kind: ImageKind, name: string, image: Image): Promise<void> {
      const row = { name, content_type: image.contentType, content: image.content };
      await db
        .insertInto('organization_image')
        .values({ organization_id: organizationId, kind, ...row })
        .onConflict((conflict) => conflict.columns(['organization_id', 'kind']).doUpdateSet(row))
        .execute();
    },

    removeImages: (organizationId: number) =>
      db.deleteFrom('organization_image').where('organization_id', '=', organizationId).execute(),
  };
}

export type BrandingStore = ReturnType<typeof createBrandingStore>;
