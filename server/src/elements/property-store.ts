import type { Storage } from '#platform/storage';

/** Whose view of the catalog: the user's own, or that of all in an account or an organization. */
export interface ViewOwner {
  organizationId: number;
  level: 'user' | 'account' | 'organization';
  ownerId: number;
}

export interface CatalogProperty {
  elementId: number;
  hidden: boolean;
  position: number | null;
  featured: boolean;
}

interface PropertyTable {
  organization_id: number;
  level: ViewOwner['level'];
  owner_id: number;
  element_id: number;
  hidden: boolean;
  position: number | null;
  featured: boolean;
}

/** SQL of how elements are shown in a catalog. */
export function createPropertyStore(storage: Storage) {
  const db = storage.db.$extendTables<{ catalog_property: PropertyTable }>();
  return {
    async list({ organizationId, level, ownerId }: ViewOwner): Promise<CatalogProperty[]> {
      const rows = await db
        .selectFrom('catalog_property')
        .selectAll()
        .where('organization_id', '=', organizationId)
        .where('level', '=', level)
        .where('owner_id', '=', ownerId)
        .orderBy('element_id')
        .execute();
      return rows.map(({ element_id, hidden, position, featured }) => ({
        elementId: element_id,
        hidden,
        position,
        featured,
      }));
    },

    /** Adds each, or takes the place of what is there for its element. */
    async put({ organizationId, level, ownerId }: ViewOwner, properties: CatalogProperty[]): Promise<void> {
      const owner = { organization_id: organizationId, level, owner_id: ownerId };
      const rows = properties.map(({ elementId, ...shown }) => ({
        ...owner,
        element_id: elementId,
        ...shown,
      }));
      await db
        .insertInto('catalog_property')
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(['organization_id', 'level', 'owner_id', 'element_id']).doUpdateSet((of) => ({
            hidden: of.ref('excluded.hidden'),
            position: of.ref('excluded.position'),
            featured: of.ref('excluded.featured'),
          })),
        )
        .execute();
    },

    clear: ({ organizationId, level, ownerId }: ViewOwner) =>
      db
        .deleteFrom('catalog_property')
        .where('organization_id', '=', organizationId)
        .where('level', '=', level)
        .where('owner_id', '=', ownerId)
        .execute(),
  };
}

export type PropertyStore = ReturnType<typeof createPropertyStore>;
