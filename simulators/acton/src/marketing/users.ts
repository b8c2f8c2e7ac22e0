import { Failure, invalidParameter } from '../failure.ts';
import { nextNumber } from '../surface.ts';
import type { Call, Surface } from '../surface.ts';

const required = ['userType', 'email', 'firstName', 'lastName', 'password'];

/** Users of the account: made and deleted in bulk, with a status for each. */
export function mountUsers(surface: Surface): void {
  surface('POST', '/api/1/user', {
    body: ['json'],
    handle: (call) => readUsers(call).map((user) => add(call, user)),
  });
  surface('POST', '/api/1/user/delete', {
    body: ['json'],
    handle: (call) => readUsers(call).map(({ email = '' }) => remove(call, email)),
  });
  surface('DELETE', '/api/1/user/:email', {
    handle: (call) => {
      const result = remove(call, call.params['email'] ?? '');
      if (result.status !== 'ok') throw new Failure(400, 10140, 'Invalid user');
      return result;
    },
  });
}

function add({ data }: Call, user: Record<string, string>) {
  const { email = '', userType = '', firstName = '', lastName = '', title = '' } = user;
  const missing = required.filter((name) => !user[name]);
  if (missing.length > 0) return { email, status: 'error', message: `Missing ${missing.join(', ')}` };
  if (data.users.some((one) => one.email === email))
    return { email, status: 'error', message: 'User exists' };
  data.users.push({ id: String(nextNumber(data)), userType, email, firstName, lastName, title });
  return { email, status: 'ok', privilegeResponses: [] };
}

function remove({ data }: Call, email: string) {
  const before = data.users.length;
  data.users = data.users.filter((one) => one.email !== email);
  return { email, status: data.users.length < before ? 'ok' : 'error' };
}

function readUsers({ body }: Call): Record<string, string>[] {
  if (!Array.isArray(body)) throw invalidParameter('body', 'not an array of users');
  return body as Record<string, string>[];
}
