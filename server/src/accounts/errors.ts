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

export function inactiveAccount(): AppError {
  return new AppError(
    'inactive-account',
    401,
    'The account of this user is not active. Ask an administrator of your organization to activate it.',
  );
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

export function setUpLinkInvalid(): AppError {
  return new AppError(
    'set-up-link-invalid',
    401,
    'This link is not valid, or it has been used. The server prints a new one when it is started again, until somebody has logged in.',
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

export function expiredPassword(): AppError {
  return new AppError(
    'expired-password',
    401,
    'The password has expired. Set a new one: PATCH /applications/users/{email}/updatepassword with both passwords in headers.',
  );
}

export function resetNotOffered(): AppError {
  return new AppError(
    'reset-not-offered',
    403,
    'This server sends no e-mails. Ask an administrator for a new password: PATCH /users/{id} with Elements-User-NewPassword.',
  );
}

export function wrongPassword(): AppError {
  return new AppError(
    'wrong-password',
    403,
    'To change your password, send the one in use in the header Elements-User-Password.',
  );
}

export function weakPassword(faults: readonly string[]): AppError {
  return new AppError('weak-password', 400, `Please choose another password: ${faults.join('; ')}.`);
}

export function invalidAdministration(faults: readonly string[]): AppError {
  return new AppError('invalid-request', 400, `Please correct the request: ${faults.join('; ')}.`);
}

export function accountNotFound(id: number): AppError {
  return new AppError('account-not-found', 404, `No account found with id ${id}.`);
}

export function accountForeign(): AppError {
  return new AppError('account-foreign', 403, 'This account is not one of your organization.');
}

export function externalIdTaken(externalId: string): AppError {
  return new AppError(
    'external-id-taken',
    409,
    `Your organization has an account with the externalId '${externalId}' already.`,
  );
}

export function accountIsDefault(): AppError {
  return new AppError(
    'account-is-default',
    409,
    'The default account of an organization cannot be switched off or deleted.',
  );
}

export function userNotFound(name: string): AppError {
  return new AppError('user-not-found', 404, `No user found with id or e-mail '${name}'.`);
}

export function auditEntryNotFound(id: number): AppError {
  return new AppError('audit-entry-not-found', 404, `No audit entry found with id ${id}.`);
}

/** The wording is part of the contract: clients turn `No … found` into an empty list. */
export function noUsers(): AppError {
  return new AppError('users-none', 404, 'No users found');
}

export function userForeign(): AppError {
  return new AppError('user-foreign', 403, 'This user is not one of your organization.');
}

export function userAboveYou(): AppError {
  return new AppError(
    'user-above-you',
    403,
    'This user has a higher role than you, so you may not change it.',
  );
}

export function emailTaken(email: string): AppError {
  return new AppError('email-taken', 409, `There is a user with the e-mail '${email}' already.`);
}

export function unknownRole(key: string): AppError {
  return new AppError(
    'unknown-role',
    400,
    `There is no role with the key '${key}'. GET /organizations/roles lists them.`,
  );
}

export function roleNotFound(id: number | string): AppError {
  return new AppError('role-not-found', 404, `No role found with id ${id}.`);
}

export function roleAboveYou(key: string): AppError {
  return new AppError(
    'role-above-you',
    403,
    `The role '${key}' is above your own, so you may neither give, take nor change it.`,
  );
}

export function ownRoles(): AppError {
  return new AppError('own-roles', 403, 'Nobody may change their own roles. Ask another administrator.');
}

export function roleGranted(key: string): AppError {
  return new AppError('role-granted', 409, `The role '${key}' has been granted already.`);
}

export function roleNotGranted(key: string): AppError {
  return new AppError('role-not-granted', 404, `No role found with the key '${key}' that was granted.`);
}

/** The wording of these two is part of the contract. */
export function systemPrivilege(): AppError {
  return new AppError('system-privilege', 403, "User can not add the 'system' privilege to any role.");
}

export function intelligencePrivilege(role: string): AppError {
  return new AppError(
    'intelligence-privilege',
    403,
    `User can not add the 'intelligence' privilege to the '${role}' role.`,
  );
}

export function privilegeNotYours(key: string): AppError {
  return new AppError(
    'privilege-not-yours',
    403,
    `You may not give the privilege '${key}' to a role: you do not have it yourself.`,
  );
}

export function administratorsStay(): AppError {
  return new AppError(
    'administrators-stay',
    409,
    "The role 'org-admin' must stay active and keep the privilege 'configureRoles': else nobody could change roles any more.",
  );
}

export function lastAdministrator(): AppError {
  return new AppError(
    'last-administrator',
    409,
    "This would leave the organization without an active user with the role 'org-admin'. Give that role to somebody else first.",
  );
}

export function oldSecret(): AppError {
  return new AppError(
    'old-secret',
    403,
    'You have called with a secret that has been replaced. Use the new one to replace it again.',
  );
}

export function identityProviderNotFound(id: number): AppError {
  return new AppError('identity-provider-not-found', 404, `No identity provider found with id ${id}.`);
}

export function ownOrganization(): AppError {
  return new AppError('own-organization', 409, 'You cannot end the organization that you call from.');
}

export function tooManySettings(most: number): AppError {
  return new AppError(
    'too-many-settings',
    400,
    `An account may have at most ${most} settings. Take some away first.`,
  );
}

/** The beginnings of the sentences are part of the contract. */
export function brandingInvalid(missing: readonly string[], invalid: readonly string[]): AppError {
  const faults = [
    missing.length > 0 && `Branding missing required field(s): ${missing.join(', ')}.`,
    invalid.length > 0 && `Branding contains invalid field(s): ${invalid.join(', ')}.`,
  ].filter(Boolean);
  return new AppError('branding-invalid', 400, faults.join(' '));
}

export function brandingImageNotFound(): AppError {
  return new AppError(
    'branding-image-not-found',
    404,
    'There is no such picture. GET /organizations/branding tells the URLs of those that there are.',
  );
}

export function connectTokenInvalid(): AppError {
  return new AppError(
    'connect-token-invalid',
    401,
    'This token of a connect session is unknown, has been used or has expired. Let your server make a new one with POST /connect-sessions.',
  );
}

export function connectSessionOver(): AppError {
  return new AppError(
    'connect-session-over',
    401,
    'This connect session is over. Let your server make a new one with POST /connect-sessions.',
  );
}

export function connectSessionNotFound(id: string): AppError {
  return new AppError('connect-session-not-found', 404, `No connect session found with id ${id}.`);
}
