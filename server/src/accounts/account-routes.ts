import { type FastifyInstance, Type, route } from '#platform/http';
import type { AccountDesk } from './account-desk.ts';
import { answerList, listQuery } from './list-page.ts';
import {
  accountBody,
  accountParams,
  accountReply,
  newAccountBody,
  permanentQuery,
  settingsBody,
} from './shapes.ts';
import { checkAccount } from './user-scope.ts';
import type { Caller } from './principal.ts';

const tags = ['Accounts'];

/** The accounts of the caller's organization, and their settings. */
export function mountAccounts(app: FastifyInstance, desk: AccountDesk): void {
  route(app, {
    method: 'GET',
    path: '/accounts',
    access: 'user:viewAccountsOrg',
    audit: 'none',
    mayBeResource: true,
    summary: 'List the accounts that are active; where active = false finds the others',
    tags,
    schema: { querystring: listQuery, response: { 200: Type.Array(accountReply) } },
    handler: ({ principal: { organizationId }, query }, reply) => {
      const filter = (attributes: readonly string[]) => ({
        organizationId,
        withInactive: attributes.includes('active'),
      });
      const source = {
        list: (page: { limit: number; offset: number } | undefined, attributes: readonly string[]) =>
          desk.list(filter(attributes), page),
        count: () => desk.count(filter([])),
      };
      return answerList(source, query, reply);
    },
  });
  route(app, {
    method: 'POST',
    path: '/accounts',
    access: 'user:addAccountsOrg',
    audit: 'account.create',
    mayBeResource: true,
    summary: 'Add an account: a customer of yours, with users and connected accounts of its own',
    tags,
    failures: { 409: 'The externalId is taken' },
    schema: { body: newAccountBody, response: { 200: accountReply } },
    handler: ({ principal, body }) => desk.create(principal.organizationId, body),
  });
  mountSingle(app, desk);
  mountOfOrganization(app, desk);
  mountSettings(app, desk);
}

function mountSingle(app: FastifyInstance, desk: AccountDesk): void {
  const path = '/accounts/:id';
  const exists = ({ principal, params }: { principal: Caller; params: { id: number } }) =>
    desk.get(principal.organizationId, params.id);
  route(app, {
    method: 'GET',
    path,
    access: 'user:viewAccountsOrg',
    audit: 'none',
    mayBeResource: true,
    summary: 'One account',
    tags,
    schema: { params: accountParams, response: { 200: accountReply } },
    handler: exists,
  });
  for (const method of ['PUT', 'PATCH'] as const) {
    route(app, {
      method,
      path,
      access: 'user:editAccountsOrg',
      audit: 'account.update',
      mayBeResource: true,
      summary: 'Change an account, switch it off or on; active: true brings a deleted one back',
      tags,
      failures: { 409: 'It is the default account, or nobody would administer the organization any more' },
      schema: {
        params: accountParams,
        querystring: permanentQuery,
        body: accountBody,
        response: { 200: accountReply },
      },
      exists: ({ principal, params, body }) =>
        (body as { active?: unknown } | undefined)?.active === true || exists({ principal, params }),
      handler: ({ principal, params, body, query }) =>
        desk.change(principal.organizationId, params.id, body, query.permanent === 'true'),
    });
  }
  route(app, {
    method: 'DELETE',
    path,
    access: 'user:deleteAccountsOrg',
    audit: 'account.remove',
    mayBeResource: true,
    summary: 'Delete an account with its users and what they have connected',
    tags,
    failures: { 409: 'It is the default account, or nobody would administer the organization any more' },
    schema: { params: accountParams },
    handler: async ({ principal, params }) => {
      await desk.remove(principal.organizationId, params.id);
      return {};
    },
  });
}

/** The same by the organization's id. */
function mountOfOrganization(app: FastifyInstance, desk: AccountDesk): void {
  const organizationParams = Type.Object({
    organizationId: Type.Integer({ minimum: -1, maximum: Number.MAX_SAFE_INTEGER }),
  });
  const own = (principal: Caller, asked: number) => desk.checkOrganization(principal.organizationId, asked);
  route(app, {
    method: 'GET',
    path: '/organizations/:organizationId/accounts',
    access: 'user:viewAccountsOrg',
    audit: 'none',
    summary: 'List the accounts of your organization',
    tags,
    schema: {
      params: organizationParams,
      querystring: listQuery,
      response: { 200: Type.Array(accountReply) },
    },
    exists: ({ principal, params }) => own(principal, params.organizationId),
    handler: ({ principal: { organizationId }, query }, reply) => {
      const filter = { organizationId, withInactive: false };
      return answerList(
        { list: (page) => desk.list(filter, page), count: () => desk.count(filter) },
        query,
        reply,
      );
    },
  });
  route(app, {
    method: 'GET',
    path: '/organizations/:organizationId/accounts/:id',
    access: 'user:viewAccountsOrg',
    audit: 'none',
    summary: 'One account of your organization',
    tags,
    schema: {
      params: Type.Object({ ...organizationParams.properties, ...accountParams.properties }),
      response: { 200: accountReply },
    },
    exists: ({ principal, params }) => own(principal, params.organizationId),
    handler: ({ principal, params }) => desk.get(principal.organizationId, params.id),
  });
}

function mountSettings(app: FastifyInstance, desk: AccountDesk): void {
  for (const path of ['/accounts/settings', '/accounts/:id/settings'] as const) {
    const params = path.includes(':id') ? accountParams : Type.Object({});
    const idOf = (principal: Caller, asked: unknown) => (asked as { id?: number }).id ?? principal.accountId;
    route(app, {
      method: 'GET',
      path,
      access: 'user:any',
      audit: 'none',
      summary: 'The settings of an account',
      tags,
      schema: { params, response: { 200: settingsBody } },
      handler: ({ principal, params: asked }) => {
        const id = idOf(principal, asked);
        checkAccount(principal, id, 'viewAccountsOrg');
        return desk.settings(principal.organizationId, id);
      },
    });
    for (const method of ['POST', 'PATCH'] as const) {
      route(app, {
        method,
        path,
        access: 'user:editSettingsAccount|editAccountsOrg',
        audit: 'account.settings',
        summary: method === 'POST' ? 'Replace all settings of an account' : 'Change settings of an account',
        tags,
        schema: { params, body: settingsBody, response: { 200: settingsBody } },
        exists: ({ principal, params: asked }) => {
          const id = idOf(principal, asked);
          checkAccount(principal, id, 'editAccountsOrg');
          return desk.get(principal.organizationId, id);
        },
        handler: ({ principal, params: asked, body }) =>
          desk.setSettings(principal.organizationId, idOf(principal, asked), body, method === 'POST'),
      });
    }
  }
}
