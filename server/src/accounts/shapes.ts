import { isUtf8 } from 'node:buffer';
import { Type, noZeroByte } from '#platform/http';
import { mostSettings } from './account-desk.ts';

/** A text that is stored or looked for. */
export const text = (maxLength: number, more: { minLength?: number; description?: string } = {}) =>
  Type.String({ maxLength, ...noZeroByte, ...more });
const optional = (maxLength: number) => Type.Optional(Type.Union([text(maxLength), Type.Null()]));

/** Clients know the id -1 as that of nothing. */
const id = (description: string) =>
  Type.Integer({ minimum: -1, maximum: Number.MAX_SAFE_INTEGER, description });

export const accountParams = Type.Object({ id: id('Id of the account') });
export const roleParams = Type.Object({ id: id('Id of the role') });
export const idParams = Type.Object({ id: id('Id') });
export const userParams = Type.Object({
  idOrEmail: text(320, { minLength: 1, description: 'Id or e-mail of the user, or me' }),
});
export const accountUserParams = Type.Object({ ...accountParams.properties, ...userParams.properties });
const roleKey = { key: text(100, { minLength: 1, description: 'Key of the role' }) };
export const accountRoleParams = Type.Object({ ...accountParams.properties, ...roleKey });
export const userRoleParams = Type.Object({ ...userParams.properties, ...roleKey });

export const permanentQuery = Type.Object(
  {
    permanent: Type.Optional(
      Type.String({ description: 'true, with active: false: also deletes what belongs to it' }),
    ),
  },
  { additionalProperties: true },
);

const accountFields = {
  name: Type.Optional(text(200, { minLength: 1 })),
  description: Type.Optional(text(2000)),
};
export const newAccountBody = Type.Object(
  {
    ...accountFields,
    externalId: text(200, {
      minLength: 1,
      description: 'Yours; name and description are the same by default',
    }),
  },
  { title: 'NewAccount', additionalProperties: true },
);
export const accountBody = Type.Object(
  {
    ...accountFields,
    externalId: Type.Optional(text(200, { minLength: 1 })),
    active: Type.Optional(Type.Boolean()),
  },
  { title: 'AccountChange', additionalProperties: true },
);
export const accountReply = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    description: Type.Optional(Type.String()),
    active: Type.Boolean(),
    companyId: Type.Integer({ description: 'Id of the organization' }),
    createdDate: Type.String(),
    updatedDate: Type.String(),
    externalId: Type.Optional(Type.String()),
    defaultAccount: Type.Boolean(),
    type: Type.String({ description: 'Default or CompanyAccount' }),
  },
  { title: 'Account' },
);
export const settingsBody = Type.Record(
  Type.String({ maxLength: 200 }),
  Type.Union([Type.String({ maxLength: 10_000 }), Type.Number(), Type.Boolean(), Type.Null()]),
  { title: 'Settings', maxProperties: mostSettings, description: 'By name; null takes a setting away' },
);

const email = Type.String({
  maxLength: 320,
  pattern: '^[^\\s@\\u0000]+@[^\\s@\\u0000]+$',
  description: 'Also the name for the login',
});
const address = {
  externalId: optional(200),
  phone: optional(100),
  street1: optional(200),
  street2: optional(200),
  city: optional(200),
  stateProvince: optional(200),
  postalCode: optional(50),
  country: optional(200),
};
export const passwordHeaders = Type.Object(
  {
    'elements-user-password': Type.Optional(
      Type.String({ maxLength: 1024, description: 'The password in use' }),
    ),
    'elements-user-newpassword': Type.Optional(Type.String({ maxLength: 1024, description: 'The new one' })),
  },
  { additionalProperties: true },
);
/**
 * What a password header holds. Node reads each byte of a header as a character, but clients send UTF-8, as in a body; where the bytes
 * are none, they are taken for Latin-1.
 */
