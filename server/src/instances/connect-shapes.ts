import { Type, noZeroByte } from '#platform/http';

export const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, ...noZeroByte });
export const texts = Type.Record(Type.String(), Type.String({ maxLength: 10_000, ...noZeroByte }));

/** What a customer's server says to begin a session. */
export const newSessionBody = Type.Object({
  elements: Type.Optional(
    Type.Array(text(250), {
      minItems: 1,
      maxItems: 50,
      description: 'Keys that may be connected; with instanceId they can be left out',
    }),
  ),
  instanceId: Type.Optional(
    Type.Integer({ minimum: 1, description: 'An account of yours that is to be connected again' }),
  ),
  origin: Type.String({
    maxLength: 500,
    description: 'Of the page that shows the widget, such as https://app.example.com',
  }),
  name: Type.Optional(text(250)),
  tags: Type.Optional(Type.Array(text(250), { maxItems: 100 })),
  configuration: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'Values that the browser neither sees nor changes, such as those of your app',
    }),
  ),
  seconds: Type.Optional(
    Type.Integer({ minimum: 60, maximum: 3600, description: 'Until when the token can be used; 600' }),
  ),
});

export const newSessionReply = Type.Object({
  id: Type.String(),
  token: Type.String({ description: 'For the widget; it works once' }),
  expiresAt: Type.String(),
});

export const sessionReply = Type.Object({
  id: Type.String(),
  state: Type.String({ description: 'waiting, open, connected, ended or expired' }),
  instanceId: Type.Optional(Type.Integer()),
  elements: Type.Array(Type.String()),
  origin: Type.String(),
  expiresAt: Type.String(),
});

/** What the widget needs to know. */
export const openReply = Type.Object({
  id: Type.String(),
  key: Type.String(),
  origin: Type.String(),
  name: Type.Optional(Type.String()),
  again: Type.Optional(
    Type.Object({
      name: Type.String({ description: 'Of the account that is connected again' }),
      kept: Type.Array(Type.String(), { description: 'Keys whose values stay when ******** is sent' }),
    }),
  ),
  elements: Type.Array(
    Type.Object({
      key: Type.String(),
      name: Type.String(),
      image: Type.Optional(Type.Unknown()),
      isOauth: Type.Boolean(),
      configuration: Type.Array(Type.Unknown()),
    }),
  ),
});
