import type { Accounts } from '#accounts';
import type { Instances } from '#instances';
import {
  type FastifyInstance,
  type SessionAuthenticator,
  instanceIdHeader,
  setSessionAuthenticator,
} from '#platform/http';
import { type SessionCookie, createSessionCookie } from './cookie.ts';
import { instanceIdInvalid } from './errors.ts';
import { createFiles } from './files.ts';
import { type PublicUrl, mayUseSession } from './origin.ts';
import { mountPages } from './page-routes.ts';
import { mountSession } from './routes.ts';

export interface ConsoleOptions {
  accounts: Pick<Accounts, 'sessions' | 'setUp' | 'revealSecrets' | 'connectSessions'>;
  instances: Pick<Instances, 'asInstance'>;
  /** Folder of the built console; it may be missing. */
  folder: string;
  /** Tells this server and those on its database from all others; for the name of a cookie. */
  installation: string;
  /** Where people reach this server, when that is not what it listens on. */
  publicUrl: string | undefined;
}

/** The web console: its files, and who is logged in with a browser. Reads no file until it is asked for. */
export function mountConsole(app: FastifyInstance, options: ConsoleOptions): void {
  const publicUrl = () => options.publicUrl;
  const cookie = createSessionCookie(options.installation);
  setSessionAuthenticator(app, createSessionCheck(options, { cookie, publicUrl }));
  mountSession(app, options.accounts, { cookie, publicUrl });
  mountPages(app, createFiles(options.folder), options.accounts.connectSessions.findOrigin);
}

function createSessionCheck(
  { accounts, instances }: Pick<ConsoleOptions, 'accounts' | 'instances'>,
  { cookie, publicUrl }: { cookie: SessionCookie; publicUrl: PublicUrl },
): SessionAuthenticator {
  return async (request, kind, oneOf) => {
    const token = cookie.read(request.headers.cookie);
    if (token === undefined || kind === 'login') return undefined;
    if (!mayUseSession(request, token, publicUrl)) return undefined;
    const caller = await accounts.sessions.find(token, oneOf);
    if (!caller || kind === 'user') return caller;
    const id = request.headers[instanceIdHeader];
    if (id === undefined) return undefined;
    if (typeof id !== 'string' || !/^\d{1,15}$/.test(id)) throw instanceIdInvalid();
    return instances.asInstance(caller, Number(id));
  };
}
