import { queryOptions, useQuery } from '@tanstack/react-query';
import { call, setCsrfToken } from './api.ts';
import { queries } from './queries.ts';

export interface User {
  id: number;
  email: string;
  firstName: string;
  lastName: string;
  privileges: string[];
}

export interface Session {
  user?: User;
  csrfToken?: string;
  /** Nobody has logged in yet, and the server has printed a link. */
  setUpIsOpen: boolean;
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => keep(await call<Session>('GET', '/console/session')),
  staleTime: 60_000,
});

function keep(session: Session): Session {
  setCsrfToken(session.csrfToken);
  return session;
}

export async function logIn(username: string, password: string): Promise<void> {
  begin(await call<Session>('POST', '/console/session', { json: { username, password } }));
}

export interface SetUpWish {
  token: string;
  email: string;
  firstName: string;
  lastName: string;
  password: string;
}

export async function setUp(wish: SetUpWish): Promise<void> {
  begin(await call<Session>('POST', '/console/set-up', { json: wish }));
}

/** Nothing that the one before was shown stays in memory. */
function begin(session: Session): void {
  queries.clear();
  queries.setQueryData(sessionQuery.queryKey, keep(session));
}

export async function logOut(): Promise<void> {
  await call('DELETE', '/console/session');
  begin({ setUpIsOpen: false });
}

/** Who is logged in. */
export function useUser(): User | undefined {
  return useQuery(sessionQuery).data?.user;
}

/** Whether the user may do something, by the key of a privilege; the server asks again. */
export function useMay(privilege: string): boolean {
  return useUser()?.privileges.includes(privilege) ?? false;
}
