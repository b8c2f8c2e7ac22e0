/**
 * The one error class that crosses module borders. A module declares its failures in `errors.ts`:
 * a stable code, the HTTP status and one sentence that tells the caller what to do.
 */
export class AppError extends Error {
  readonly code: string;
  /** HTTP status of the reply. */
  readonly status: number;
  /** What the provider said, when the fault is the provider's or was found by it. */
  readonly providerMessage: string | undefined;
  /** Extra reply headers, such as `retry-after`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, status: number, message: string, more: AppErrorDetails = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = status;
    this.providerMessage = more.providerMessage;
    this.headers = more.headers ?? {};
  }
}

export interface AppErrorDetails {
  providerMessage?: string | undefined;
  headers?: Record<string, string>;
  cause?: unknown;
}

/**
 * Awaits a promise whose failure must not matter, and says why it must not.
 * The failure goes to `onFailure` (a log) where one is given.
 */
export async function canFail<T>(
  promise: Promise<T>,
  _why: string,
  onFailure?: (error: unknown) => void,
): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    onFailure?.(error);
    return undefined;
  }
}
