export { openCatalog } from './catalog.ts';
export type { Catalog } from './catalog.ts';
export { abridgeElement, describeElement } from './describe.ts';
export { belowHub, compileElement } from './compile.ts';
export { mountElements } from './routes.ts';
export type {
  AuthenticationType,
  ConfigurationRow,
  Element,
  ElementDefinition,
  Hook,
  Pagination,
  Parameter,
  RateLimit,
  Resource,
  ResourceMatch,
} from './element.ts';
