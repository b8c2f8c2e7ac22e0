import { AppError } from '#kernel/error';

export function parametersMissing(names: string[]): AppError {
  const list = names.join(', ');
  return new AppError(
    'parameters-missing',
    400,
    `Required but missing: ${list}. Send ${names.length > 1 ? 'them' : 'it'} with the call.`,
  );
}

export function parameterInvalid(name: string, expected: string): AppError {
  return new AppError('parameter-invalid', 400, `Parameter '${name}' must be ${expected}.`);
}

export function scriptFailed(message: string): AppError {
  return new AppError('script-failed', 500, message);
}

export function credentialsMissing(provider: string, ...keys: string[]): AppError {
  return new AppError(
    'credentials-missing',
    400,
    `${provider}'s calls are signed, and the account has no keys for that: set ${keys.join(' and ')} in its configuration.`,
  );
}

/** A provider that could not be reached or did not answer properly: its fault, not the caller's. */
export function providerFailed(message: string, providerMessage?: string, cause?: unknown): AppError {
  return new AppError('provider-failed', 502, message, { providerMessage, cause });
}

export function providerReplyUnreadable(kind: 'JSON' | 'XML', detail: string, cause: unknown): AppError {
  return new AppError(
    'provider-reply-unreadable',
    502,
    `The provider said that its reply was ${kind}, but it cannot be read: ${detail.replace(/\.$/, '')}. Try again later.`,
    { cause },
  );
}

export function replyTooLarge(limitBytes: number): AppError {
  return new AppError(
    'reply-too-large',
    502,
    `The provider's reply is larger than ${Math.round(limitBytes / 1_048_576)} MB, too large to be mapped. Ask for a smaller page.`,
  );
}

export function addressRefused(message: string): AppError {
  return new AppError('address-refused', 400, message);
}

/** The wording is part of the contract. */
export function javaUnsupported(): AppError {
  return new AppError('java-unsupported', 400, 'This API is not currently supported for this element');
}

export function chainTooLong(links: number): AppError {
  return new AppError(
    'chain-too-long',
    400,
    `This resource chains more than ${links} calls by nextResource. Shorten the chain in the element's definition.`,
  );
}

export function chainBroken(target: string): AppError {
  return new AppError('chain-broken', 400, `The next resource ${target} does not exist in the element.`);
}
