import type { Clock } from '#kernel/clock';
import type { Log } from '#kernel/log';
import type { SealingKey } from '#platform/crypto';
import { type AuditEntry, type FastifyInstance, setAuditor } from '#platform/http';
import type { Storage } from '#platform/storage';
import { createAccountDesk } from './account-desk.ts';
import { mountAccounts } from './account-routes.ts';
import { type RemovalListener, createAdministration } from './administration.ts';
import { mountApplicationUsers } from './application-routes.ts';
import { mountAudit } from './audit-routes.ts';
import { createAuditStore } from './audit-store.ts';
import { createAuditTrail } from './audit-trail.ts';
import { createCallerCheck } from './authenticate.ts';
import { mountBranding } from './branding-routes.ts';
import { createBrandingStore } from './branding-store.ts';
import { type ConnectSessions, createConnectSessions } from './connect-sessions.ts';
import type { CredentialKind } from './authorization.ts';
import { createDataKeys } from './data-keys.ts';
import { type FirstUser, createFirstUser } from './first-user.ts';
import { type Login, createLogin } from './login.ts';
import { createOrganizationDesk } from './organization-desk.ts';
import { mountOrganizations } from './organization-routes.ts';
import type { Caller } from './principal.ts';
import { mountIdentityProviders } from './provider-routes.ts';
import { createProviderStore } from './provider-store.ts';
import { createRoleDesk } from './role-desk.ts';
import { mountRoles } from './role-routes.ts';
import { mountRoutes } from './routes.ts';
import { mountSaml } from './saml-routes.ts';
import { createSecretDesk } from './secret-desk.ts';
import { mountSecrets } from './secret-routes.ts';
import { createSessionStore } from './session-store.ts';
import { type Sessions, createSessions } from './sessions.ts';
import { type SetUp, createSetUp } from './set-up.ts';
import { createSetUpStore } from './link-store.ts';
import { CHANGES_CHANNEL, createStore } from './store.ts';
import { createLoginThrottle } from './throttle.ts';
import { createUserDesk } from './user-desk.ts';
import { mountUsers } from './user-routes.ts';

export interface Accounts {
  /**
   * Who is calling, from the text of the Authorization header; `kind` says which parts the route asks for:
   * `user` (User + Organization, the default), `element` (User + Element) or `login` (a Bearer token).
   * 401 when it is missing, malformed or wrong. Makes no query for a header seen before.
   * `oneOf` are privileges of which the caller needs one: 403 without.
   */
  authenticate(
    authorization: string | undefined,
    kind?: CredentialKind,
    oneOf?: readonly string[],
  ): Promise<Caller>;
  /** Seals a text under the organization's key. The context names the place where the box is stored. */
  seal(organizationId: number, plaintext: string, context: string): Promise<Buffer>;
  /** The text of a box that `seal` made for the same organization and context. */
  open(organizationId: number, box: Buffer, context: string): Promise<string>;
  /** Makes organization, account and user in an empty database; otherwise checks the master key: undefined. */
  ensureFirstUser(wish: {
    email?: string | undefined;
    password?: string | undefined;
  }): Promise<FirstUser | undefined>;
  /** People who have logged in with a browser. */
  sessions: Sessions;
  setUp: SetUp;
  /** People who connect an account with the embedded widget. */
  connectSessions: ConnectSessions;
  /** The API secrets of a user. */
  revealSecrets: Login['revealSecrets'];
  /** What an account has set, by key. @throws 404 */
  settings(organizationId: number, accountId: number): Promise<Record<string, unknown>>;
  /** Other modules remove what they keep for users, accounts and organizations when those are removed for good. */
  onRemoval(listener: RemovalListener): void;
  /** Adds the routes; what all routes leave in the audit trail comes here too. */
  mount(app: FastifyInstance): void;
  /** Writes what is left of the audit trail. */
  close(): Promise<void>;
}

export interface AccountsOptions {
  storage: Storage;
  masterKey: SealingKey;
  clock: Clock;
  log: Log;
  /** How long the audit trail is kept. */
  auditDays: number;
  /** Where the pictures of organizations are found. */
  imagesUrl(): string;
}

export async function createAccounts(options: AccountsOptions): Promise<Accounts> {
  const { storage, masterKey, clock, log } = options;
  const store = createStore(storage.db);
  const keys = createDataKeys(store, masterKey);
  const callers = createCallerCheck(store, createSessionStore(storage.db), clock);
  const administration = createAdministration({ storage, forget: callers.forget });
  const throttle = createLoginThrottle(clock);
  const trail = createAuditTrail({
    store: createAuditStore(storage.db),
    clock,
    log,
    retentionDays: options.auditDays,
  });
  const record = (entry: AuditEntry): void => {
    const { principal, ...deed } = entry;
    log.info({ audit: deed.action, requestId: deed.requestId, userId: principal?.userId }, 'audit');
    if (principal) trail.record(deed, principal);
  };
  const login = createLogin({
    store,
    setUpStore: createSetUpStore(storage.db),
    keys,
    clock,
    throttle,
    administration,
    onFailure: (user, requestId) =>
      trail.record({ action: 'user.loginFailed', requestId, method: 'POST', path: '/authentication' }, user),
  });
  const users = createUserDesk({ storage, administration, keys, throttle, clock });
  const accounts = createAccountDesk({ storage, administration });
  const today = () => new Date(clock.nowMs()).toISOString();
  await storage.listen(CHANGES_CHANNEL, (organization) => {
    callers.forget(organization);
    if (organization === '*') keys.forget();
  });
  return {
    authenticate: (authorization, kind = 'user', oneOf = []) =>
      callers.authenticate(authorization, kind, oneOf),
    sessions: createSessions({ storage, callers, login, clock, log }),
    setUp: createSetUp({ storage, administration, clock }),
    connectSessions: createConnectSessions({ storage, keys, clock }),
    revealSecrets: login.revealSecrets,
    seal: keys.seal,
    open: keys.open,
    async ensureFirstUser(wish) {
      return storage.withLock('ligand first user', async (trx) => {
        const organization = await createStore(trx).findAnyOrganization();
        if (organization) {
          await keys.check(organization.id);
          return undefined;
        }
        log.info({}, 'the database is empty: making the first organization and user');
        return createFirstUser(trx, masterKey, wish);
      });
    },
    settings: accounts.settings,
    onRemoval: administration.onRemoval,
    mount(app) {
      setAuditor(app, record);
      mountRoutes(app, login);
      mountApplicationUsers(app, login, users);
      mountAccounts(app, accounts);
      mountUsers(app, users, accounts);
      mountRoles(app, createRoleDesk({ storage, administration }), users);
      mountOrganizations(app, createOrganizationDesk({ storage, masterKey, administration, keys, today }));
      mountSecrets(app, createSecretDesk({ administration, keys, users, clock }));
      const providers = createProviderStore(storage.db);
      mountIdentityProviders(app, providers);
      mountSaml(app, providers);
      mountBranding(app, createBrandingStore(storage.db), options.imagesUrl);
      mountAudit(app, trail);
    },
    close: trail.close,
  };
}
