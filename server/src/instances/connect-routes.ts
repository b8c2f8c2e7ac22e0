import type { Accounts, ConnectGrant, Principal } from '#accounts';
import type { Catalog, Element } from '#elements';
import { Type, route } from '#platform/http';
import type { FastifyInstance, FastifyRequest } from '#platform/http';
import { askedRows, checkAsked, onlyOrigin } from './connect-rules.ts';
import { newSessionBody, newSessionReply, openReply, sessionReply, text, texts } from './connect-shapes.ts';
import { connectElementForeign, connectKeyMissing } from './errors.ts';
import type { InstanceDesk } from './instances.ts';
import { beginConsent, writeWholeUrl } from './oauth/routes.ts';

const tags = ['Widget'];
const anyMap = Type.Record(Type.String(), Type.Unknown());
const idParams = Type.Object({ id: text(100) });
/** The widget's own proof that the session is its own. */
const keyHeader = 'ligand-connect-key';

interface Parts {
  desk: InstanceDesk;
  catalog: Catalog;
  sessions: Accounts['connectSessions'];
}

/** Connecting an account from the embedded widget: the customer's server begins it, a browser that has only the token goes on. */
export function mountConnect(app: FastifyInstance, parts: Parts): void {
  mountServerSide(app, parts);
  mountOpen(app, parts);
  mountConsent(app, parts);
  mountFinish(app, parts);
}

/** OAuth 1 gives no state back; what is in the callback's own query it does. */
function callbackOf({ authentication }: Element, callbackUrl: string, state: string): string {
  if (authentication.type !== 'oauth1') return callbackUrl;
  return `${callbackUrl}${callbackUrl.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`;
}

/** What a customer's server asks, with its own secrets. */
function mountServerSide(app: FastifyInstance, { catalog, sessions }: Parts): void {
  route(app, {
    method: 'POST',
    path: '/connect-sessions',
    access: 'user:createElementInstances',
    audit: 'connectSession.create',
    summary: 'A one-time token with which the widget in a browser may connect one account',
    tags,
    schema: {
      body: newSessionBody,
      response: { 200: newSessionReply },
    },
    handler: async ({ principal, body }) => {
      const origin = onlyOrigin(body.origin);
      const found = await Promise.all(body.elements.map((key) => catalog.get(key, principal)));
      const { id, token, expiresAt } = await sessions.create(principal, {
        elements: [...new Set(found.map(({ key }) => key))],
        origin,
        name: body.name,
        tags: body.tags ?? [],
        configuration: body.configuration ?? {},
        lifeMs: (body.seconds ?? 600) * 1000,
      });
      return { id, token, expiresAt: expiresAt.toISOString() };
    },
  });
  route(app, {
    method: 'GET',
    path: '/connect-sessions/:id',
    access: 'user:createElementInstances',
    audit: 'none',
    summary: 'What became of a session: the instance that was connected in it',
    tags,
    schema: {
      params: idParams,
      response: {
        200: sessionReply,
      },
    },
    handler: async ({ principal, params }) => {
      const { row, state: now } = await sessions.get(principal, params.id);
      const { id, instance_id: instanceId, elements, origin, expires_at } = row;
      return { id, state: now, instanceId, elements, origin, expiresAt: expires_at.toISOString() };
    },
  });
}

function mountOpen(app: FastifyInstance, { desk, catalog, sessions }: Parts): void {
  route(app, {
    method: 'POST',
    path: '/connect-sessions/open',
    access: 'public',
    audit: 'none',
    summary: 'For the widget: exchange the one-time token for a key, and learn what to ask',
    tags,
    failures: { 401: 'The token is unknown, was used or has expired' },
    schema: {
      body: Type.Object({ token: text(200) }),
      response: {
        200: openReply,
      },
    },
    handler: async ({ body }) => {
      const { key, ...grant } = await sessions.open(body.token);
      const { row, caller, configuration } = grant;
      const elements = await Promise.all(
        row.elements.map(async (name) => {
          const known = await catalog.get(name, caller);
          const { element } = await desk.apps.lend(known, caller, configuration);
          return {
            key: element.key,
            name: element.name,
            image: element.definition['image'],
            isOauth: element.authentication.type.startsWith('oauth'),
            configuration: askedRows(element, configuration),
          };
        }),
      );
      return { id: row.id, key, origin: row.origin, name: row.name, elements };
    },
  });
}

const choice = { element: text(250), configuration: Type.Optional(texts) };

