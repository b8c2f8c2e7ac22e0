import { createHmac } from 'node:crypto';
import { systemClock } from '#kernel/clock';
import type { Log } from '#kernel/log';
import { createAccounts } from '#accounts';
import type { FirstUser } from '#accounts';
import { createCalls } from '#calls';
import { mountConsole } from '#console';
import { createElements, openCatalog } from '#elements';
import { createEvents, defaultEventRetention, encodeInstanceId, eventSettingRules } from '#events';
import type { EventRetention } from '#events';
import { createGateway, mountGateway } from '#gateway';
import { createInstances } from '#instances';
import { apiBase, createHttp, setAuthenticator, setObserver } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import type { SealingKey } from '#platform/crypto';
import { createOutbound } from '#platform/outbound';
import type { Outbound } from '#platform/outbound';
import { createScripting } from '#platform/scripting';
import type { ScriptingOptions } from '#platform/scripting';
import { openStorage } from '#platform/storage';
import type { Storage } from '#platform/storage';
import { createUsage, defaultRetention } from '#usage';
import type { Retention } from '#usage';
import { mountHealth } from './health.ts';

/** Everything that the app needs to know of its surroundings; `process.ts` reads it from the configuration. */
export interface AppOptions {
  log: Log;
  version: string;
  databaseUrl: string;
  masterKey: SealingKey;
  /** Folder of the catalog. */
  elementsFolder: string;
  /** Folder for what a later start need not do again. */
  cacheFolder?: string | undefined;
  /** Operator's defaults: element key → configuration key → value. */
  elementDefaults: Record<string, Record<string, string>>;
  /** Private `host` or `host:port` that outbound calls may reach. */
  allowHosts: string[];
  pacingMaxWaitMs: number;
  /** How long the audit trail is kept. */
  auditDays: number;
  /** How long usage is kept, if not as usual. */
  retention?: Retention;
  /** How long a provider may take to be reached, to answer and to pause inside its reply. */
  providerTimeoutMs?: number;
  /** In place of the usual limits of scripts. */
  scriptLimits?: Pick<ScriptingOptions, 'wallLimitMs'>;
  /** In place of the real one, for tools that must not reach the world. */
  outbound?: Outbound;
  /** Where providers reach this server; else the address that it listens on. */
  publicUrl?: string | undefined;
  /** Folder of the built console. */
  consoleFolder: string;
  /** Where pictures of organizations are found, if something in front of this server keeps them. */
  imagesUrl?: string | undefined;
  /** How long events are kept, if not as usual. */
  eventRetention?: EventRetention;
  firstUser: { email?: string | undefined; password?: string | undefined };
}

export interface App {
  http: FastifyInstance;
  /** Set when this start has made the first user. */
  firstUser: FirstUser | undefined;
  /** Of the link by which the first user can be set up in the console, while nobody has logged in. */
  setUpToken: string | undefined;
  /** Starts the process that runs scripts, which the first call with a hook would wait for otherwise. */
  warmUp(): Promise<void>;
  /** Lets running calls finish, then closes everything. */
  close(): Promise<void>;
}

/** Builds every module in order and mounts its routes. */
export async function buildApp(options: AppOptions): Promise<App> {
  const opening = openStorage({ url: options.databaseUrl, log: options.log });
  // It is read and checked while the database is waited for.
  const { elementsFolder, elementDefaults, cacheFolder } = options;
  const catalog = Promise.try(openCatalog, elementsFolder, elementDefaults, cacheFolder);
  catalog.catch(() => {}); // told where it is needed
  const storage = await opening;
  try {
    return await assemble(options, storage, catalog);
  } catch (error) {
    // Else its connections would complain in the log while the database stops.
    await storage.close();
    throw error;
  }
}

async function assemble(
  options: AppOptions,
  storage: Storage,
  catalogBeingRead: Promise<ReturnType<typeof openCatalog>>,
): Promise<App> {
  const { log } = options;
  const clock = systemClock;
  const { allowHosts, providerTimeoutMs: timeoutMs } = options;
  const limits = timeoutMs && {
    connectTimeoutMs: timeoutMs,
    headersTimeoutMs: timeoutMs,
    bodyTimeoutMs: timeoutMs,
  };
  const outbound = options.outbound ?? createOutbound({ allowHosts, ...limits });
  const scripting = createScripting({ ...options.scriptLimits, log });

  /** Known when the server listens; no account is connected before. */
  const publicUrl = () => options.publicUrl ?? localUrl(http);
  const { masterKey, auditDays } = options;
  const imagesUrl = () => options.imagesUrl ?? `${publicUrl()}/images`;
  const accounts = await createAccounts({ storage, masterKey, clock, log, auditDays, imagesUrl });
  const usage = await createUsage({
    storage,
    accounts,
    clock,
    log,
    retention: options.retention ?? defaultRetention,
  });
  const shipped = await catalogBeingRead;
  for (const fault of shipped.faults) {
    log.error({ ...fault }, `The element in ${fault.file} is left out: ${fault.path || '/'} ${fault.reason}`);
  }
  const elements = await createElements({ shipped, storage, scripting });
  const { catalog } = elements;
  const calls = createCalls({ outbound, scripting, log });
  const instances = await createInstances({
    storage,
    accounts,
    catalog,
    calls,
    outbound,
    clock,
    log,
    oauthSecret: createHmac('sha256', options.masterKey.bytes).update('pkce').digest(),
    maxWaitMs: options.pacingMaxWaitMs,
    settingRules: eventSettingRules,
    webhookUrl: ({ key }, instanceId) =>
      `${publicUrl()}${apiBase}/events/${encodeURIComponent(key)}/${encodeInstanceId(instanceId)}`,
    exchangeLog: usage.exchanges,
    onProcesses: usage.share,
  });
  const gateway = createGateway({ instances });
  const events = createEvents({
    storage,
    instances,
    gateway,
    calls,
    outbound,
    clock,
    log,
    accounts,
    retention: options.eventRetention ?? defaultEventRetention,
  });

  const http = await createHttp({ log, version: options.version });
  setAuthenticator(http, accounts.authenticate);
  setObserver(http, usage.observe);
  mountHealth(http, storage, options.version);
  accounts.mount(http);
  elements.mount(http);
  instances.mount(http);
  events.mount(http);
  usage.mount(http, instances.countCreated);
  mountGateway(http, gateway, elements.hubs, usage);
  const { consoleFolder: folder } = options;
  const installation = createHmac('sha256', masterKey.bytes)
    .update('session cookie')
    .digest('hex')
    .slice(0, 8);
  mountConsole(http, { accounts, instances, folder, installation, publicUrl: options.publicUrl });
  // Last: its secrets are shown once, so nothing may fail between making and showing it.
  const firstUser = await accounts.ensureFirstUser(options.firstUser);
  const setUpToken = firstUser ? firstUser.setUpToken : await accounts.setUp.renew();
  events.start();

  return {
    http,
    firstUser,
    setUpToken,
    async warmUp() {
      await scripting.check({ name: 'warm-up', body: 'done();', legacy: false }, { tenant: 'warm-up' });
    },
    async close() {
      await http.close();
      await events.close();
      await Promise.all([instances.close(), usage.close()]);
      await accounts.close();
      await Promise.all([scripting.close(), outbound.close()]);
      await storage.close();
    },
  };
}

function localUrl(http: FastifyInstance): string {
  const address = http.server.address();
  if (address === null || typeof address === 'string') return '';
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}
