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
import { createConnections } from './connections.ts';
import type { Connection } from './connections.ts';
import { elementInUse, instanceNotFound } from './errors.ts';
import { effectiveConfiguration, isMadeWith, toPlainText, withNameTag } from './instance.ts';
import type { SettingRules } from './configuration.ts';
import type { Instance } from './instance.ts';
import { createPkce } from './oauth/pkce.ts';
import { createFirstHalf } from './oauth/first-half.ts';
import type { FirstHalf } from './oauth/first-half.ts';
import { createPacer } from './pace.ts';
import { mountLogs } from './log-routes.ts';
import { provision, unprovision } from './provision.ts';
import { createRecords } from './record.ts';
import { createRefresher, credentialsLock } from './refresh.ts';
import { mountInstances } from './routes.ts';
import { createStore } from './store.ts';
import type { InstanceFilter } from './store.ts';
import { traced } from './trace.ts';
import { registerWebhook, removeWebhook, wantsWebhook } from './webhook.ts';

export interface InstancesOptions {
  storage: Storage;
  accounts: Accounts;
  catalog: Catalog;
  calls: Calls;
  outbound: Outbound;
  clock: Clock;
  log: Log;
  /** Derives PKCE verifiers; the same in every process. */
  pkceSecret: Buffer;
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
  /** The live connection of an instance, for work that no caller waits for; undefined when it or its element is gone. */
  findConnection(instanceId: number): Promise<Connection | undefined>;
  /** Walks all instances of all tenants, in the order of their ids. */
  eachId(): AsyncIterable<number>;
  /** `onChange` is called, and waited for, after an instance was made, changed or removed. It must not fail. */
  watch(onChange: (instanceId: number) => Promise<void>): void;
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

/** What `POST /instances` says, checked for its shape. */
export interface NewInstance {
  name: string;
  element: Element;
  configuration: Record<string, unknown>;
  providerData: Record<string, unknown> | undefined;
  tags: string[];
  externalAuthentication: 'none' | 'initial';
  /** Set where somebody wants to see afterwards, under this id, what was exchanged with the provider. */
  traceId: string | undefined;
}

/** What `PUT` and `PATCH` may change; absent members stay as they are. */
export type InstancePatch = Partial<Omit<NewInstance, 'element'>> & { disabled?: boolean };

/** How often a process reports that it lives, and how long one that is silent still counts. */
const reportEveryMs = 2_000;
const silentAfterMs = 7_000;

export async function createInstances(options: InstancesOptions): Promise<Instances> {
  const { storage, accounts, catalog, calls, outbound, clock, log, exchangeLog } = options;
  const store = createStore(storage);
  const records = createRecords(accounts);
  const connections = await createConnections({ store, records, catalog, storage });
  const pacer = createPacer({ clock, maxWaitMs: options.maxWaitMs });
  const pkce = createPkce(options.pkceSecret);
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
  const watchers: ((instanceId: number) => Promise<void>)[] = [];
  const tellOfChange = async (id: number) => {
    for (const watcher of watchers) await watcher(id);
  };

  const desk: InstanceDesk = {
    oauth: createFirstHalf({ calls, outbound, pkce }),

    async create(principal, request) {
      const tenant = String(principal.organizationId);
      const { element } = request;
      const provisioned = await traced({ exchangeLog, provisioning }, principal, request, (parts) =>
        provision(parts, element, request, tenant),
      );
      const name = toPlainText(request.name);
      const id = await store.nextId();
      const subject = { element, configuration: provisioned, tenant, instanceId: id };
      const subscribed = wantsWebhook(element, provisioned)
        ? await registerWebhook(provisioning, subject)
        : {};
      const configuration = { ...provisioned, ...subscribed };
      const instance = {
        id,
        organizationId: principal.organizationId,
        accountId: principal.accountId,
        userId: principal.userId,
        elementId: request.element.id,
        elementKey: request.element.key,
        name,
        tags: withNameTag(name, request.tags.map(toPlainText)),
        token: newElementToken(),
        configuration,
        credentialsVersion: 1,
        externalAuthentication: request.externalAuthentication,
        valid: true,
        invalidReason: undefined,
        disabled: false,
      };
      await store.insert(await records.toRow(instance, request.element));
      await tellOfChange(id);
      return desk.get(principal, id);
    },

    async get(principal, id, element) {
      const row = await store.find(principal.organizationId, id);
      if (!row || row.account_id !== principal.accountId || (element && !isMadeWith(row, element))) {
        throw instanceNotFound(id);
      }
      return records.fromRow(row);
    },

    async list(filter, page) {
      const [rows, total] = await Promise.all([store.list(filter, page), store.count(filter)]);
      return { instances: await Promise.all(rows.map((row) => records.fromRow(row))), total };
    },

    async change(principal, id, patch, element) {
      await desk.get(principal, id, element);
      // A refresh at the same time would write back what it has read before, and so would we.
      await storage.withLock(credentialsLock(id), async () => {
        const instance = await desk.get(principal, id, element);
        await changeInstance({ store, records, catalog, provisioning, exchangeLog }, instance, patch);
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
      const known = await catalog.findOf(instance, instance);
      if (known) {
        const target = { tenant: String(instance.organizationId), instanceId: id };
        const { configuration } = instance;
        if (wantsWebhook(known, configuration))
          await removeWebhook(provisioning, { ...target, element: known, configuration });
        await unprovision(provisioning, known, effectiveConfiguration(known, configuration), target);
      }
      await store.remove(principal.organizationId, id);
      connections.forget(id);
      await tellOfChange(id);
    },

    connect: (principal) => connections.get(principal),
  };

  accounts.onRemoval((removal, trx) => store.removeOf(removal, trx));

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
    findConnection: (instanceId) => connections.find(instanceId),
    eachId: () => store.eachId(),
    watch: (onChange) => void watchers.push(onChange),
    call,
    countCreated: store.countCreated,
    mount(app) {
      mountInstances(app, desk, catalog);
      mountLogs(app, { desk, catalog, exchangeLog, clock });
    },
    async close() {
      clearInterval(timer);
      await canFail(store.removeProcess(processId), 'a silent process is forgotten by the others');
    },
  };
}

/** What the routes of this module ask for. */
export interface InstanceDesk {
  oauth: FirstHalf;
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
}
