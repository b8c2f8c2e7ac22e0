import { AppError } from '#kernel/error';

/** 400 that names every fault that was found, not only the first. */
export function invalidRequest(faults: readonly string[]): AppError {
  const shown = faults.slice(0, 50);
  const more = faults.length - shown.length;
  const list = `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
  return new AppError('invalid-request', 400, `Please correct the request: ${list}.`);
}

export function invalidJson(where: { line: number; column: number; found: string }): AppError {
  return new AppError(
    'invalid-json',
    400,
    `The request body is not valid JSON: unexpected ${where.found} at line ${where.line}, column ${where.column}.`,
  );
}

export function invalidEncoding(): AppError {
  return new AppError(
    'invalid-encoding',
    400,
    'The request body is not valid UTF-8. Please send JSON in UTF-8.',
  );
}

export function noSuchPath(method: string, path: string): AppError {
  return new AppError(
    'no-such-path',
    404,
    `There is nothing at ${method} ${path}. See /elements/api-v2/docs.`,
  );
}

/** RFC 9112 §3.2 wants 400. */
export function hostMissing(): AppError {
  return new AppError('host-missing', 400, 'The request has no Host header.');
}

export function shuttingDown(): AppError {
  return new AppError('shutting-down', 503, 'The server is shutting down. Please send the request again.', {
    headers: { 'retry-after': '1', connection: 'close' },
  });
}

export function imageUnusable(): AppError {
  return new AppError(
    'image-unusable',
    400,
    'The body is no picture that can be shown safely: send a PNG, JPEG, GIF, WebP or ICO file.',
  );
}

/** Nobody reads the rest of such a body: the connection cannot serve another call, and would hold up a stop of the server. */
export function imageTooLarge(limitBytes: number): AppError {
  return new AppError('image-too-large', 413, `The picture is larger than ${limitBytes / 1024} kB.`, {
    headers: { connection: 'close' },
  });
}
