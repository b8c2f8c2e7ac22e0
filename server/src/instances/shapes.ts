import { Type, integerText, noZeroByte, pagingQuery } from '#platform/http';
import type { FastifyReply, Static } from '#platform/http';
import { provisionInvalid } from './errors.ts';
import { toPlainText } from './instance.ts';
import type { InstancePatch } from './instances.ts';

const anyMap = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });

const oauthProxy = Type.Object(
  {
    isOauthProxy: Type.Optional(Type.Union([Type.Boolean(), Type.String()])),
    oauthProxyName: Type.Optional(Type.String()),
  },
  { additionalProperties: true },
);

const shared = {
  oauthProxy: Type.Optional(oauthProxy),
  configuration: Type.Optional(
    anyMap("Values by configuration key; keys that the element doesn't know are kept"),
  ),
  providerData: Type.Optional(
    anyMap(
      'What the provider sent with the callback: code, or error; with externalAuthentication the tokens',
    ),
  ),
  tags: Type.Optional(Type.Array(Type.String({ ...noZeroByte, maxLength: 250 }), { maxItems: 100 })),
  externalAuthentication: Type.Optional(
    Type.Union([Type.Literal('none'), Type.Literal('initial')], {
      description:
        "'initial': providerData brings tokens that were got elsewhere; they are refreshed here from then on",
    }),
  ),
};

const elementName = Type.Object({
  key: Type.Optional(Type.String()),
  id: Type.Optional(Type.Union([Type.Integer(), Type.String()])),
});

export const idParams = Type.Object({
  id: Type.String({ ...integerText, description: 'Id of the instance' }),
});

/** Whose consent came through an OAuth proxy names it again, since the provider wants the same callback URL. */
export function proxyNamed(proxy: Static<typeof oauthProxy> | undefined): string | undefined {
  return proxy && String(proxy.isOauthProxy) === 'true' ? (proxy.oauthProxyName ?? '') : undefined;
}

/** Body of `POST /instances`. */
export const newInstanceBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 250, ...noZeroByte }),
    element: Type.Optional(elementName),
    ...shared,
  },
  { title: 'NewInstance', additionalProperties: true },
);

/** Body of `PUT` and `PATCH`. */
export const instanceBody = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 250, ...noZeroByte })),
    element: Type.Optional(elementName),
    ...shared,
  },
  { title: 'InstanceChange', additionalProperties: true },
);

export const listQuery = Type.Object(
  {
    ...pagingQuery,
    pageSize: Type.Optional(Type.String({ description: 'At most 1000; 200 by default' })),
    searchText: Type.Optional(Type.String({ ...noZeroByte, description: 'Part of the name' })),
    where: Type.Optional(Type.String({ description: 'CEQL, such as disabled = false and valid = false' })),
    'tags[]': Type.Optional(Type.Union([Type.String(noZeroByte), Type.Array(Type.String(noZeroByte))])),
    tags: Type.Optional(Type.Union([Type.String(noZeroByte), Type.Array(Type.String(noZeroByte))])),
    hydrate: Type.Optional(
      Type.String({ description: 'false leaves out the configuration and what is said of the element' }),
    ),
  },
  { additionalProperties: true },
);

export const instanceReply = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    token: Type.String({ description: 'The Element token: send it with every hub call' }),
    valid: Type.Boolean({ description: 'false when the provider no longer accepts the credentials' }),
    disabled: Type.Boolean(),
    eventsEnabled: Type.Boolean(),
    tags: Type.Array(Type.String()),
    configuration: Type.Optional(anyMap('Values by key, secrets masked')),
  },
  { title: 'Instance', additionalProperties: true },
);

/** Body of a change of one value: the whole row, or its value alone. */
export const configurationRowBody = Type.Object(
  { propertyValue: Type.Optional(Type.Unknown({ description: 'null takes the value away' })) },
  { additionalProperties: true },
);

export const validityReply = Type.Object(
  {
    id: Type.Integer(),
    valid: Type.Boolean(),
    checked: Type.Boolean({ description: 'false when the element has no way to ask the provider' }),
    message: Type.String({ description: 'Why' }),
    providerMessage: Type.Optional(Type.String()),
  },
  { title: 'Validity' },
);

/** An element is named by id, else by key: an account's own may have the key of another. */
export function elementNamed(element: Static<typeof elementName> | undefined): string | undefined {
  const named = element?.id ?? element?.key;
  return named === undefined ? undefined : String(named);
}

/** What a change says; a mask echoed back stands for the stored secret. */
export function toPatch(body: Static<typeof instanceBody>): InstancePatch {
  if (body.name !== undefined && toPlainText(body.name) === '')
    throw provisionInvalid(["'name' must hold some text."]);
  const element = elementNamed(body.element);
  return {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(element === undefined ? {} : { element }),
    ...(body.tags ? { tags: body.tags } : {}),
    ...(body.configuration ? { configuration: body.configuration } : {}),
    ...(body.providerData ? { providerData: body.providerData } : {}),
    ...(body.oauthProxy ? { proxyName: proxyNamed(body.oauthProxy) } : {}),
    ...(body.externalAuthentication ? { externalAuthentication: body.externalAuthentication } : {}),
  };
}

/** With `providerData.debug` what is exchanged with the provider is kept under the request's id, also when it fails. */
export function announceTrace(body: Static<typeof instanceBody>, reply: FastifyReply): string | undefined {
  const { debug } = body.providerData ?? {};
  if (debug !== true && debug !== 'true') return undefined;
  reply.header('elements-trace-id', reply.request.id);
  return reply.request.id;
}
