import { AppError } from '#kernel/error';

export function resourceUnknown(method: string, path: string, element: string): AppError {
  return new AppError(
    'resource-unknown',
    400,
    `The element '${element}' has no resource ${method} ${path}. GET /elements/${element} lists what it offers.`,
  );
}

export function bodyTooLarge(limitBytes: number, what: string): AppError {
  return new AppError(
    'body-too-large',
    413,
    `${what} must not be larger than ${Math.round(limitBytes / 1_048_576)} MB.`,
  );
}

export function bodyUnreadable(detail: string): AppError {
  return new AppError('body-unreadable', 400, detail);
}

/** Statuses of the contract that a provider's refusal keeps; any other 4xx is a 400. */
const kept = new Set([400, 401, 403, 404, 405, 406, 409, 415, 429]);

/** A provider's error reply as ours: what the caller can mend is a 4xx, the provider's own failure a 502. */
export function providerRefused(
  provider: string,
  status: number,
  said: { message: string | undefined; providerMessage: string | undefined },
  headers: Record<string, string>,
): AppError {
  const providerMessage = said.providerMessage ?? said.message;
  if (status >= 500 || status < 400) {
    const message =
      said.message ??
      `${provider} failed to answer (status ${status}). This is the provider's fault; try again later.`;
    return new AppError('provider-failed', 502, message, { providerMessage, headers });
  }
  const message =
    said.message ?? sentences[status]?.(provider) ?? `${provider} refused the call (status ${status}).`;
  return new AppError('provider-refused', kept.has(status) ? status : 400, message, {
    providerMessage,
    headers,
  });
}

const sentences: Record<number, (provider: string) => string> = {
  400: (provider) => `${provider} found fault with the request. Its own words are in providerMessage.`,
  401: (provider) => `${provider} does not accept the account's credentials. Connect the account again.`,
  403: (provider) => `${provider} does not allow the connected account to do this.`,
  404: (provider) => `${provider} has nothing at this place. Check the ids in the path.`,
  409: (provider) => `${provider} sees a conflict with what it has already.`,
  429: (provider) =>
    `${provider} is being called too often for this account. Wait as long as Retry-After says.`,
};

export function objectUnknown(name: string, elementKey: string): AppError {
  return new AppError(
    'object-unknown',
    404,
    `No object found with the name '${name}' in the element '${elementKey}'. GET /objects lists the names.`,
  );
}
