export { createCatalog, firstCustomerId } from './catalog.ts';
export type { Catalog, Scope } from './catalog.ts';
export { createElements } from './elements.ts';
export type { Elements } from './elements.ts';
export { openCatalog } from './shipped.ts';
export type { ShippedCatalog } from './shipped.ts';
export { abridgeElement, describeElement } from './describe.ts';
export { belowHub, compileElement } from './compile.ts';
export type {
  AuthenticationType,
  ConfigurationRow,
  Element,
  ElementDefinition,
  Hook,
  Pagination,
  Parameter,
  Problem,
  RateLimit,
  Resource,
  ResourceMatch,
} from './element.ts';
