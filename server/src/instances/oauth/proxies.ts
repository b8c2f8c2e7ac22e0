import type { Clock } from '#kernel/clock';
import type { Scope } from '#elements';
import {
  oauthParametersInvalid,
  oauthProxyInvalid,
  oauthProxyNameTaken,
  oauthProxyNotFound,
  oauthStateInvalid,
} from '../errors.ts';
import type { OauthStore, ProxyRow } from '../oauth-store.ts';
import { isCallback } from './authorize-url.ts';
import { createStateSigner } from './state.ts';
import { matchesPattern, patternFault } from './url-pattern.ts';

/** One callback URL, registered at providers, that sends people on to several applications. */
export interface OauthProxy {
  id: number;
  name: string;
  callbackUrl: string;
  /** Patterns of the applications' own callback URLs. */
  applicationUrls: string[];
  createdDate: string;
}

/** A consent that comes back through a proxy. */
export interface ProxiedConsent {
  /** What the provider is told. */
  callbackUrl: string;
  /** Goes with the consent, in place of the application's own state. */
  sign(state: string): string;
}

export interface OauthProxies {
  create(scope: Scope, wish: { name: string; callbackUrl: string }): Promise<OauthProxy>;
  /** The account's own, and those of the organization's default account. */
  list(scope: Scope): Promise<OauthProxy[]>;
  get(scope: Scope, id: number): Promise<OauthProxy>;
  remove(scope: Scope, id: number): Promise<void>;
  allow(scope: Scope, id: number, pattern: string): Promise<OauthProxy>;
  disallow(scope: Scope, id: number, pattern: string): Promise<OauthProxy>;
  /** By name; of two, the account's own. @throws 400 */
  callbackOf(scope: Scope, name: string): Promise<string>;
  /** @throws one 400 that names everything that is missing, unknown or not allowed. */
  begin(
    scope: Scope,
    wish: { name?: string | undefined; applicationUrl?: string | undefined },
  ): Promise<ProxiedConsent>;
  /** Where to send the person on to, with what the provider said. @throws 400 when it was not begun here. */
  finish(query: Record<string, unknown>): Promise<string>;
}

const mostUrls = 200;
const mostProxies = 500;

