import { readFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';
import { AppError } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { FirstUser } from '#accounts';
import { loadMasterKey } from '#platform/crypto';
import { startEmbeddedPostgres } from '#platform/storage';
import { createLog } from '#platform/telemetry';
import { loadConfig } from './config.ts';
import type { Config } from './config.ts';
import { startSimulators } from './simulators.ts';
import type { Simulator } from './simulators.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };

/** What has been started, the last first: closed in this order. */
const closers: (() => Promise<void>)[] = [];
let closing: Promise<void> | undefined;

async function start(config: Config): Promise<void> {
  const log = createLog({ level: config.logLevel ?? 'info', destination: process.stderr });
  const masterKey = await loadMasterKey({ fromEnvironment: config.masterKey, folder: config.dataFolder });
  // Each is work of another process, or of this one while those start.
  const [databaseUrl, simulators, { buildApp }] = await allOrFirstFault(
    openDatabase(config, log),
    config.demo ? runSimulators() : [],
    import('./app.ts'),
  );
  const elementDefaults = { ...config.elementDefaults };
  const allowHosts = [...config.allowHosts];
  for (const { elementKey, url } of simulators) {
    elementDefaults[elementKey] = { 'base.url': url, ...elementDefaults[elementKey] };
    allowHosts.push(new URL(url).host);
    process.stdout.write(`Simulator of the provider '${elementKey}' on ${url}\n`);
  }
  const app = await buildApp({
    log,
    version,
    databaseUrl,
    masterKey,
    elementsFolder: config.elementsFolder,
    cacheFolder: getCompileCacheDir(),
    elementDefaults,
    allowHosts,
    pacingMaxWaitMs: config.pacingMaxWaitMs,
    publicUrl: config.publicUrl,
    consoleFolder: `${root}console/dist`,
    imagesUrl: config.imagesUrl,
    eventRetention: { days: config.eventDays, mostBytes: config.eventMostGb * 1024 ** 3 },
    auditDays: config.auditDays,
    retention: {
      callDays: config.usageCallDays,
      mostCalls: config.usageMostCalls,
      countDays: config.usageCountDays,
    },
    firstUser: { email: config.adminEmail, password: config.adminPassword },
  });
  closers.unshift(app.close);
  try {
    const address = await app.http.listen({ port: config.port, host: config.host });
    print([
      `Ligand ${version} is ready on ${address}`,
      `  console              ${address}/`,
      `  API and a page to try it: ${address}/elements/api-v2/docs`,
      ...(app.setUpToken
        ? [`  nobody has logged in yet; choose your password on ${address}/set-up#${app.setUpToken}`]
        : []),
    ]);
    app.warmUp().catch((error: unknown) => log.warn({ error }, 'Scripts could not be made ready.'));
  } finally {
    // The user is there even if the port was not: without its secrets nobody could ever use this database.
    if (app.firstUser) print(introduce(app.firstUser));
  }
}

async function openDatabase({ databaseUrl, dataFolder }: Config, log: Log): Promise<string> {
  if (databaseUrl) return databaseUrl;
  const postgres = await startEmbeddedPostgres({ folder: dataFolder, log });
  closers.push(postgres.stop);
  return postgres.url;
}

async function runSimulators(): Promise<Simulator[]> {
  const simulators = await startSimulators(`${root}simulators`);
  closers.unshift(simulators.stop);
  return simulators.all;
}

/** Fails as the first of them that failed, when all have ended: what the others have started can be closed then. */
async function allOrFirstFault<T extends readonly unknown[]>(
  ...started: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(started);
  return Promise.all(started);
}

/** Secrets are shown this once; afterwards they can be had by logging in. */
function introduce(user: FirstUser): string[] {
  return [
    'First start: these secrets are shown this once. Log in with POST /elements/api-v2/authentication to see them again.',
    `  user                 ${user.email}`,
    ...(user.isPasswordGenerated ? [`  password             ${user.password}`] : []),
    `  user secret          ${user.userSecret}`,
    `  organization secret  ${user.organizationSecret}`,
  ];
}

function print(lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function close(): Promise<void> {
  closing ??= (async () => {
    for (const closer of closers) await closer();
  })();
  return closing;
}

/** One line that says what is wrong; a fault of ours with its stack. */
function explain(error: unknown, config: Config | undefined): string {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `Port ${config?.port} is in use already. Stop what uses it or choose another with --port.`;
  if (code === 'EACCES') return `Port ${config?.port} on ${config?.host} may not be used: ${message}.`;
  // Names that nobody knows are no address of this machine either.
  if (/^(EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN)$/.test(code ?? ''))
    return `This machine has no address ${config?.host}. Choose another with --host.`;
  if (error instanceof AppError) return message;
  return stack ?? message;
}

let config: Config | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second signal ends at once; PostgreSQL ends with us.
    if (closing) process.exit(1);
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`ligand: ${explain(error, config)}\n`);
        process.exit(1);
      },
    );
  });
}
try {
  const outcome = loadConfig();
  if (outcome.kind === 'help') process.stdout.write(`${outcome.text}\n`);
  else {
    config = outcome.config;
    await start(config);
  }
} catch (error) {
  // Told to end while it starts, it finds everything closed: that is no fault to tell of.
  if (!closing) process.stderr.write(`ligand: ${explain(error, config)}\n`);
  const wasTold = closing !== undefined;
  await close();
  process.exit(wasTold ? 0 : 1);
}
