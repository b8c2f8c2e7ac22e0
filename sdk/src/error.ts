/** A reply that is no success, or a server that was not reached (`status` 0). */
export class LigandError extends Error {
  /** HTTP status of the reply; 0 when there was none. */
  readonly status: number;
  /** What the provider said, when a call to it failed. */
  readonly providerMessage: string | undefined;
  /** To quote when the fault is the server's. */
  readonly requestId: string | undefined;

  constructor(
    message: string,
    details: {
      status: number;
      providerMessage?: string | undefined;
      requestId?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'LigandError';
    this.status = details.status;
    this.providerMessage = details.providerMessage;
    this.requestId = details.requestId;
  }
}