export function readPasswordHeader(header: string): string;
export function readPasswordHeader(header: string | undefined): string | undefined;
export function readPasswordHeader(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const bytes = Buffer.from(header, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : header;
}
export const newUserBody = Type.Object(
  {
    firstName: text(100, { minLength: 1 }),
    lastName: text(100, { minLength: 1 }),
    email,
    password: Type.String({ minLength: 1, maxLength: 1024 }),
    active: Type.Optional(Type.Boolean()),
    roles: Type.Optional(Type.Array(Type.Object({ key: Type.String() }, { additionalProperties: true }))),
    ...address,
  },
  { title: 'NewUser', additionalProperties: true },
);
export const newUserWithoutPassword = Type.Omit(newUserBody, ['password'], { additionalProperties: true });
export const userBody = Type.Object(
  {
    firstName: Type.Optional(text(100, { minLength: 1 })),
    lastName: Type.Optional(text(100, { minLength: 1 })),
    email: Type.Optional(email),
    active: Type.Optional(Type.Boolean()),
    ...address,
  },
  {
    title: 'UserChange',
    additionalProperties: true,
    description: 'What is not given stays; passwords go in headers',
  },
);
export const roleReply = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    key: Type.String(),
    active: Type.Boolean(),
    description: Type.String(),
    features: Type.Array(Type.Unknown()),
    level: Type.Integer({ description: 'Who has a role of a level may give and take those up to it' }),
    privileges: Type.Array(Type.Object({ key: Type.String(), name: Type.String() })),
  },
  { title: 'Role' },
);
export const userReply = Type.Object(
  {
    id: Type.Integer(),
    accountId: Type.Integer(),
    createdDate: Type.String(),
    firstName: Type.String(),
    lastName: Type.String(),
    fullName: Type.String(),
    email: Type.String(),
    password: Type.String({ description: 'Always the word secured' }),
    active: Type.Boolean(),
    enabled: Type.Boolean(),
    emailValid: Type.Boolean(),
    accountExpired: Type.Boolean(),
    accountNonExpired: Type.Boolean(),
    accountLocked: Type.Boolean(),
    accountNonLocked: Type.Boolean(),
    credentialsExpired: Type.Boolean(),
    credentialsNonExpired: Type.Boolean(),
    lastLoginDate: Type.String({ description: '1970-01-01 if never' }),
    externalId: Type.Optional(Type.String()),
    phone: Type.Optional(Type.String()),
    street1: Type.Optional(Type.String()),
    street2: Type.Optional(Type.String()),
    city: Type.Optional(Type.String()),
    stateProvince: Type.Optional(Type.String()),
    postalCode: Type.Optional(Type.String()),
    country: Type.Optional(Type.String()),
    secret: Type.Optional(Type.String({ description: 'When it was made, or with the right password' })),
    roles: Type.Array(roleReply),
  },
  { title: 'User' },
);
const rolePatch = {
  name: Type.Optional(text(200, { minLength: 1 })),
  description: Type.Optional(text(2000)),
  active: Type.Optional(Type.Boolean()),
  privileges: Type.Optional(
    Type.Array(Type.Object({ key: Type.String() }, { additionalProperties: true }), { maxItems: 200 }),
  ),
};
export const roleBody = Type.Object(rolePatch, { title: 'RoleChange', additionalProperties: true });
export const rolesBody = Type.Array(
  Type.Object({ id: Type.Integer(), ...rolePatch }, { additionalProperties: true }),
  { maxItems: 100 },
);

const count = (minimum: number, maximum: number) => Type.Optional(Type.Integer({ minimum, maximum }));
export const policyBody = Type.Object(
  {
    minLength: count(8, 128),
    minUppercase: count(0, 10),
    minLowercase: count(0, 10),
    minNumbers: count(0, 10),
    minSymbols: count(0, 10),
    symbolCharacterSet: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    previousPasswordCount: count(0, 9),
    expirationDays: count(0, 36_500),
  },
  { title: 'PasswordPolicy', additionalProperties: true, description: 'What is not given stays' },
);
