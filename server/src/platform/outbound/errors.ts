export type OutboundErrorKind =
  'invalid-url' | 'refused-address' | 'dns' | 'connect' | 'timeout' | 'reset' | 'tls' | 'too-large';

/** A call that failed without a (whole) reply. The message is for people and holds no credentials and no query. */
export class OutboundError extends Error {
  readonly kind: OutboundErrorKind;

  constructor(kind: OutboundErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'OutboundError';
    this.kind = kind;
  }
}
