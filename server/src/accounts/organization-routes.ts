import { type FastifyInstance, Type, route } from '#platform/http';
import type { NewCustomer } from './first-user.ts';
import type { OrganizationDesk } from './organization-desk.ts';
import { administratorRole } from './roles.ts';
import { idParams, newAccountBody, newUserBody, policyBody, text } from './shapes.ts';

const organizationReply = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    secret: Type.Optional(Type.String()),
    vdrVersion: Type.String(),
  },
  { title: 'Organization' },
);
const name = text(200, { minLength: 1 });

/** The caller's organization, its password policy, and for who administers them: whole customers. */
export function mountOrganizations(app: FastifyInstance, desk: OrganizationDesk): void {
  const tags = ['Organizations'];
  route(app, {
    method: 'GET',
    path: '/organizations/me',
    access: 'user:any',
    audit: 'none',
    summary: 'Your organization',
    tags,
    schema: { response: { 200: organizationReply } },
    handler: ({ principal }) => desk.get(principal),
  });
  route(app, {
    method: 'PUT',
    path: '/organizations/me',
    access: 'user:editOrg',
    audit: 'organization.update',
    summary: 'Rename your organization',
    tags,
    schema: {
      body: Type.Object({ name }, { additionalProperties: true }),
      response: { 200: organizationReply },
    },
    handler: ({ principal, body }) => desk.rename(principal, body.name),
  });
  mountPolicy(app, desk);
  mountCustomers(app, desk);
}

function mountPolicy(app: FastifyInstance, desk: OrganizationDesk): void {
  const common = { path: '/organizations/password-policies', tags: ['Organizations'] };
  const response = { 200: policyBody };
  route(app, {
    ...common,
    method: 'GET',
    access: 'user:any',
    audit: 'none',
    summary: 'What the organization asks of passwords',
    schema: { response },
    handler: async ({ principal }) => ({ ...(await desk.policy(principal.organizationId)) }),
  });
  route(app, {
    ...common,
    method: 'PUT',
    access: 'user:modifySecurity',
    audit: 'policy.update',
    summary: 'Change what the organization asks of passwords from now on',
    schema: { body: policyBody, response },
    handler: async ({ principal, body }) => {
      const known = Object.keys(policyBody.properties);
      const patch = Object.fromEntries(Object.entries(body).filter(([key]) => known.includes(key)));
      return { ...(await desk.setPolicy(principal.organizationId, patch)) };
    },
  });
  route(app, {
    ...common,
    method: 'DELETE',
    access: 'user:modifySecurity',
    audit: 'policy.update',
    summary: 'Make the password policy the default one again',
    schema: { response },
    handler: async ({ principal }) => ({ ...(await desk.setPolicy(principal.organizationId, undefined)) }),
  });
}

function mountCustomers(app: FastifyInstance, desk: OrganizationDesk): void {
  const tags = ['Customers'];
  const common = { access: 'user:manageCustomers', tags } as const;
  route(app, {
    ...common,
    method: 'POST',
    path: '/customers/signup',
    audit: 'customer.create',
    summary: 'Add an organization with an account and a user of its own',
    description:
      'The user is its administrator unless other roles are given. The password policy is not applied.',
    failures: { 409: 'The e-mail is taken' },
    schema: {
      body: Type.Object(
        {
          organization: Type.Object({ name }, { additionalProperties: true }),
          account: Type.Optional(Type.Partial(newAccountBody)),
          user: newUserBody,
        },
        { additionalProperties: true },
      ),
      response: {
        200: Type.Object({
          organization: organizationReply,
          account: Type.Object({ id: Type.Integer(), name: Type.String() }),
          user: Type.Object({ id: Type.Integer(), email: Type.String(), secret: Type.String() }),
        }),
      },
    },
    handler: async ({ principal, body: { organization, account = {}, user } }) => {
      const wish: NewCustomer = {
        organization: { name: organization.name },
        account: { ...account, name: account.name ?? organization.name },
        user: { ...user, roles: user.roles?.map(({ key }) => key) ?? [administratorRole] },
      };
      const made = await desk.signUp(principal, wish);
      return {
        organization: {
          id: made.organizationId,
          name: organization.name,
          secret: made.organizationSecret,
          vdrVersion: 'v1',
        },
        account: { id: made.accountId, name: wish.account.name },
        user: { id: made.userId, email: user.email, secret: made.userSecret },
      };
    },
  });
  route(app, {
    ...common,
    method: 'GET',
    path: '/customers/organizations/:id',
    audit: 'secrets.reveal',
    summary: 'One organization, whoever it belongs to',
    schema: { params: idParams, response: { 200: organizationReply } },
    handler: ({ params }) => desk.getCustomer(params.id),
  });
  route(app, {
    ...common,
    method: 'DELETE',
    path: '/customers/organizations/:id',
    audit: 'customer.remove',
    summary: 'End an organization: its users cannot call any more, what it has connected is deleted',
    schema: { params: idParams },
    handler: async ({ principal, params }) => {
      await desk.removeCustomer(principal, params.id);
      return {};
    },
  });
}
