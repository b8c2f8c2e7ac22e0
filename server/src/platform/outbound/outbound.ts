import type { Readable } from 'node:stream';

export interface OutboundRequest {
  method: string;
  /** http or https, without credentials. */
  url: string;
  headers: Record<string, string | string[]>;
  /** A function makes the stream anew for each attempt, so that a redirect can send it again. */
  body?: string | Buffer | (() => Readable) | null;
  signal?: AbortSignal;
  /** Time from the sent request to the reply's headers. */
  headersTimeoutMs?: number;
  /** Longest pause between two pieces of the reply's body. */
  bodyTimeoutMs?: number;
  /** How many redirects are followed; none by default: a 3xx reply is a reply. */
  followRedirects?: number;
  /** Decode gzip, br, deflate and zstd (the default), and drop content-encoding and content-length then. */
  decompress?: boolean;
}

export interface OutboundReply {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string | string[]>;
  /** Must be read to its end or destroyed; until then it holds a connection. Its failures are OutboundErrors. */
  body: Readable;
}

export interface OutboundOptions {
  /** `host` or `host:port` that may have a private address. */
  allowHosts: string[];
  connectTimeoutMs?: number;
  headersTimeoutMs?: number;
  bodyTimeoutMs?: number;
  connectionsPerOrigin?: number;
}

export interface Outbound {
  /** Throws OutboundError, or the signal's reason when it was aborted. */
  send(request: OutboundRequest): Promise<OutboundReply>;
  /** Waits for running calls, then closes every connection. */
  close(): Promise<void>;
}
