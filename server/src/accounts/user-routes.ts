import { type FastifyInstance, type FastifyRequest, Type, route } from '#platform/http';
import type { AccountDesk } from './account-desk.ts';
import { noUsers } from './errors.ts';
import { answerList, listQuery } from './list-page.ts';
import type { Caller } from './principal.ts';
import {
  accountParams,
  accountUserParams,
  newUserBody,
  passwordHeaders,
  permanentQuery,
  readPasswordHeader,
  userBody,
  userParams,
  userReply,
} from './shapes.ts';
import type { UserChoice, UserDesk } from './user-desk.ts';
import { type UserDeed, checkAccount, ofOrganization, scopeOf } from './user-scope.ts';
import type { UserScope } from './user-store.ts';

const tags = ['Users'];
type Params = { id?: number; idOrEmail?: string };

/** Where users are found: by themselves, in the whole organization, or in one account. */
const places = [
  {
    path: '/users',
    what: 'you may see',
    access: { view: 'user:any', edit: 'user:any', delete: 'user:deleteUsersAccount|deleteUsersOrg' },
  },
  {
    path: '/organizations/users',
    what: 'of the organization',
    access: {
      view: 'user:viewUsersOrg',
      edit: 'user:editUsersAccount|editUsersOrg',
      delete: 'user:deleteUsersOrg',
    },
  },
  {
    path: '/accounts/:id/users',
    what: 'of an account',
    access: {
      view: 'user:viewUsersAccount',
      edit: 'user:editUsersAccount',
      delete: 'user:deleteUsersAccount',
    },
  },
] as const;

/** Users, under each path that clients know for them. */
export function mountUsers(app: FastifyInstance, desk: UserDesk, accounts: AccountDesk): void {
  /** @throws 403 for another account without the privilege for all, then 404 when there is none. */
  const checkPlace = async (principal: Caller, params: Params, deed: UserDeed): Promise<void> => {
    if (params.id === undefined) return;
    checkAccount(principal, params.id, ofOrganization(deed));
    await accounts.get(principal.organizationId, params.id);
  };
  for (const place of places) {
    mountList(app, desk, place, checkPlace);
    mountSingle(app, desk, place, checkPlace);
  }
  mountCreate(app, desk, checkPlace);
}

type Place = (typeof places)[number];
type Check = (principal: Caller, params: Params, deed: UserDeed) => Promise<void>;

function mountList(app: FastifyInstance, desk: UserDesk, { path, what, access }: Place, check: Check): void {
  const isOfAccount = path === '/accounts/:id/users';
  route(app, {
    method: 'GET',
    path,
    access: access.view,
    audit: 'none',
    mayBeResource: true,
    summary: `List the users ${what}`,
    tags,
    schema: {
      params: isOfAccount ? accountParams : Type.Object({}),
      querystring: listQuery,
      response: { 200: Type.Array(userReply) },
    },
    exists: ({ principal, params }) => check(principal, params as Params, 'view'),
    handler: async ({ principal, params, query }, reply) => {
      const { id } = params as Params;
      const scope: UserScope =
        id === undefined
          ? scopeOf(principal, 'view')
          : { organizationId: principal.organizationId, accountId: id };
      const source = {
        list: (page: { limit: number; offset: number } | undefined) => desk.list(scope, page),
        count: () => desk.count(scope),
      };
      const shown = await answerList(source, query, reply);
      if (isOfAccount && shown.length === 0) throw noUsers();
      return shown;
    },
  });
}

function choiceOf(params: Params): UserChoice {
  return {
    idOrEmail: params.idOrEmail ?? '',
    ...(params.id !== undefined && { accountId: params.id }),
  };
}

function passwordsOf({ headers }: Pick<FastifyRequest, 'headers'>) {
  return {
    current: readPasswordHeader(headers['elements-user-password'] as string | undefined),
    next: readPasswordHeader(headers['elements-user-newpassword'] as string | undefined),
  };
}

function mountSingle(app: FastifyInstance, desk: UserDesk, place: Place, check: Check): void {
  const path = `${place.path}/:idOrEmail`;
  const params = place.path === '/accounts/:id/users' ? accountUserParams : userParams;
  const { access } = place;
  route(app, {
    method: 'GET',
    path,
    access: access.view,
    audit: 'none',
    mayBeResource: true,
    summary: 'One user; with the right password in Elements-User-Password also its secret',
    tags,
    schema: { params, headers: passwordHeaders, response: { 200: userReply } },
    exists: ({ principal, params: asked }) => check(principal, asked, 'view'),
    handler: (request) => desk.get(request.principal, choiceOf(request.params), passwordsOf(request).current),
  });
  for (const method of ['PUT', 'PATCH'] as const) {
    route(app, {
      method,
      path,
      access: access.edit,
      audit: 'user.update',
      mayBeResource: true,
      summary: 'Change a user, switch it off or on, or give it another password by headers',
      tags,
      failures: { 409: 'The e-mail is taken, or nobody would administer the organization any more' },
      schema: {
        params,
        querystring: permanentQuery,
        headers: passwordHeaders,
        body: userBody,
        bodyOptional: true,
        response: { 200: userReply },
      },
      exists: async ({ principal, params: asked }) => {
        await check(principal, asked, 'edit');
        await desk.find(principal, choiceOf(asked), 'edit');
      },
      handler: (request) =>
        desk.change(request.principal, choiceOf(request.params), request.body ?? {}, {
          ...passwordsOf(request),
          permanent: request.query.permanent === 'true',
        }),
    });
  }
  route(app, {
    method: 'DELETE',
    path,
    access: access.delete,
    audit: 'user.remove',
    mayBeResource: true,
    summary: 'Delete a user; what it has connected stays with the account',
    tags,
    failures: { 409: 'Nobody would administer the organization any more' },
    schema: { params },
    exists: ({ principal, params: asked }) => check(principal, asked, 'delete'),
    handler: async ({ principal, params: asked }) => {
      await desk.remove(principal, choiceOf(asked));
      return {};
    },
  });
}

function mountCreate(app: FastifyInstance, desk: UserDesk, check: Check): void {
  const common = { method: 'POST', audit: 'user.create', tags } as const;
  const failures = { 409: 'The e-mail is taken' };
  route(app, {
    ...common,
    path: '/organizations/users',
    access: 'user:addUsersOrg',
    summary: 'Add a user to the default account',
    failures,
    schema: { body: newUserBody, response: { 200: userReply } },
    handler: ({ principal, body }) => desk.create(principal, undefined, body),
  });
  route(app, {
    ...common,
    path: '/accounts/:id/users',
    access: 'user:addUsersAccount',
    mayBeResource: true,
    summary: 'Add a user to an account',
    failures,
    schema: { params: accountParams, body: newUserBody, response: { 200: userReply } },
    exists: ({ principal, params }) => check(principal, params, 'add'),
    handler: ({ principal, params, body }) => desk.create(principal, params.id, body),
  });
}
