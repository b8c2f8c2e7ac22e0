import type { Readable } from 'node:stream';
import type { Element, Resource } from '#elements';
import type { Outbound } from '#platform/outbound';
import type { ScriptFetch } from '#platform/scripting';

/** A request to one of our resources, as the caller made it. */
export interface CallInput {
  method: string;
  /** Below the hub, as asked: `/lists/7`. */
  path: string;
  pathVariables: Record<string, string>;
  query: Record<string, string | string[]>;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: InputBody;
  /** What `page`, `pageSize` and `nextPage` become for the provider; they win over `query`. */
  paging?: Partial<Record<'page' | 'pageSize' | 'nextPage', string>>;
  /** The provider's own URL of the page that is wanted, in place of the one that the definition gives. */
  nextUrl?: string;
  /** The caller's `where`, as hooks see it. */
  expression?: { attribute: string; operator: string; value: unknown }[];
  /** Nobody here looks into a JSON reply: it may stream past like any other. */
  mayStreamJson?: boolean;
  /** The reply before this call in a chain. */
  previous?: { body: unknown; headers: Record<string, string | string[]> };
}

export type InputBody =
  | { kind: 'none' }
  | { kind: 'json'; value: unknown; text: string }
  | { kind: 'form'; fields: Record<string, string> }
  | { kind: 'multipart'; parts: Part[] }
  | { kind: 'raw'; contentType: string; open(): Readable; sizeBytes: number | undefined };

/** One part of a multipart body: a text, or a file that can be read again for a second try. */
export type Part = TextPart | FilePart;
export interface TextPart {
  name: string;
  value: string;
}
export interface FilePart {
  name: string;
  filename: string;
  contentType: string;
  open(): Readable;
  /** Undefined where the caller has not said it. */
  sizeBytes: number | undefined;
}

/** The account at the provider that a call is made for. */
export interface Target {
  element: Element;
  /** Values by configuration key: what was given, else the definition's default. Secrets in the clear. */
  configuration: Record<string, string>;
  /** Scripts of one tenant share an isolate, never with another's. */
  tenant: string;
  /** Identity for messages and hooks; absent while an instance is being made. */
  instanceId?: number;
  /** What a hook's own provider calls go through. */
  scriptFetch?: ScriptFetch;
  /** In place of the usual way out: one that somebody watches. */
  outbound?: Outbound;
  /** Told of each hook that has run. */
  hookRan?: (run: HookRun) => void;
}

/** A hook of a resource that has run. */
export interface HookRun {
  name: string;
  when: 'preRequest' | 'postRequest';
  startedAtMs: number;
  durationMs: number;
  /** `stopped`: it said `continue: false`; `failed`: it threw, or broke a limit. */
  outcome: 'done' | 'stopped' | 'failed';
  /** What it gave to `done`, not a copy: who keeps it writes it down at once. */
  output?: Record<string, unknown>;
}

export interface CallReply {
  status: number;
  /** Provider headers that a caller may see, and those that hooks added; names in lower case. */
  headers: Record<string, string | string[]>;
  body: ReplyBody;
  /** The provider's cursor for its next page. */
  nextPage: string | undefined;
  /** How many there are in all, where the provider tells. */
  totalCount: number | undefined;
  /** Configuration values that the definition or a hook wants stored. */
  configuration: Record<string, string>;
  /** Set where the reply is an error: who is at fault is told by `status`. */
  error: { message: string | undefined; providerMessage: string | undefined } | undefined;
}

export type ReplyBody =
  | { kind: 'none' }
  | { kind: 'json'; value: unknown; text?: string }
  | { kind: 'text'; text: string; contentType: string }
  | { kind: 'stream'; stream: Readable; contentType: string; headers: Record<string, string> };

export type { Element, Resource };
