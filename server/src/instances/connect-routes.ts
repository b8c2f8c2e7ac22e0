import type { Accounts, ConnectGrant } from '#accounts';
import type { Catalog, ConfigurationRow, Element } from '#elements';
import { Type, route } from '#platform/http';
import type { FastifyInstance, FastifyRequest } from '#platform/http';
import { checkAsked, checkKeptSecrets, onlyOrigin } from './connect-rules.ts';
import { newSessionBody, newSessionReply, openReply, sessionReply, text, texts } from './connect-shapes.ts';
import { elementKeys, subjectOf, toAgain } from './connect-subject.ts';
import { connectKeyMissing, connectMethodOther } from './errors.ts';
import type { InstanceDesk } from './instances.ts';
import { withoutMasks } from './secret.ts';
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
  mountAgain(app, parts);
  mountCancel(app, parts);
}

/** OAuth 1 gives no state back; what is in the callback's own query it does. */
function callbackOf({ authentication }: Element, callbackUrl: string, state: string): string {
  if (authentication.type !== 'oauth1') return callbackUrl;
  return `${callbackUrl}${callbackUrl.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`;
}

/** What a customer's server asks, with its own secrets. */
function mountServerSide(app: FastifyInstance, { desk, catalog, sessions }: Parts): void {
  route(app, {
    method: 'POST',
    path: '/connect-sessions',
    access: 'user:createElementInstances',
    audit: 'connectSession.create',
    summary: 'A one-time token with which the widget in a browser may connect one account, or one again',
    tags,
    schema: {
      body: newSessionBody,
      response: { 200: newSessionReply },
    },
    handler: async ({ principal, body }) => {
      const origin = onlyOrigin(body.origin);
      const before = body.instanceId === undefined ? undefined : await desk.get(principal, body.instanceId);
      const found = await Promise.all((body.elements ?? []).map((key) => catalog.get(key, principal)));
      const { id, token, expiresAt } = await sessions.create(principal, {
        elements: elementKeys(found, before),
        origin,
        instanceId: before?.id,
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
      const { row } = grant;
      const subjects = await Promise.all(
        row.elements.map((name) => subjectOf({ desk, catalog }, grant, name)),
      );
      const elements = subjects.map(({ element, rows }) => ({
        key: element.key,
        name: element.name,
        image: element.definition['image'],
        isOauth: element.authentication.type.startsWith('oauth'),
        configuration: rows,
      }));
      return { id: row.id, key, origin: row.origin, name: row.name, again: toAgain(subjects[0]), elements };
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
      const { element, kept, rows } = await subjectOf({ desk, catalog }, grant, body.element);
      const typed = withoutMasks(checkAsked(rows, body.configuration));
      const given = { ...kept, ...typed, ...grant.configuration };
      const state = await sessions.newState(grant);
      const parameters = { ...given, callbackUrl: callbackOf(element, body.callbackUrl, state), state };
      const step = await beginConsent(desk, catalog, {
        keyOrId: String(element.id),
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

const finishBody = Type.Object({
  ...choice,
  callbackUrl: Type.Optional(text(2000)),
  providerData: Type.Optional(texts),
});
const finishReply = { 200: Type.Object({ instanceId: Type.Integer() }) };

function mountFinish(app: FastifyInstance, { desk, catalog, sessions }: Parts): void {
  route(app, {
    method: 'POST',
    path: '/connect-sessions/:id/instance',
    access: 'public',
    audit: 'instance.create',
    summary: 'For the widget: connect the account; that ends the session',
    tags,
    schema: { params: idParams, body: finishBody, response: finishReply },
    handler: async (request) => {
      const { body } = request;
      const grant = await grantOf(sessions, request);
      const { row, caller } = grant;
      const { element, before, rows } = await subjectOf({ desk, catalog }, grant, body.element);
      if (before) throw connectMethodOther(true);
      request.setDecorator('principal', caller); // for the audit trail
      const made = await desk.create(caller, {
        name: row.name ?? element.name,
        element: await catalog.get(element.key, caller),
        configuration: configurationOf(body, rows, grant),
        providerData: body.providerData,
        tags: row.tags,
        externalAuthentication: 'none',
        traceId: undefined,
      });
      await endWith({ sessions, desk }, grant, made.id);
      return { instanceId: made.id };
    },
  });
}

function mountAgain(app: FastifyInstance, { desk, catalog, sessions }: Parts): void {
  route(app, {
    method: 'PUT',
    path: '/connect-sessions/:id/instance',
    access: 'public',
    audit: 'instance.update',
    summary: 'For the widget: connect the account again, under the same id and token; that ends the session',
    tags,
    schema: { params: idParams, body: finishBody, response: finishReply },
    handler: async (request) => {
      const { body } = request;
      const grant = await grantOf(sessions, request);
      const { row, caller } = grant;
      const subject = await subjectOf({ desk, catalog }, grant, body.element);
      const { before, rows } = subject;
      if (!before) throw connectMethodOther(false);
      checkKeptSecrets(subject, body.configuration);
      request.setDecorator('principal', caller); // for the audit trail
      await desk.change(caller, before.id, {
        ...(row.name === null ? {} : { name: row.name }),
        ...(row.tags.length === 0 ? {} : { tags: row.tags }),
        configuration: configurationOf(body, rows, grant),
        // Also where there is no consent: only with this the provider is asked anew.
        providerData: body.providerData ?? {},
      });
      await sessions.end(grant, before.id);
      return { instanceId: before.id };
    },
  });
}

function mountCancel(app: FastifyInstance, { sessions }: Parts): void {
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

/** What the account is connected with: what was typed, and what the customer's server has given. */
function configurationOf(
  { callbackUrl, configuration }: { callbackUrl?: string; configuration?: Record<string, string> },
  rows: readonly ConfigurationRow[],
  grant: ConnectGrant,
): Record<string, unknown> {
  const callback = callbackUrl ? { 'oauth.callback.url': callbackUrl } : {};
  return { ...callback, ...checkAsked(rows, configuration), ...grant.configuration };
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
