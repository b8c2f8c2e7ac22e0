import { randomUUID } from 'node:crypto';
import type { Clock } from '#kernel/clock';
import { canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { Accounts, Principal } from '#accounts';
import type { Calls } from '#calls';
import type { ExchangeLog } from '#usage';
import type { Catalog, Element } from '#elements';
import { newElementToken } from '#platform/crypto';
import type { FastifyInstance } from '#platform/http';
import type { Outbound } from '#platform/outbound';
import type { Storage } from '#platform/storage';
import { createInstanceCall } from './call.ts';
import type { InstanceCall } from './call.ts';
import { changeInstance } from './change.ts';
import { mountConnect } from './connect-routes.ts';
import { createConnections } from './connections.ts';
import type { Connection } from './connections.ts';
import { describeConfiguration } from './configuration-rows.ts';
import type { ConfigurationView } from './configuration-rows.ts';
import type { SettingRules } from './configuration.ts';
import { elementGone, elementInUse, instanceNotFound } from './errors.ts';
import { createFarewell } from './farewell.ts';
import type { Leaving } from './farewell.ts';
import { createFarewellStore } from './farewell-store.ts';
import { describeInstance, isMadeWith, toPlainText, withNameTag } from './instance.ts';
import type { Instance, InstanceView } from './instance.ts';
import { createOauthStore } from './oauth-store.ts';
import { appKey, createOauthApps } from './oauth/apps.ts';
import type { OauthApps } from './oauth/apps.ts';
import { createPkce } from './oauth/pkce.ts';
import { createOauthProxies, throughProxy } from './oauth/proxies.ts';
import type { OauthProxies } from './oauth/proxies.ts';
import { createFirstHalf } from './oauth/first-half.ts';
import type { FirstHalf } from './oauth/first-half.ts';
import { toOutlines } from './outline.ts';
import type { InstanceOutline } from './outline.ts';
import { createPacer } from './pace.ts';
import { mountLogs } from './log-routes.ts';
import { provision } from './provision.ts';
import { createRecords } from './record.ts';
import { createRefresher, credentialsLock } from './refresh.ts';
import { mountInstances } from './routes.ts';
import { withoutMasks } from './secret.ts';
import { createStore } from './store.ts';
import type { InstanceFilter } from './store.ts';
import { traced } from './trace.ts';
import { validateInstance } from './validate.ts';
import type { Validity } from './validate.ts';
import { registerWebhook, wantsWebhook } from './webhook.ts';

export interface InstancesOptions {
  storage: Storage;
  accounts: Accounts;
  catalog: Catalog;
  calls: Calls;
  outbound: Outbound;
  clock: Clock;
  log: Log;
  /** Derives PKCE verifiers and signs states; the same in every process. */
  oauthSecret: Buffer;
  /** Longest that a call waits for its provider's limits. */
  maxWaitMs: number;
  /** Of keys that mean something to the platform. */
  settingRules: SettingRules;
  /** Where a provider is to call for an instance. */
  webhookUrl(element: Element, instanceId: number): string;
  /** Where it is kept what is exchanged with providers, if somebody wants to see it. */
  exchangeLog: ExchangeLog;
  /** Learns every few seconds how many processes live. */
  onProcesses(count: number): void;
}

export interface Instances {
  /** The live connection of a principal's Element token. @throws 401 */
  connect(principal: Principal): Promise<Connection>;
  /** The caller as if the Element token of that instance had been sent. @throws 404 */
  asInstance(principal: Principal, id: number): Promise<Principal>;
  /** Changes values of an instance's configuration. @throws 404, and 400 as `PATCH /instances/{id}` does */
  configure(principal: Principal, id: number, configuration: Record<string, string>): Promise<void>;
  /** The live connection of an instance, for work that no caller waits for; undefined when it or its element is gone. */
  findConnection(instanceId: number): Promise<Connection | undefined>;
  /**
   * Walks all instances of all tenants in pages, in the order of their ids; those without an element are left out. No
   * secret is opened, and none of them is kept in memory: of the configuration there is what is not secret and has a
   * key that begins so.
   */
  eachPage(keyPrefix: string): AsyncIterable<InstanceOutline[]>;
  /** `onChange` is called, and waited for, after an instance was made, changed or removed. It must not fail. */
  watch(onChange: Watcher): void;
  /** One call to the provider: paced, with living credentials. */
  call: InstanceCall;
  /** How many instances of an account were made in a time, its end included, of those that are still there. */
  countCreated(
    scope: { organizationId: number; accountId: number },
    fromMs: number,
    toMs: number,
  ): Promise<number>;
  mount(app: FastifyInstance): void;
  close(): Promise<void>;
}

/** @param isNew it has just been made: nobody can have anything of it yet. */
export type Watcher = (instanceId: number, isNew: boolean) => Promise<void>;

/** What `POST /instances` says, checked for its shape. */
export interface NewInstance {
  name: string;
  element: Element;
  configuration: Record<string, unknown>;
  providerData: Record<string, unknown> | undefined;
  tags: string[];
  externalAuthentication: 'none' | 'initial';
  /** Name of the OAuth proxy that the consent came through. */
  proxyName?: string | undefined;
  /** Set where somebody wants to see afterwards, under this id, what was exchanged with the provider. */
  traceId: string | undefined;
}

/** What `PUT` and `PATCH` may change; absent members stay as they are. */
export type InstancePatch = Partial<Omit<NewInstance, 'element'>> & {
  disabled?: boolean;
  /** Key or id of the element to move to. */
  element?: string;
};

/** How often a process reports that it lives, and how long one that is silent still counts. */
const reportEveryMs = 2_000;
const silentAfterMs = 7_000;

export async function createInstances(options: InstancesOptions): Promise<Instances> {
  const { storage, accounts, catalog, calls, outbound, clock, log, exchangeLog } = options;
  const store = createStore(storage);
  const records = createRecords(accounts);
  const oauthStore = createOauthStore(storage);
  const apps = await createOauthApps({ store: oauthStore, storage, accounts });
  const elementOf = async (instance: Leaving) => {
    const element = await catalog.findOf(instance, instance);
    return element && (await apps.lend(element, instance, instance.configuration)).element;
  };
  const connections = await createConnections({ store, records, catalog, elementOf, storage, log, clock });
  apps.watch(connections.forgetOrganization);
  const pacer = createPacer({ clock, maxWaitMs: options.maxWaitMs });
  const pkce = createPkce(options.oauthSecret);
  const refresher = createRefresher({ store, records, connections, storage, outbound, calls, clock, log });
  const call = createInstanceCall({
    calls,
    outbound,
    pacer,
    refresher,
    connections,
    store,
    storage,
    records,
    exchangeLog,
    clock,
    maxWaitMs: options.maxWaitMs,
  });
  const { settingRules, webhookUrl } = options;
  const provisioning = { outbound, calls, clock, pkce, log, settingRules, webhookUrl };
  const farewells = createFarewellStore(storage.db);
  const farewell = createFarewell({ store: farewells, provisioning, records, elementOf });
  const watchers: Watcher[] = [];
  const tellOfChange = async (id: number, { isNew } = { isNew: false }) => {
    for (const watcher of watchers) await watcher(id, isNew);
  };

  const proxies = createOauthProxies({ store: oauthStore, clock, secret: options.oauthSecret });

  const desk: InstanceDesk = {
    oauth: createFirstHalf({ calls, outbound, pkce }),
    apps,
    proxies,

    async create(principal, request) {
      const tenant = String(principal.organizationId);
      const proxied = await throughProxy(proxies, principal, request);
      const { element, app } = await apps.lend(request.element, principal, withoutMasks(proxied));
      const wanted = { ...request, element, configuration: proxied };
      const made = await traced({ exchangeLog, provisioning }, principal, wanted, (parts) =>
        provision(parts, element, wanted, tenant),
      );
      const provisioned = app ? { ...made, [appKey]: app.apiKey } : made;
      const name = toPlainText(request.name);
      const id = await store.nextId();
      const instance = {
        id,
        organizationId: principal.organizationId,
        accountId: principal.accountId,
        userId: principal.userId,
        elementId: request.element.id,
        elementKey: request.element.key,
        name,
        tags: withNameTag(name, request.tags),
        token: newElementToken(),
        configuration: provisioned,
        credentialsVersion: 1,
        externalAuthentication: request.externalAuthentication,
        valid: true,
        invalidReason: undefined,
        disabled: false,
      };
      const row = await records.toRow(instance, request.element);
      const connection = await connections.load(() => store.insert(row));
      if (wantsWebhook(element, provisioned)) await subscribe(instance, element);
      await tellOfChange(id, { isNew: true });
      return (await connections.find(id))?.instance ?? connection.instance;
    },

    async get(principal, id, element) {
      const row = await store.find(principal.organizationId, id);
      if (!row || row.account_id !== principal.accountId || (element && !isMadeWith(row, element))) {
        throw instanceNotFound(id);
      }
      return records.fromRow(row);
    },

    elementOf,

    async describe(instance) {
      return describeInstance(instance, await elementOf(instance));
    },

    async configuration(instance) {
      return describeConfiguration(await getElement(instance), instance.configuration);
    },

    async validate(instance) {
      return validateInstance({ call, connections, store }, await getElement(instance), instance);
    },

    count: ({ organizationId, accountId }) => store.countByElement(organizationId, accountId),

    async list(filter, page) {
      const [rows, total] = await Promise.all([store.list(filter, page), store.count(filter)]);
      return { instances: await Promise.all(rows.map((row) => records.fromRow(row))), total };
    },

    async change(principal, id, patch, element) {
      await desk.get(principal, id, element);
      // A refresh at the same time would write back what it has read before, and so would we.
      await storage.withLock(credentialsLock(id), async () => {
        const instance = await desk.get(principal, id, element);
        const parts = { store, records, catalog, apps, proxies, provisioning, exchangeLog };
        await changeInstance(parts, instance, patch);
      });
      connections.forget(id);
      await tellOfChange(id);
      return desk.get(principal, id);
    },

    async setLogging(principal, id, logging) {
      await desk.get(principal, id);
      const until = logging && new Date(logging.untilMs);
      const change = { logging_until: until ?? null, trace_tag: logging?.traceTag ?? null };
      await store.update(principal.organizationId, id, change);
      connections.forget(id);
      return desk.get(principal, id);
    },

    async remove(principal, id, element) {
      const instance = await desk.get(principal, id, element);
      await farewell.say(instance);
      await store.remove(principal.organizationId, id);
      connections.forget(id);
      await tellOfChange(id);
    },

    connect: (principal) => connections.get(principal),
  };

  accounts.onRemoval(async (removal, trx) => {
    await farewells.removeOf(removal, trx);
    return farewell.begin;
  });

  /** The provider may call at once, to verify or with a first event: the instance is there before it is told where. */
  async function subscribe(
    { id, organizationId, configuration }: Pick<Instance, 'id' | 'organizationId' | 'configuration'>,
    element: Element,
  ): Promise<void> {
    try {
      const subject = { element, configuration, tenant: String(organizationId), instanceId: id };
      const values = { ...configuration, ...(await registerWebhook(provisioning, subject)) };
      const sealed = await records.sealConfiguration(organizationId, id, element, values);
      await store.update(organizationId, id, sealed);
    } catch (error) {
      await canFail(store.remove(organizationId, id), 'the caller is told of the first fault');
      throw error;
    } finally {
      connections.forget(id);
    }
  }

  async function getElement(instance: Instance): Promise<Element> {
    const element = await elementOf(instance);
    if (!element) throw elementGone(instance.elementKey);
    return element;
  }

  catalog.guardRemoval(async (element, { organizationId }) => {
    const count = await store.countOfElement(organizationId, element.id);
    if (count > 0) throw elementInUse(element.key, count);
  });

  const processId = randomUUID();
  const report = async () => {
    const processes = await store.reportProcess(processId, silentAfterMs);
    pacer.share(processes);
    options.onProcesses(processes);
  };
  await report();
  const timer = setInterval(
    () =>
      void canFail(report(), 'the next report comes in a moment', (error) =>
        log.warn({ err: error }, 'This process could not report that it lives'),
      ),
    reportEveryMs,
  );
  timer.unref();

  return {
    connect: desk.connect,
    async asInstance(principal, id) {
      const kept = connections.peek(id)?.instance;
      const isOwn =
        kept?.organizationId === principal.organizationId && kept.accountId === principal.accountId;
      return { ...principal, elementToken: (isOwn ? kept : await desk.get(principal, id)).token };
    },
    async configure(principal, id, configuration) {
      await desk.change(principal, id, { configuration });
    },
    findConnection: (instanceId) => connections.find(instanceId),
    eachPage: (keyPrefix) => toOutlines(store.eachPage(keyPrefix), catalog),
    watch: (onChange) => void watchers.push(onChange),
    call,
    countCreated: store.countCreated,
    mount(app) {
      mountInstances(app, desk, catalog);
      mountConnect(app, { desk, catalog, sessions: accounts.connectSessions });
      mountLogs(app, { desk, catalog, exchangeLog, clock });
    },
    async close() {
      clearInterval(timer);
      await farewell.close();
      await canFail(store.removeProcess(processId), 'a silent process is forgotten by the others');
    },
  };
}

/** What the routes of this module ask for. */
export interface InstanceDesk {
  oauth: FirstHalf;
  apps: OauthApps;
  proxies: OauthProxies;
  create(principal: Principal, request: NewInstance): Promise<Instance>;
  /** @throws 404, also for another tenant's. */
  get(principal: Principal, id: number, element?: Element): Promise<Instance>;
  list(
    filter: InstanceFilter,
    page: { limit: number; offset: number },
  ): Promise<{ instances: Instance[]; total: number }>;
  change(principal: Principal, id: number, patch: InstancePatch, element?: Element): Promise<Instance>;
  /** Begins to log what is exchanged with the provider, or ends it. */
  setLogging(principal: Principal, id: number, logging: Instance['logging']): Promise<Instance>;
  remove(principal: Principal, id: number, element?: Element): Promise<void>;
  connect(principal: Principal): Promise<Connection>;
  /** Undefined when it has left the catalog. */
  elementOf(instance: Instance): Promise<Element | undefined>;
  describe(instance: Instance): Promise<InstanceView>;
  /** @throws 409 when the element has left the catalog. */
  configuration(instance: Instance): Promise<ConfigurationView[]>;
  /** Asks the provider whether the account still works, and keeps the answer. */
  validate(instance: Instance): Promise<Validity>;
  /** How many instances the account has, by their element's key. */
  count(principal: Principal): Promise<Record<string, number>>;
}
