interface Details {
  status: number;
  providerMessage?: string | undefined;
  requestId?: string | undefined;
  retryAfterMs?: number | undefined;
  timedOut?: boolean;
  cause?: unknown;
}

/** A reply that is no success, or a server that was not reached (`status` 0). */
export class LigandError extends Error {
  /** HTTP status of the reply; 0 when there was none. */
  readonly status: number;
  /** What the provider said, when a call to it failed. */
  readonly providerMessage: string | undefined;
  /** To quote when the fault is the server's; `GET /usage/{requestId}` tells what became of the call. */
  readonly requestId: string | undefined;
  /** When the server said so: how long to wait before the next try. */
  readonly retryAfterMs: number | undefined;
  /** No answer came in time; whether the call was done is not known. */
  readonly timedOut: boolean;

  constructor(message: string, details: Details) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'LigandError';
    this.status = details.status;
    this.providerMessage = details.providerMessage;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
    this.timedOut = details.timedOut ?? false;
  }
}

/** What the body of a failure says. Something between us and the server may have answered for it. */
export function toError({ status, headers }: Response, text: string): LigandError {
  const told = fieldsOf(text);
  const message = told.message ?? `The server answered with status ${status}: ${text.slice(0, 200)}`;
  const requestId = told.requestId ?? headers.get('elements-request-id') ?? undefined;
  const retryAfter = headers.get('retry-after');
  const retryAfterMs = retryAfter === null ? undefined : toMs(retryAfter);
  return new LigandError(message, { status, providerMessage: told.providerMessage, requestId, retryAfterMs });
}

function fieldsOf(text: string): { message?: string; providerMessage?: string; requestId?: string } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** RFC 9110: seconds, or a date. */
function toMs(retryAfter: string): number | undefined {
  const seconds = Number(retryAfter);
  const ms = Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
