export { createAccounts } from './accounts.ts';
export type { Removal } from './administration.ts';
export type { Accounts, AccountsOptions } from './accounts.ts';
export { accountNotFound } from './errors.ts';
export type { ConnectGrant, ConnectSessions } from './connect-sessions.ts';
export type { FirstUser } from './first-user.ts';
export type { Caller as Principal } from './principal.ts';
export type { PrivilegeKey } from './privileges.ts';
