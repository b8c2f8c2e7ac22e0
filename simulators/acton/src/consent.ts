import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from './simulator.ts';
import { newToken } from './state.ts';
import * as page from './page.ts';

interface Asked {
  response_type?: string;
  client_id?: string;
  redirect_uri?: string;
  /** As the provider's older documentation has it. */
  callbackUrl?: string;
  state?: string;
  scope?: string;
}

/** A person on the way through the pages: found by a cookie, good for one decision. */
interface Visit {
  asked: Asked;
  redirectUri: string;
  username: string | undefined;
  /** Comes back with each form, so that another site cannot press Allow. */
  seal: string;
}

const codeLifeMs = 10 * 60_000;

/** The pages at which a person logs in and allows or denies access. */
export function mountConsent({ app, state, nowMs }: Provider): void {
  const visits = new Map<string, Visit>();

  app.get('/authorize', (request, reply) => {
    const asked = request.query as Asked;
    const redirectUri = asked.redirect_uri ?? asked.callbackUrl ?? '';
    const fault = faultOf(asked, redirectUri);
    if (fault) return html(reply, page.fault(fault), 400);
    const id = randomBytes(18).toString('hex');
    const visit = { asked, redirectUri, username: undefined, seal: randomBytes(18).toString('hex') };
    visits.set(id, visit);
    void reply.header('set-cookie', `visit=${id}; Path=/authorize; HttpOnly; SameSite=Lax`);
    return html(reply, page.login(visit.seal));
  });

  app.post('/authorize/login', (request, reply) => {
    const visit = visitOf(request);
    if (!visit)
      return html(
        reply,
        page.fault('Your visit has ended. Start again from the app that sent you here.'),
        400,
      );
    const { username = '', password = '' } = request.body as Record<string, string>;
    if (state.people.get(username) !== password) {
      return html(reply, page.login(visit.seal, 'The user name or the password is wrong.', username), 403);
    }
    visit.username = username;
    return html(reply, page.consent(visit.seal, visit.asked.client_id ?? '', username));
  });

  app.post('/authorize/decision', (request, reply) => {
    const visit = visitOf(request);
    if (!visit?.username) return html(reply, page.fault('Log in first.'), 400);
    visits.delete(cookieOf(request));
    const { decision } = request.body as Record<string, string>;
    return reply.redirect(decide(visit.asked, visit.redirectUri, visit.username, decision === 'allow'), 303);
  });

  // For tests that need no browser: the decision alone.
  app.post('/_simulator/consent', (request, reply) => {
    const {
      decision,
      username = 'ann@example.com',
      ...asked
    } = request.body as Asked & { decision: string; username?: string };
    const redirectUri = asked.redirect_uri ?? asked.callbackUrl ?? '';
    const fault = faultOf({ response_type: 'code', ...asked }, redirectUri);
    if (fault) return reply.code(400).send({ message: fault });
    return { location: decide(asked, redirectUri, username, decision === 'allow') };
  });

  function faultOf(asked: Asked, redirectUri: string): string | undefined {
    const client = state.clients.get(asked.client_id ?? '');
    if (asked.response_type !== 'code')
      return 'The app asked for something else than a code (response_type).';
    if (!client) return 'No app is registered with this client_id.';
    if (!mayRedirect(client.redirectUris, redirectUri))
      return 'The app has not registered this redirect_uri.';
    return undefined;
  }

  function decide(asked: Asked, redirectUri: string, username: string, allowed: boolean): string {
    const location = new URL(redirectUri);
    if (allowed) {
      const code = newToken();
      state.codes.set(code, {
        clientId: asked.client_id ?? '',
        redirectUri,
        username,
        expiresMs: nowMs() + codeLifeMs,
      });
      location.searchParams.set('code', code);
    } else location.searchParams.set('error', 'access_denied');
    if (asked.state !== undefined) location.searchParams.set('state', asked.state);
    return location.href;
  }

  function visitOf(request: FastifyRequest): Visit | undefined {
    const visit = visits.get(cookieOf(request));
    return visit && visit.seal === (request.body as Record<string, string>)['seal'] ? visit : undefined;
  }
}

function cookieOf(request: FastifyRequest): string {
  return /(?:^|;\s*)visit=([0-9a-f]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
}

/** Registered addresses, and any port of one's own machine. */
function mayRedirect(registered: string[], uri: string): boolean {
  if (registered.includes(uri)) return true;
  try {
    const { protocol, hostname } = new URL(uri);
    return protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost');
  } catch {
    return false;
  }
}

function html(reply: FastifyReply, body: string, status = 200): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(body);
}
