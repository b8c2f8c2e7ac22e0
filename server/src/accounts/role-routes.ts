import { cutPage } from '#kernel/page';
import { type FastifyInstance, Type, pageOnly, replyPage, route } from '#platform/http';
import { privileges } from './privileges.ts';
import type { RoleDesk } from './role-desk.ts';
import {
  accountParams,
  accountRoleParams,
  roleBody,
  roleParams,
  roleReply,
  rolesBody,
  userParams,
  userRoleParams,
} from './shapes.ts';
import type { UserDesk } from './user-desk.ts';
import type { Caller } from './principal.ts';
import { describeRole } from './views.ts';

const tags = ['Roles'];
const list = Type.Array(roleReply);

/** What the roles of an organization may do, and who has which. */
export function mountRoles(app: FastifyInstance, desk: RoleDesk, users: UserDesk): void {
  mountDefinitions(app, desk);
  mountOfAccounts(app, desk);
  mountOfUsers(app, desk, users);
}

function mountDefinitions(app: FastifyInstance, desk: RoleDesk): void {
  const common = { access: 'user:configureRoles', tags } as const;
  const path = '/organizations/roles';
  route(app, {
    ...common,
    method: 'GET',
    path: '/organizations/privileges',
    audit: 'none',
    summary: 'Everything that a role may allow',
    schema: {
      querystring: pageOnly,
      response: { 200: Type.Array(Type.Object({ key: Type.String(), name: Type.String() })) },
    },
    handler: ({ query }, reply) => {
      const all = Object.entries(privileges).map(([key, name]) => ({ key, name }));
      return replyPage(reply, cutPage(all, query));
    },
  });
  route(app, {
    tags,
    // Who gives roles has to know which there are.
    access: 'user:configureRoles|editUsersAccount',
    method: 'GET',
    path,
    audit: 'none',
    summary: 'The roles of the organization',
    schema: { querystring: pageOnly, response: { 200: list } },
    handler: async ({ principal, query }, reply) =>
      replyPage(reply, cutPage((await desk.list(principal.organizationId)).map(describeRole), query)),
  });
  route(app, {
    ...common,
    method: 'PUT',
    path,
    audit: 'role.update',
    summary: 'Change several roles: all or none',
    schema: { body: rolesBody, response: { 200: list } },
    handler: async ({ principal, body }) => {
      const patches = body.map(({ id, ...patch }) => ({ id, patch }));
      return (await desk.change(principal, patches)).map(describeRole);
    },
  });
  route(app, {
    ...common,
    method: 'PUT',
    path: `${path}/reset`,
    audit: 'role.reset',
    summary: 'Make all roles again what they are by default',
    schema: { response: { 200: list } },
    handler: async ({ principal }) => (await desk.reset(principal.organizationId)).map(describeRole),
  });
  route(app, {
    ...common,
    method: 'GET',
    path: `${path}/:id`,
    audit: 'none',
    summary: 'One role',
    schema: { params: roleParams, response: { 200: roleReply } },
    handler: async ({ principal, params }) =>
      describeRole(await desk.get(principal.organizationId, params.id)),
  });
  route(app, {
    ...common,
    method: 'PUT',
    path: `${path}/:id`,
    audit: 'role.update',
    summary: 'Change a role: what is given replaces what was; it counts at once',
    schema: { params: roleParams, body: roleBody, response: { 200: roleReply } },
    exists: ({ principal, params }) => desk.get(principal.organizationId, params.id),
    handler: async ({ principal, params, body }) => {
      await desk.change(principal, [{ id: params.id, patch: body }]);
      return describeRole(await desk.get(principal.organizationId, params.id));
    },
  });
}

function mountOfAccounts(app: FastifyInstance, desk: RoleDesk): void {
  route(app, {
    method: 'GET',
    path: '/accounts/:id/roles',
    access: 'user:viewAccountsOrg',
    audit: 'none',
    summary: 'The roles that an account gives to all its users',
    tags,
    schema: { params: accountParams, querystring: pageOnly, response: { 200: list } },
    handler: async ({ principal, params, query }, reply) =>
      replyPage(reply, cutPage((await desk.listOfAccount(principal, params.id)).map(describeRole), query)),
  });
  for (const [method, deed, summary] of [
    ['PUT', 'grant', 'Give a role to all users of an account'],
    ['DELETE', 'revoke', 'Take a role from all users of an account'],
  ] as const) {
    route(app, {
      method,
      path: '/accounts/:id/roles/:key',
      access: 'user:editAccountsOrg',
      audit: `role.${deed}`,
      summary,
      tags,
      failures: { 409: 'It is granted already, or nobody would administer the organization any more' },
      schema: { params: accountRoleParams, response: { 200: roleReply } },
      handler: async ({ principal, params }) =>
        describeRole(await desk[deed](principal, { accountId: params.id }, params.key)),
    });
  }
}

function mountOfUsers(app: FastifyInstance, desk: RoleDesk, users: UserDesk): void {
  const idOf = async (principal: Caller, idOrEmail: string): Promise<number> =>
    /^-?\d{1,15}$/.test(idOrEmail)
      ? Number(idOrEmail)
      : (await users.find(principal, { idOrEmail }, 'view')).id;
  route(app, {
    method: 'GET',
    path: '/users/:idOrEmail/roles',
    access: 'user:any',
    audit: 'none',
    summary: 'The roles of a user, with those that its account gives',
    tags,
    schema: { params: userParams, querystring: pageOnly, response: { 200: list } },
    handler: async ({ principal, params, query }, reply) => {
      const roles = await desk.listOfUser(principal, await idOf(principal, params.idOrEmail));
      return replyPage(reply, cutPage(roles.map(describeRole), query));
    },
  });
  for (const [method, deed, summary] of [
    ['PUT', 'grant', 'Give a role to a user'],
    ['DELETE', 'revoke', 'Take a role from a user'],
  ] as const) {
    route(app, {
      method,
      path: '/users/:idOrEmail/roles/:key',
      access: 'user:editUsersAccount|editUsersOrg',
      audit: `role.${deed}`,
      summary,
      tags,
      failures: { 409: 'It is granted already, or nobody would administer the organization any more' },
      schema: { params: userRoleParams, response: { 200: roleReply } },
      handler: async ({ principal, params }) => {
        const userId = await idOf(principal, params.idOrEmail);
        return describeRole(await desk[deed](principal, { userId }, params.key));
      },
    });
  }
}