function mountConsent(app: FastifyInstance, { desk, catalog, sessions }: Parts): void {
  const common = { access: 'public', audit: 'none', tags } as const;
  route(app, {
    ...common,
    method: 'POST',
    path: '/connect-sessions/:id/consent',
    summary: 'For the widget: where to send the person for consent',
    schema: {
      params: idParams,
      body: Type.Object({ ...choice, callbackUrl: text(2000) }),
      response: { 200: Type.Object({ url: Type.String(), secret: Type.Optional(Type.String()) }) },
    },
    handler: async (request) => {
      const { body } = request;
      const grant = await grantOf(sessions, request);
      const element = await elementOf({ desk, catalog }, grant, body.element);
      const given = {
        ...checkAsked(element, grant.configuration, body.configuration),
        ...grant.configuration,
      };
      const state = await sessions.newState(grant);
      const parameters = { ...given, callbackUrl: callbackOf(element, body.callbackUrl, state), state };
      const step = await beginConsent(desk, catalog, {
        keyOrId: element.key,
        parameters,
        scope: grant.caller,
      });
      const { oauthUrl, secret } = await writeWholeUrl(desk, step);
      return { url: oauthUrl, secret };
    },
  });
  route(app, {
    ...common,
    method: 'POST',
    path: '/connect-sessions/outcome',
    summary: 'For the window in which a provider has asked: what it has sent back',
    schema: { body: Type.Object({ state: text(200), data: texts }), response: { 200: Type.Object({}) } },
    handler: async ({ body }) => {
      await sessions.bring(body.state, body.data);
      return {};
    },
  });
  route(app, {
    ...common,
    method: 'GET',
    path: '/connect-sessions/:id/outcome',
    needs: 'The key of the widget',
    summary: 'For the widget: what the provider has sent back, once it has; it is told once',
    schema: {
      params: idParams,
      response: { 200: Type.Object({ data: Type.Optional(anyMap) }) },
    },
    handler: async (request) => {
      const grant = await grantOf(sessions, request);
      return { data: await sessions.take(grant) };
    },
  });
}

function mountFinish(app: FastifyInstance, { desk, catalog, sessions }: Parts): void {
  route(app, {
    method: 'POST',
    path: '/connect-sessions/:id/instance',
    access: 'public',
    audit: 'instance.create',
    summary: 'For the widget: connect the account; that ends the session',
    tags,
    schema: {
      params: idParams,
      body: Type.Object({
        ...choice,
        callbackUrl: Type.Optional(text(2000)),
        providerData: Type.Optional(texts),
      }),
      response: { 200: Type.Object({ instanceId: Type.Integer() }) },
    },
    handler: async (request) => {
      const { body } = request;
      const grant = await grantOf(sessions, request);
      const { row, caller } = grant;
      const element = await elementOf({ desk, catalog }, grant, body.element);
      const asked = checkAsked(element, grant.configuration, body.configuration);
      const callback = body.callbackUrl ? { 'oauth.callback.url': body.callbackUrl } : {};
      request.setDecorator('principal', caller); // for the audit trail
      const made = await desk.create(caller, {
        name: row.name ?? element.name,
        element: await catalog.get(element.key, caller),
        configuration: { ...callback, ...asked, ...grant.configuration },
        providerData: body.providerData,
        tags: row.tags,
        externalAuthentication: 'none',
        traceId: undefined,
      });
      await endWith({ sessions, desk }, grant, made.id);
      return { instanceId: made.id };
    },
  });
  route(app, {
    method: 'DELETE',
    path: '/connect-sessions/:id',
    access: 'public',
    audit: 'none',
    summary: 'For the widget: the person does not want to connect anything',
    tags,
    schema: { params: idParams, response: { 200: Type.Object({}) } },
    handler: async (request) => {
      await sessions.end(await grantOf(sessions, request));
      return {};
    },
  });
}

/** Of two calls at the same time one account stays. */
async function endWith(
  { sessions, desk }: { sessions: Accounts['connectSessions']; desk: InstanceDesk },
  grant: ConnectGrant,
  instanceId: number,
): Promise<void> {
  try {
    await sessions.end(grant, instanceId);
  } catch (error) {
    await desk.remove(grant.caller, instanceId);
    throw error;
  }
}

type Asking = FastifyRequest & { params: { id: string } };

async function grantOf(sessions: Accounts['connectSessions'], request: unknown): Promise<ConnectGrant> {
  const { headers, params } = request as Asking;
  const key = headers[keyHeader];
  if (typeof key !== 'string' || key === '') throw connectKeyMissing();
  return sessions.grant(params.id, key);
}

/** @throws 403 for an element that the session is not for. */
async function elementOf(
  { desk, catalog }: { desk: InstanceDesk; catalog: Catalog },
  { row, caller, configuration }: { row: ConnectGrant['row']; caller: Principal; configuration: object },
  key: string,
): Promise<Element> {
  if (!row.elements.includes(key)) throw connectElementForeign(key);
  const known = await catalog.get(key, caller);
  return (await desk.apps.lend(known, caller, configuration as Record<string, unknown>)).element;
}
