import { type FastifyInstance, Type, route } from '#platform/http';
import { type SecretDesk, defaultGraceSeconds, longestGraceSeconds } from './secret-desk.ts';
import { userParams } from './shapes.ts';

const graceBody = Type.Object(
  {
    graceSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: longestGraceSeconds,
        default: defaultGraceSeconds,
        description: 'So long the secret before still works; 0 when it has leaked',
      }),
    ),
  },
  { title: 'SecretReplacement', additionalProperties: true },
);
const secretReply = Type.Object(
  {
    secret: Type.String(),
    previousSecretExpires: Type.Optional(
      Type.String({ description: 'Until then the secret before works too, ISO 8601' }),
    ),
  },
  { title: 'Secret' },
);

/** Replacing API secrets while clients go on with the old ones for a time. */
export function mountSecrets(app: FastifyInstance, desk: SecretDesk): void {
  const replaced = {
    schema: { body: graceBody, bodyOptional: true, response: { 200: secretReply } },
  } as const;
  route(app, {
    method: 'POST',
    path: '/users/:idOrEmail/secret',
    access: 'user:any',
    audit: 'user.secret',
    summary: 'Replace the secret of a user: your own (me), or one whom you may edit',
    tags: ['Users'],
    schema: { ...replaced.schema, params: userParams },
    exists: ({ principal, params }) => desk.checkUser(principal, params),
    handler: ({ principal, params, body }) =>
      desk.replaceOfUser(principal, params, body?.graceSeconds ?? defaultGraceSeconds),
  });
  route(app, {
    method: 'DELETE',
    path: '/users/:idOrEmail/secret/previous',
    access: 'user:any',
    audit: 'user.secret',
    summary: 'End the time in which the secret before still works',
    tags: ['Users'],
    schema: { params: userParams },
    handler: async ({ principal, params }) => {
      await desk.endOfUser(principal, params);
      return {};
    },
  });
  route(app, {
    method: 'POST',
    path: '/organizations/me/secret',
    access: 'user:modifySecurity',
    audit: 'organization.secret',
    summary: 'Replace the secret of your organization',
    tags: ['Organizations'],
    ...replaced,
    handler: ({ principal, body }) =>
      desk.replaceOfOrganization(principal, body?.graceSeconds ?? defaultGraceSeconds),
  });
  route(app, {
    method: 'DELETE',
    path: '/organizations/me/secret/previous',
    access: 'user:modifySecurity',
    audit: 'organization.secret',
    summary: 'End the time in which the secret before still works',
    tags: ['Organizations'],
    handler: async ({ principal }) => {
      await desk.endOfOrganization(principal);
      return {};
    },
  });
}
