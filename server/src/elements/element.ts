/**
 * An element: the definition of one provider's API, its authentication and how it maps to ours.
 * The types here describe a compiled definition: everything a call needs has been worked out once, at load.
 */

export type AuthenticationType =
  | 'custom'
  | 'basic'
  | 'apiKey'
  | 'oauth1'
  | 'oauth2'
  | 'oauth2Password'
  | 'oauth2password'
  | 'awsv2'
  | 'awsv4';

/** One row of an element's configuration: what a caller may or must say when an account is connected. */
export interface ConfigurationRow {
  key: string;
  name: string;
  description?: string;
  type: string;
  defaultValue?: string;
  required?: boolean;
  /** Filled by the platform (tokens), never asked of a caller. */
  internal?: boolean;
  options?: { value: string; description?: string; name?: string }[];
  [field: string]: unknown;
}

export interface Parameter {
  /** Where the value is found on our side, or the literal for `value`. */
  name: string;
  vendorName: string;
  type: ParameterType;
  vendorType: VendorType;
  source: 'request' | 'response';
  required: boolean;
  dataType?: string;
  vendorDataType?: string;
  converter?: string;
}

export type ParameterType =
  | 'path'
  | 'query'
  | 'header'
  | 'body'
  | 'bodyField'
  | 'form'
  | 'multipart'
  | 'configuration'
  | 'value'
  | 'prevBody'
  | 'prevBodyField';

export type VendorType =
  | 'path'
  | 'query'
  | 'header'
  | 'body'
  | 'bodyField'
  | 'bodyToken'
  | 'form'
  | 'multipart'
  | 'configuration'
  | 'value'
  | 'no-op';

export interface Hook {
  /** For messages: the file or the resource that the script belongs to. */
  name: string;
  body: string;
  legacy: boolean;
}

/** How a provider signs its calls to us: a header with the HMAC of the body. */
export interface EventSignature {
  /** In lower case. */
  header: string;
  /** Of the digest, such as `sha256`. */
  algorithm: string;
  encoding: 'hex' | 'base64';
  /** What stands before it, such as `sha256=`. */
  prefix: string;
  /** Configuration key that holds the secret. */
  secretKey: string;
}

export type PaginationType = 'offset' | 'page' | 'cursor';

export interface Pagination {
  /** `vendor`: the provider pages; `local`: we cut pages out of its whole reply; `none`: no pages at all. */
  mode: 'vendor' | 'local' | 'none';
  type: PaginationType;
  /** Number of the provider's first page (type `page`). */
  startIndex: number;
  /** Largest page that the provider gives; larger ones are put together from several. */
  maxPageSize: number;
  /** A hook says by a header where the next page is, and takes it from `nextPage`. */
  byHook: boolean;
}

/** One method and path that an element offers, compiled. */
export interface Resource {
  method: string;
  /** Below the hub, with `{name}` variables: `/lists/{id}`. */
  path: string;
  vendorMethod: string;
  vendorPath: string;
  type: string;
  /** `java` is code of the old product that nobody has: such a resource cannot run. */
  kind: 'eb' | 'java';
  description: string;
  requestParameters: Parameter[];
  responseParameters: Parameter[];
  preRequestHooks: Hook[];
  postRequestHooks: Hook[];
  requestRootKey: string | undefined;
  /** The first that is found in a reply counts. */
  responseRootKeys: readonly string[];
  /** The reply is what the provider sends, such as a file: XML in it is not read. */
  rawReply: boolean;
  /** The definition says that the reply is JSON, whatever the provider calls it. */
  expectsJson: boolean;
  pagination: Pagination;
  nextPageKey: string | undefined;
  totalCountKey: string | undefined;
  /** The resource that runs after this one, its reply being the caller's. */
  nextResource: { method: string; path: string } | undefined;
  objectName: string | undefined;
  /** An account's own on a shipped element: what it does is the account's to say, not the operator's. */
  isOwn: boolean;
  /** How the provider wants its body. */
  bodyKind: 'json' | 'form' | 'multipart';
  /** Names of our query parameters that a parameter row uses. */
  mappedQuery: ReadonlySet<string>;
}

/** At most `calls` in `perSeconds`, for each instance. */
export interface RateLimit {
  calls: number;
  perSeconds: number;
}

export interface ElementDefinition {
  id?: number;
  key: string;
  name: string;
  hub?: string;
  description?: string;
  authentication?: { type: AuthenticationType; pkce?: 'S256' };
  configuration?: ConfigurationRow[];
  parameters?: unknown[];
  hooks?: unknown[];
  resources?: Record<string, unknown>[];
  limits?: RateLimit[];
  [field: string]: unknown;
}

export interface ResourceMatch {
  resource: Resource;
  pathVariables: Record<string, string>;
}

/** Something of a definition that cannot work, and why; where it belongs to a resource, which one. */
export interface Problem {
  method?: string;
  /** As the definition has it: `/hubs/crm/contacts`. */
  path?: string;
  reason: string;
}

export interface Element {
  id: number;
  /** Account that brought it; the catalog's own elements belong to account 1. */
  ownerAccountId: number;
  key: string;
  name: string;
  hub: string;
  authentication: { type: AuthenticationType; pkce: 'S256' | undefined };
  configuration: ConfigurationRow[];
  limits: RateLimit[];
  resources: Resource[];
  /** Scripts that read what the provider's webhooks bring. */
  eventHooks: Hook[];
  eventSignature: EventSignature | undefined;
  /** The document as it was loaded, with everything that we do not interpret. */
  definition: ElementDefinition;
  /** Configuration keys whose default is the operator's own. */
  operatorKeys: ReadonlySet<string>;
  /** What of the definition was left out, so that the rest can work. */
  problems: Problem[];
  /** The callable resource for a method and a path below the hub (`/lists/7`), or undefined. */
  find(method: string, path: string): ResourceMatch | undefined;
  /** The resource that `nextResource` of another one names, if there is one. */
  nextOf(resource: Resource): Resource | undefined;
  /** Resources that run at a moment of an instance's life, such as `onProvision`. */
  ofType(type: string): Resource[];
}
