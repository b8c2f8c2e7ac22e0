import type { Accounts, Principal } from '#accounts';
import { type FastifyInstance, type FastifyRequest, Type, route } from '#platform/http';
import type { SessionCookie } from './cookie.ts';
import { sessionNeeded } from './errors.ts';
import { type PublicUrl, checkOwnPage, csrfTokenOf, mayUseSession } from './origin.ts';

const tags = ['Console'];
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

const sessionReply = Type.Object({
  user: Type.Optional(
    Type.Object({
      id: Type.Integer(),
      email: Type.String(),
      firstName: Type.String(),
      lastName: Type.String(),
      privileges: Type.Array(Type.String()),
    }),
  ),
  csrfToken: Type.Optional(
    Type.String({ description: 'To send as ligand-csrf-token with whatever changes something' }),
  ),
  setUpIsOpen: Type.Boolean({ description: 'Nobody has logged in yet: the server has printed a link' }),
});

type Parts = Pick<Accounts, 'sessions' | 'setUp' | 'revealSecrets'>;

/** Logging in and out with a browser: the token of the session is in a cookie that no script can read. */
export function mountSession(
  app: FastifyInstance,
  accounts: Parts,
  { cookie, publicUrl }: { cookie: SessionCookie; publicUrl: PublicUrl },
): void {
  const { sessions } = accounts;
  const isSecure = (request: FastifyRequest) =>
    request.headers['x-forwarded-proto'] === 'https' || publicUrl()?.startsWith('https:') === true;

  route(app, {
    method: 'GET',
    path: '/console/session',
    access: 'public',
    audit: 'none',
    summary: 'Who is logged in with this browser',
    tags,
    schema: { response: { 200: sessionReply } },
    handler: async (request) => {
      const token = cookie.read(request.headers.cookie);
      const isOurs = token !== undefined && mayUseSession(request, token, publicUrl);
      const caller = isOurs ? await sessions.find(token) : undefined;
      if (token === undefined || !caller) return { setUpIsOpen: await accounts.setUp.isOpen() };
      return show(caller, token);
    },
  });

  route(app, {
    method: 'POST',
    path: '/console/session',
    access: 'public',
    audit: 'user.login',
    summary: 'Log in with a browser: the reply sets a cookie',
    tags,
    failures: { 401: 'The user name or the password is wrong', 429: 'Too many failed logins' },
    schema: {
      body: Type.Object({ username: text(320), password: text(1024) }),
      response: { 200: sessionReply },
    },
    handler: async (request, reply) => {
      checkOwnPage(request, publicUrl);
      const { username, password } = request.body;
      const { token, caller } = await sessions.begin(username, password, request.id);
      request.setDecorator('principal', caller); // for the audit trail
      reply.header('set-cookie', cookie.write(token, isSecure(request)));
      return show(caller, token);
    },
  });

  route(app, {
    method: 'DELETE',
    path: '/console/session',
    access: 'public',
    audit: 'user.logout',
    summary: 'Log out',
    tags,
    schema: { response: { 200: Type.Object({}) } },
    handler: async (request, reply) => {
      const token = cookie.read(request.headers.cookie);
      if (token !== undefined && mayUseSession(request, token, publicUrl)) {
        const caller = await sessions.find(token);
        if (caller) request.setDecorator('principal', caller); // for the audit trail
        await sessions.end(token);
      }
      reply.header('set-cookie', cookie.clear(isSecure(request)));
      return {};
    },
  });

  route(app, {
    method: 'DELETE',
    path: '/console/sessions',
    access: 'user:any',
    audit: 'user.logoutEverywhere',
    summary: 'Log out with every browser; API secrets go on working',
    tags,
    schema: { response: { 200: Type.Object({}) } },
    handler: async (request, reply) => {
      await sessions.endAll(request.principal);
      reply.header('set-cookie', cookie.clear(isSecure(request)));
      return {};
    },
  });

  mountSetUp(app, accounts, { cookie, publicUrl, isSecure });
  mountSecrets(app, accounts);
}

function mountSetUp(
  app: FastifyInstance,
  { sessions, setUp }: Parts,
  {
    cookie,
    publicUrl,
    isSecure,
  }: { cookie: SessionCookie; publicUrl: PublicUrl; isSecure(request: FastifyRequest): boolean },
): void {
  route(app, {
    method: 'POST',
    path: '/console/set-up',
    access: 'public',
    audit: 'user.setUp',
    summary: 'Choose name and password of the first user, with the link that the server has printed; logs in',
    tags,
    failures: { 401: 'The link is not valid or has been used' },
    schema: {
      body: Type.Object({
        token: text(100),
        email: text(320),
        firstName: text(100),
        lastName: text(100),
        password: text(1024),
      }),
      response: { 200: sessionReply },
    },
    handler: async (request, reply) => {
      checkOwnPage(request, publicUrl);
      const { token: link, ...wish } = request.body;
      await setUp.complete(link, wish);
      const { token, caller } = await sessions.begin(wish.email, wish.password, request.id);
      request.setDecorator('principal', caller); // for the audit trail
      reply.header('set-cookie', cookie.write(token, isSecure(request)));
      return show(caller, token);
    },
  });
}

function mountSecrets(app: FastifyInstance, { revealSecrets }: Parts): void {
  route(app, {
    method: 'POST',
    path: '/console/secrets',
    access: 'user:any',
    audit: 'secrets.reveal',
    summary: 'Your own API secrets, when you ask to see them',
    tags,
    schema: {
      response: { 200: Type.Object({ userSecret: Type.String(), organizationSecret: Type.String() }) },
    },
    handler: ({ principal }) => {
      if (!principal.usesSession) throw sessionNeeded();
      return revealSecrets(principal);
    },
  });
}

function show(caller: Principal, token: string) {
  const { userId: id, email, firstName, lastName, privileges } = caller;
  return {
    user: { id, email, firstName, lastName, privileges: [...privileges].sort() },
    csrfToken: csrfTokenOf(token),
    setUpIsOpen: false,
  };
}
