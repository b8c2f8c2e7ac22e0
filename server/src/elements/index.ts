export { createCatalog, firstCustomerId } from './catalog.ts';
export type { Catalog, Scope } from './catalog.ts';
export { createElements } from './elements.ts';
export type { Elements } from './elements.ts';
export { openCatalog } from './shipped.ts';
export type { ShippedCatalog } from './shipped.ts';
export { abridgeElement, describeElement } from './describe.ts';
export { addDiscovered } from './docs/discovered.ts';
export { objectFields } from './docs/fields.ts';
export type { MetadataField } from './docs/fields.ts';
export { describeObjects, objectNames } from './docs/objects.ts';
export type { Hubs } from './docs/hubs.ts';
export { baseUrlOf, docsQuery, writeDocument } from './docs/document-query.ts';
export { definitionsIn, withReferencesResolved, withShapesOnly } from './docs/select.ts';
export { writeSwagger } from './docs/swagger.ts';
export { belowHub, compileElement } from './compile.ts';
export type {
  AuthenticationType,
  ConfigurationRow,
  Element,
  ElementDefinition,
  EventSignature,
  Hook,
  Pagination,
  Parameter,
  Problem,
  RateLimit,
  Resource,
  ResourceMatch,
} from './element.ts';
