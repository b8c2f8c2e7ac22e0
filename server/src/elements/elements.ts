import type { FastifyInstance } from '#platform/http';
import type { Scripting } from '#platform/scripting';
import type { Storage } from '#platform/storage';
import { createCatalog } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import { createCatalogStore } from './catalog-store.ts';
import { findProblems } from './check.ts';
import { mountClientSdks } from './client-sdk/routes.ts';
import { mountConvert } from './convert/routes.ts';
import { createHubs } from './docs/hubs.ts';
import type { Hubs } from './docs/hubs.ts';
import { mountDocs } from './docs/routes.ts';
import { createEditor } from './edit.ts';
import { mountEditing } from './edit-routes.ts';
import type { Report } from './edit-routes.ts';
import { mountImages } from './image-routes.ts';
import { mountParts } from './part-routes.ts';
import { mountProducts } from './product-routes.ts';
import { createProductStore } from './product-store.ts';
import { mountCatalogProperties } from './property-routes.ts';
import { createPropertyStore } from './property-store.ts';
import { mountCatalog } from './routes.ts';
import type { ShippedCatalog } from './shipped.ts';
import { mountSamples } from './samples/routes.ts';
import { createStore } from './store.ts';
import { mountVersions } from './version-routes.ts';
import { createVersionStore } from './version-store.ts';

export interface Elements {
  catalog: Catalog;
  hubs: Hubs;
  mount(app: FastifyInstance): void;
}

/** The shipped elements and those of customers: finding, importing, changing, exporting. */
export async function createElements(parts: {
  shipped: ShippedCatalog;
  storage: Storage;
  scripting: Scripting;
}): Promise<Elements> {
  const { shipped, storage, scripting } = parts;
  const store = createStore(storage);
  const catalog = await createCatalog({ shipped, store, storage });
  const editor = createEditor({ catalog, store, versions: createVersionStore(storage), storage });
  const report: Report = (element) =>
    findProblems(element, (script) =>
      scripting.check(script, { tenant: `import ${element.ownerAccountId}` }),
    );
  const catalogStore = createCatalogStore(storage);
  const hubs = createHubs({ catalog, store, catalogStore });
  return {
    catalog,
    hubs,
    mount(app) {
      mountCatalog(app, catalog, store);
      mountEditing(app, { catalog, editor, report });
      mountVersions(app, editor, report);
      mountParts(app, catalog, editor);
      mountDocs(app, { catalog, hubs });
      mountClientSdks(app, catalog);
      mountConvert(app);
      mountSamples(app);
      mountCatalogProperties(app, catalog, createPropertyStore(storage));
      mountProducts(app, catalog, createProductStore(storage));
      mountImages(app, { catalog, editor, store: catalogStore });
    },
  };
}
