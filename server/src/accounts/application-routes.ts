import { type FastifyInstance, Type, route } from '#platform/http';
import { resetNotOffered } from './errors.ts';
import type { Login } from './login.ts';
import { newUserWithoutPassword, readPasswordHeader, text, userReply } from './shapes.ts';
import type { UserDesk } from './user-desk.ts';

const path = '/applications/users';
const tags = ['Authentication'];
const emailParams = Type.Object({ email: text(320) });
const password = { 'elements-user-password': Type.String({ minLength: 1, maxLength: 1024 }) };
const passwordHeader = Type.Object(password, { additionalProperties: true });

/** Users where applications of the hosted product's first generation look for them: by e-mail and password in headers. */
export function mountApplicationUsers(app: FastifyInstance, login: Login, users: UserDesk): void {
  route(app, {
    method: 'GET',
    path,
    access: 'user:any',
    audit: 'none',
    summary: 'The user who calls',
    tags,
    schema: { response: { 200: userReply } },
    handler: ({ principal }) => users.get(principal, { idOrEmail: 'me' }),
  });
  route(app, {
    method: 'POST',
    path,
    access: 'user:addUsersOrg',
    audit: 'user.create',
    summary: 'Add a user to the default account, with the password of the header',
    tags,
    failures: { 409: 'The e-mail is taken' },
    schema: { headers: passwordHeader, body: newUserWithoutPassword, response: { 200: userReply } },
    handler: ({ principal, body, headers }) =>
      users.create(principal, undefined, {
        ...body,
        password: readPasswordHeader(headers['elements-user-password']),
      }),
  });
  route(app, {
    method: 'GET',
    path: `${path}/:email`,
    access: 'public',
    needs: 'The password of a user',
    audit: 'user.login',
    summary: 'Log in: the user, with its secret, for its e-mail and password',
    tags,
    failures: { 401: 'The user name or the password is wrong', 429: 'Too many failed logins' },
    schema: { params: emailParams, headers: passwordHeader, response: { 200: userReply } },
    handler: async (request) => {
      const { email } = request.params;
      const given = readPasswordHeader(request.headers['elements-user-password']);
      const user = await login.identify(email, given, request.id);
      request.setDecorator('principal', user); // for the audit trail
      return users.reveal(user);
    },
  });
  route(app, {
    method: 'POST',
    path: `${path}/:email/reset`,
    access: 'public',
    audit: 'none',
    summary: 'Ask for a new password by e-mail: this server sends none, and answers 403, whoever asks',
    tags,
    failures: { 403: 'No e-mails are sent: ask an administrator' },
    schema: { params: emailParams },
    handler: () => {
      throw resetNotOffered();
    },
  });
  route(app, {
    method: 'PATCH',
    path: `${path}/:email/updatepassword`,
    access: 'public',
    audit: 'user.password',
    summary: 'Set another password with the one in use, also when that has expired',
    tags,
    failures: { 401: 'The user name or the password is wrong', 429: 'Too many failed logins' },
    schema: {
      params: emailParams,
      headers: Type.Object(
        {
          'elements-user-password': Type.String({ minLength: 1, maxLength: 1024 }),
          'elements-user-newpassword': Type.String({ minLength: 1, maxLength: 1024 }),
        },
        { additionalProperties: true },
      ),
    },
    handler: async (request) => {
      const current = readPasswordHeader(request.headers['elements-user-password']);
      const next = readPasswordHeader(request.headers['elements-user-newpassword']);
      const user = await login.changePassword(request.params.email, { current, next }, request.id);
      request.setDecorator('principal', user); // for the audit trail
      return {};
    },
  });
}
