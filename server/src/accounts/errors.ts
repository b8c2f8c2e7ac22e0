import { AppError } from '#kernel/error';

/** 401 for a header that cannot be read or lacks a part. The text never holds what was sent: it may be a secret. */
export function malformedAuthorization(fault: string, expected: string): AppError {
  return new AppError(
    'malformed-authorization',
    401,
    `${fault}. Please send the header: Authorization: ${expected}`,
  );
}

export function invalidSecret(): AppError {
  return new AppError(
    'invalid-secret',
    401,
    'The secrets in the Authorization header are not valid. GET /authentication/secrets tells those of your user, after POST /authentication.',
  );
}

export function inactiveUser(): AppError {
  return new AppError('inactive-user', 401, 'This user is not active. Ask an administrator to activate it.');
}

export function missingPrivilege(oneOf: readonly string[]): AppError {
  const named = oneOf.map((key) => `'${key}'`).join(' or ');
  return new AppError(
    'missing-privilege',
    403,
    `You may not do this: none of your roles has the privilege ${named}. Ask an administrator of your organization for it.`,
  );
}

export function invalidLoginToken(): AppError {
  return new AppError(
    'invalid-login-token',
    401,
    'The bearer token is unknown or has expired. Get a new one with POST /authentication.',
  );
}

export function wrongLogin(): AppError {
  return new AppError('wrong-login', 401, 'The user name or the password is wrong.');
}

export function tooManyLogins(retryAfterSeconds: number): AppError {
  return new AppError(
    'too-many-logins',
    429,
    `Too many failed logins with this user name. Please try again in ${retryAfterSeconds} seconds.`,
    { headers: { 'retry-after': String(retryAfterSeconds) } },
  );
}

export function organizationNotFound(id: number): AppError {
  return new AppError('organization-not-found', 404, `No organization found with id ${id}.`);
}

export function wrongMasterKey(cause: unknown): AppError {
  return new AppError(
    'wrong-master-key',
    500,
    'The master key does not fit this database: it was set up with another one. Restore LIGAND_MASTER_KEY or master.key in the data folder.',
    { cause },
  );
}