export function createOauthProxies(parts: { store: OauthStore; clock: Clock; secret: Buffer }): OauthProxies {
  const { store, clock } = parts;
  const signer = createStateSigner(parts.secret, clock);

  const ownOrThrow = async (changed: Promise<boolean>, scope: Scope, id: number): Promise<OauthProxy> => {
    if (!(await changed)) throw oauthProxyNotFound(id);
    return proxies.get(scope, id);
  };

  async function find(scope: Scope, name: string): Promise<ProxyRow | undefined> {
    const named = (await store.listProxies(scope)).filter((row) => row.name === name);
    return named.find((row) => row.account_id === scope.accountId) ?? named[0];
  }

  const proxies: OauthProxies = {
    async create(scope, { name, callbackUrl }) {
      const faults: string[] = [];
      if (name.trim() === '') faults.push("'name' must hold some text.");
      if (!isCallback(callbackUrl) || !/^https?:/i.test(callbackUrl))
        faults.push("'callbackUrl' must be an http or https URL: where this server is reached.");
      if (faults.length > 0) throw oauthProxyInvalid(faults);
      const own = (await store.listProxies(scope)).filter((row) => row.account_id === scope.accountId);
      if (own.length >= mostProxies)
        throw oauthProxyInvalid([`An account has at most ${mostProxies} proxies.`]);
      try {
        return await proxies.get(
          scope,
          await store.insertProxy(scope, { name: name.trim(), callback_url: callbackUrl }),
        );
      } catch (error) {
        if ((error as { code?: string }).code === uniqueViolation) throw oauthProxyNameTaken(name.trim());
        throw error;
      }
    },

    list: async (scope) => (await store.listProxies(scope)).map(toProxy),

    async get(scope, id) {
      const row = (await store.listProxies(scope)).find((one) => one.id === id);
      if (!row) throw oauthProxyNotFound(id);
      return toProxy(row);
    },

    async remove(scope, id) {
      if (!(await store.removeProxy(scope, id))) throw oauthProxyNotFound(id);
    },

    async allow(scope, id, pattern) {
      const { applicationUrls } = await proxies.get(scope, id);
      const fault = patternFault(pattern);
      if (fault) throw oauthProxyInvalid([`applicationUrl ${fault}`]);
      if (applicationUrls.length >= mostUrls && !applicationUrls.includes(pattern))
        throw oauthProxyInvalid([`A proxy has at most ${mostUrls} application URLs.`]);
      return ownOrThrow(store.addProxyUrl(scope, id, pattern), scope, id);
    },

    disallow: (scope, id, pattern) => ownOrThrow(store.removeProxyUrl(scope, id, pattern), scope, id),

    async callbackOf(scope, name) {
      const row = await find(scope, name);
      if (!row) throw oauthParametersInvalid([unknownProxy(name)]);
      return row.callback_url;
    },

    async begin(scope, { name = '', applicationUrl = '' }) {
      const row = name === '' ? undefined : await find(scope, name);
      const faults: string[] = [];
      if (name === '') faults.push("Parameter 'oauthProxyName' is missing: the name of your OAuth proxy.");
      else if (!row) faults.push(unknownProxy(name));
      if (applicationUrl === '')
        faults.push("Parameter 'callbackProxy' is missing: where the person is sent on to.");
      else if (row && !allows(row, applicationUrl)) faults.push(notAllowed(applicationUrl, row));
      if (faults.length > 0 || !row) throw oauthParametersInvalid(faults);
      return {
        callbackUrl: row.callback_url,
        sign: (state) =>
          signer.sign({ organizationId: scope.organizationId, proxyId: row.id, applicationUrl, state }),
      };
    },

    async finish(query) {
      const signed = typeof query['state'] === 'string' ? signer.read(query['state']) : undefined;
      const row = signed && (await store.findProxy(signed.organizationId, signed.proxyId));
      // What has been taken out of the list meanwhile is no place to go any more.
      if (!signed || !row || !allows(row, signed.applicationUrl)) throw oauthStateInvalid();
      const url = new URL(signed.applicationUrl);
      for (const [name, value] of Object.entries(query)) {
        if (name !== 'state') url.searchParams.set(name, String([value].flat().at(-1)));
      }
      url.searchParams.set('state', signed.state);
      return url.href;
    },
  };
  return proxies;
}

/** What a caller gave, with the callback URL that the provider was told when the consent went through a proxy. */
export async function throughProxy(
  proxies: OauthProxies,
  scope: Scope,
  {
    configuration = {},
    proxyName,
  }: { configuration?: Record<string, unknown>; proxyName?: string | undefined },
): Promise<Record<string, unknown>> {
  if (proxyName === undefined) return configuration;
  return { ...configuration, 'oauth.callback.url': await proxies.callbackOf(scope, proxyName) };
}

const uniqueViolation = '23505';

function allows(row: ProxyRow, applicationUrl: string): boolean {
  return row.application_urls.some((pattern) => matchesPattern(pattern, applicationUrl));
}

function unknownProxy(name: string): string {
  return `There is no OAuth proxy '${name}': GET /elements/oauthProxies lists yours.`;
}

function notAllowed(url: string, { id, name }: ProxyRow): string {
  return `The OAuth proxy '${name}' does not send people on to '${url}': allow it with POST /elements/oauthProxies/${id}/applicationUrl.`;
}

function toProxy(row: ProxyRow): OauthProxy {
  return {
    id: row.id,
    name: row.name,
    callbackUrl: row.callback_url,
    applicationUrls: row.application_urls,
    createdDate: row.created_at.toISOString(),
  };
}
