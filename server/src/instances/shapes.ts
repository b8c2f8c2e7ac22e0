import { Type, integerText, noZeroByte } from '#platform/http';
import type { Static } from '#platform/http';
import { provisionInvalid } from './errors.ts';
import { toPlainText } from './instance.ts';
import type { InstancePatch } from './instances.ts';

const anyMap = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });

const shared = {
  configuration: Type.Optional(
    anyMap("Values by configuration key; keys that the element doesn't know are kept"),
  ),
  providerData: Type.Optional(
    anyMap(
      'What the provider sent with the callback: code, or error; with externalAuthentication the tokens',
    ),
  ),
  tags: Type.Optional(Type.Array(Type.String(noZeroByte))),
  externalAuthentication: Type.Optional(
    Type.Union([Type.Literal('none'), Type.Literal('initial')], {
      description:
        "'initial': providerData brings tokens that were got elsewhere; they are refreshed here from then on",
    }),
  ),
};

export const idParams = Type.Object({
  id: Type.String({ ...integerText, description: 'Id of the instance' }),
});

/** Body of `POST /instances`. */
export const newInstanceBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 250, ...noZeroByte }),
    element: Type.Optional(
      Type.Object({
        key: Type.Optional(Type.String()),
        id: Type.Optional(Type.Union([Type.Integer(), Type.String()])),
      }),
    ),
    ...shared,
  },
  { additionalProperties: true },
);

/** Body of `PUT` and `PATCH`. */
export const instanceBody = Type.Object(
  { name: Type.Optional(Type.String({ minLength: 1, maxLength: 250, ...noZeroByte })), ...shared },
  { additionalProperties: true },
);

export const listQuery = Type.Object(
  {
    page: Type.Optional(Type.String({ description: 'First page is 1' })),
    pageSize: Type.Optional(Type.String({ description: 'At most 1000; 200 by default' })),
    nextPage: Type.Optional(Type.String({ description: 'elements-next-page-token of the page before' })),
    searchText: Type.Optional(Type.String({ ...noZeroByte, description: 'Part of the name' })),
    'tags[]': Type.Optional(Type.Union([Type.String(noZeroByte), Type.Array(Type.String(noZeroByte))])),
    tags: Type.Optional(Type.Union([Type.String(noZeroByte), Type.Array(Type.String(noZeroByte))])),
    hydrate: Type.Optional(Type.String()),
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
    configuration: anyMap('Values by key, secrets masked'),
  },
  { additionalProperties: true },
);

/** What a change says; a mask echoed back stands for the stored secret. */
export function toPatch(body: Static<typeof instanceBody>): InstancePatch {
  if (body.name !== undefined && toPlainText(body.name) === '')
    throw provisionInvalid(["'name' must hold some text."]);
  return {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(body.tags ? { tags: body.tags } : {}),
    ...(body.configuration ? { configuration: body.configuration } : {}),
    ...(body.providerData ? { providerData: body.providerData } : {}),
    ...(body.externalAuthentication ? { externalAuthentication: body.externalAuthentication } : {}),
  };
}
