import type { Readable } from 'node:stream';
import { OutboundError, type OutboundErrorKind } from './errors.ts';

/** Names the failure of a call to `host`. What is not a failure of the network (an abort, the body's own) stays itself. */
export function toOutboundError(error: unknown, host: string): unknown {
  if (error instanceof OutboundError || !(error instanceof Error)) return error;
  const code = String((error as { code?: unknown }).code ?? error.name);
  const [, kind, sentence] = kinds.find(([pattern]) => pattern.test(code)) ?? [];
  if (kind === undefined || sentence === undefined) return error;
  return new OutboundError(
    kind,
    sentence.replace('{host}', () => host),
    error,
  );
}

const kinds: [RegExp, OutboundErrorKind, string][] = [
  [/^(ENOTFOUND|EAI_\w+|ENODATA)$/, 'dns', 'The name {host} could not be resolved.'],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'timeout', '{host} did not accept a connection in time.'],
  [/^UND_ERR_HEADERS_TIMEOUT$/, 'timeout', '{host} did not answer in time.'],
  [/^UND_ERR_BODY_TIMEOUT$/, 'timeout', '{host} stopped sending its reply.'],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EHOSTDOWN|ENETDOWN)$/,
    'connect',
    '{host} refused the connection or cannot be reached.',
  ],
  [
    /^(UND_ERR_DESTROYED|UND_ERR_CLOSED)$/,
    'connect',
    'The call to {host} was not made: the server is shutting down.',
  ],
  [
    /^(ERR_TLS_\w+|ERR_SSL_\w+|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|HOSTNAME_MISMATCH|EPROTO)$/,
    'tls',
    'No trusted TLS connection to {host} could be made.',
  ],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_ABORTED|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/,
    'reset',
    '{host} broke the connection before its reply was complete.',
  ],
  [/^(HPE_\w+|HTTPParserError)$/, 'reset', '{host} sent a reply that is not valid HTTP.'],
  [/^(Z_\w+|ERR__ERROR_\w+|ERR_BROTLI_\w+|ZSTD_\w+)$/, 'reset', '{host} sent a damaged compressed reply.'],
  [
    /^UND_ERR_(HEADERS_OVERFLOW|RES_EXCEEDED_MAX_SIZE)$/,
    'too-large',
    '{host} sent more reply headers than are accepted.',
  ],
  [
    /^UND_ERR_(INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)$/,
    'invalid-url',
    'The call to {host} cannot be sent: its headers, method or length are not valid.',
  ],
];

/**
 * Makes the failures of a stream OutboundErrors, in place: one more stream in between would cost a copy of all pieces.
 * Destroying it without an error is a reader that has had enough, not a failure.
 */
export function nameFailures<T extends Readable>(stream: T, host: string): T {
  const destroy = stream._destroy.bind(stream);
  stream._destroy = (error, callback) =>
    destroy(error, (final) =>
      callback(error === null ? null : (toOutboundError(final, host) as Error | null)),
    );
  return stream;
}
