import { call } from './api.ts';
import { forget } from './organization.ts';
import { logIn, logOut } from './session.ts';

/*
 * API secrets and passwords. Nothing here is kept: what is shown is gone with the page.
 */

export interface NewSecret {
  secret: string;
  /** Until then the one before works too. */
  previousSecretExpires?: string;
}

/** Both API secrets of the person, who has asked to see them. */
export const revealSecrets = () =>
  call<{ userSecret: string; organizationSecret: string }>('POST', '/console/secrets');

/** Whose: a user by id, or the person (`me`), or the organization. */
export const secretPathOf = {
  user: (id: string) => `/users/${id}/secret`,
  organization: '/organizations/me/secret',
};

export const replaceSecret = (path: string, graceSeconds: number) =>
  call<NewSecret>('POST', path, { json: { graceSeconds } });

export const endPreviousSecret = (path: string) => call('DELETE', `${path}/previous`);

/** A header holds bytes: letters beyond Latin-1 go as UTF-8. */
const toHeader = (password: string) => String.fromCodePoint(...new TextEncoder().encode(password));

/** Sets somebody else's password. */
export async function setPassword(id: number, next: string): Promise<void> {
  await call('PATCH', `/users/${id}`, { json: {}, headers: { 'elements-user-newpassword': toHeader(next) } });
  await forget();
}

/** Changes one's own, which ends all sessions; this browser logs in again. */
export async function changeOwnPassword(email: string, current: string, next: string): Promise<void> {
  await call('PATCH', '/users/me', {
    json: {},
    headers: { 'elements-user-password': toHeader(current), 'elements-user-newpassword': toHeader(next) },
  });
  await logIn(email, next);
}

/** Ends every session of the person, this one too. */
export async function logOutEverywhere(): Promise<void> {
  await call('DELETE', '/console/sessions');
  await logOut();
}
