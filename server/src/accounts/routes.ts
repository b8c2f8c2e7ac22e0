import { type FastifyInstance, Type, route } from '#platform/http';
import type { Login } from './login.ts';
import { text } from './shapes.ts';

export function mountRoutes(app: FastifyInstance, login: Login): void {
  route(app, {
    method: 'POST',
    path: '/authentication',
    access: 'public',
    audit: 'user.login',
    summary: 'Exchange user name and password for a login token',
    tags: ['Authentication'],
    schema: {
      body: Type.Object({
        username: text(320, { minLength: 1, description: 'The e-mail address of the user.' }),
        password: Type.String({ minLength: 1, maxLength: 1024 }),
      }),
      response: { 200: Type.Object({ token: Type.String() }) },
    },
    handler: async (request) => {
      const { username, password } = request.body;
      const { token, user } = await login.logIn(username, password, request.id);
      request.setDecorator('principal', user); // for the audit trail
      return { token };
    },
  });

  route(app, {
    method: 'GET',
    path: '/authentication/secrets',
    access: 'login',
    audit: 'secrets.reveal',
    summary: 'Get the API secrets of the user that has logged in',
    tags: ['Authentication'],
    schema: {
      response: { 200: Type.Object({ userSecret: Type.String(), organizationSecret: Type.String() }) },
    },
    handler: async ({ principal }) => login.revealSecrets(principal),
  });
}
