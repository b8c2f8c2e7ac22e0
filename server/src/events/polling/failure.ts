import { AppError } from '#kernel/error';

export interface PollFailure {
  /** To be shown to the account's owner. */
  message: string;
  /** What the provider asks for. */
  retryAfterMs: number | undefined;
  /** The provider, or the element, does not take the call as it is. */
  isRefused: boolean;
  /** Nobody but us can mend it. */
  isOurs: boolean;
}

const longestMessage = 1_000;

/** Why a poll failed, for its owner and for the schedule. */
export function describeFailure(error: unknown): PollFailure {
  if (!(error instanceof AppError))
    return {
      message: 'The poll failed by a fault of the server, which is in its log.',
      retryAfterMs: undefined,
      isRefused: false,
      isOurs: true,
    };
  const said = error.providerMessage ? ` The provider said: ${error.providerMessage}` : '';
  const seconds = Number(error.headers['retry-after'] || Number.NaN);
  return {
    message: `${error.message}${said}`.replaceAll('\0', '').slice(0, longestMessage),
    retryAfterMs: seconds > 0 ? seconds * 1000 : undefined,
    isRefused: error.status < 500 && error.status !== 429,
    isOurs: false,
  };
}
