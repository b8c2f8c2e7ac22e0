import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, parseEnv } from 'node:util';
import { AppError } from '#kernel/error';
import { defaultEventRetention } from '#events';
import { defaultRetention } from '#usage';
import {
  type ValueType,
  count,
  days,
  elementDefaults,
  emailAddress,
  flag,
  folder,
  hostList,
  httpUrl,
  logLevel,
  milliseconds,
  portNumber,
  postgresUrl,
  text,
} from './config-values.ts';

interface Setting<T, D> {
  env: string;
  /** Without one for secrets: a command line is visible to all users of the machine. */
  flag?: string;
  type: ValueType<T>;
  default: D;
  secret: boolean;
  about: string;
}

/** Lets the table below infer the type of each setting. */
function setting<T, D extends T | undefined>(definition: Setting<T, D>): Setting<T, D> {
  return definition;
}

/** Every setting there is. The help text is made from this table. */
export const settings = {
  port: setting({
    env: 'LIGAND_PORT',
    flag: 'port',
    type: portNumber,
    default: 8642,
    secret: false,
    about: 'Port to listen on; 0 takes a free one.',
  }),
  host: setting({
    env: 'LIGAND_HOST',
    flag: 'host',
    type: text,
    default: '127.0.0.1',
    secret: false,
    about: 'Address to listen on; 0.0.0.0 for all.',
  }),
  dataFolder: setting({
    env: 'LIGAND_DATA',
    flag: 'data',
    type: folder,
    default: resolve('.ligand'),
    secret: false,
    about: 'Folder of the embedded database and the master key.',
  }),
  databaseUrl: setting({
    env: 'DATABASE_URL',
    type: postgresUrl,
    default: undefined,
    secret: true,
    about: 'Your own PostgreSQL (15 or newer) in place of the embedded one.',
  }),
  masterKey: setting({
    env: 'LIGAND_MASTER_KEY',
    type: text,
    default: undefined,
    secret: true,
    about:
      'Key that protects all stored credentials (32 bytes as 64 hex digits or base64); else master.key in the data folder.',
  }),
  adminEmail: setting({
    env: 'LIGAND_ADMIN_EMAIL',
    flag: 'admin-email',
    type: emailAddress,
    default: undefined,
    secret: false,
    about: 'E-mail address of the user that is made in an empty database.',
  }),
  adminPassword: setting({
    env: 'LIGAND_ADMIN_PASSWORD',
    type: text,
    default: undefined,
    secret: true,
    about: 'Password of that user; else one is made and shown once.',
  }),
  allowHosts: setting({
    env: 'LIGAND_ALLOW_HOSTS',
    flag: 'allow-hosts',
    type: hostList,
    default: [],
    secret: false,
    about:
      'Hosts (host or host:port, with commas) that calls to providers may reach although they are private.',
  }),
  demo: setting({
    env: 'LIGAND_DEMO',
    flag: 'demo',
    type: flag,
    default: false,
    secret: false,
    about: 'Start a simulator of each provider that there is one for, and call it in its place.',
  }),
  elementsFolder: setting({
    env: 'LIGAND_ELEMENTS',
    flag: 'elements',
    type: folder,
    default: fileURLToPath(new URL('../../elements', import.meta.url)),
    secret: false,
    about: 'Folder of the element definitions; else elements/ of this repository.',
  }),
  elementDefaults: setting({
    env: 'LIGAND_ELEMENT_DEFAULTS',
    type: elementDefaults,
    default: {},
    secret: true,
    about:
      'Your own defaults over those of the definitions, as JSON: {"elementKey": {"configKey": "value"}}.',
  }),
  publicUrl: setting({
    env: 'LIGAND_PUBLIC_URL',
    flag: 'public-url',
    type: httpUrl,
    default: undefined,
    secret: false,
    about:
      'URL at which providers reach this server with their webhooks; else the address that it listens on.',
  }),
  imagesUrl: setting({
    env: 'LIGAND_IMAGES_URL',
    flag: 'images-url',
    type: httpUrl,
    default: undefined,
    secret: false,
    about:
      'URL below which logos and favicons are found, where a cache serves them; else /images of this server.',
  }),
  eventDays: setting({
    env: 'LIGAND_EVENT_DAYS',
    flag: 'event-days',
    type: days,
    default: defaultEventRetention.days,
    secret: false,
    about: 'Days that events are kept, with their deliveries.',
  }),
  eventMostGb: setting({
    env: 'LIGAND_EVENT_MOST_GB',
    flag: 'event-most-gb',
    type: count,
    default: defaultEventRetention.mostBytes / 1024 ** 3,
    secret: false,
    about:
      'So many GB of events are kept at most, with their deliveries and attempts, of all customers together; those that wait for a callback are kept in any case.',
  }),
  logLevel: setting({
    env: 'LIGAND_LOG_LEVEL',
    flag: 'log-level',
    type: logLevel,
    default: 'info',
    secret: false,
    about: 'What to log: trace, debug, info, warn, error, fatal or silent.',
  }),
  pacingMaxWaitMs: setting({
    env: 'LIGAND_PACING_MAX_WAIT_MS',
    flag: 'pacing-max-wait-ms',
    type: milliseconds,
    default: 30_000,
    secret: false,
    about: "Milliseconds that a call may wait for its turn under a provider's limit before it gets 429.",
  }),
  auditDays: setting({
    env: 'LIGAND_AUDIT_DAYS',
    flag: 'audit-days',
    type: days,
    default: 365,
    secret: false,
    about: 'Days for which the audit trail keeps who did what.',
  }),
  usageCallDays: setting({
    env: 'LIGAND_USAGE_CALL_DAYS',
    flag: 'usage-call-days',
    type: days,
    default: defaultRetention.callDays,
    secret: false,
    about: 'Days that single calls are kept for GET /usage.',
  }),
  usageMostCalls: setting({
    env: 'LIGAND_USAGE_MOST_CALLS',
    flag: 'usage-most-calls',
    type: count,
    default: defaultRetention.mostCalls,
    secret: false,
    about: 'So many single calls are kept at most, of all customers together; about 400 bytes each.',
  }),
  usageCountDays: setting({
    env: 'LIGAND_USAGE_COUNT_DAYS',
    flag: 'usage-count-days',
    type: days,
    default: defaultRetention.countDays,
    secret: false,
    about: 'Days that the counts of calls are kept; by minute at most 7.',
  }),
};

type ValueOf<S> = S extends Setting<infer T, infer D> ? T | (undefined extends D ? undefined : never) : never;

/** The settings by name. */
export type Config = { readonly [K in keyof typeof settings]: ValueOf<(typeof settings)[K]> };

export type ConfigOutcome = { kind: 'config'; config: Config } | { kind: 'help'; text: string };

/**
 * Reads the settings: a flag goes over the environment, the environment over `.env`, that over the default.
 * Throws an AppError of one line that says which setting is wrong, without the value of a secret one.
 */
export function readConfig(argv: string[], environment: NodeJS.ProcessEnv): ConfigOutcome {
  const flags = readFlags(argv);
  if (flags.has('help')) return { kind: 'help', text: helpText() };
  const entries = Object.entries<Setting<unknown, unknown>>(settings).map(([name, each]) => [
    name,
    valueOf(each, flags, environment),
  ]);
  return { kind: 'config', config: Object.fromEntries(entries) as Config };
}

/** `readConfig` for this process, with the `.env` file of the current folder if there is one. */
export function loadConfig(): ConfigOutcome {
  return readConfig(process.argv.slice(2), { ...readEnvFile(), ...process.env });
}

function readEnvFile(): NodeJS.ProcessEnv {
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw invalidConfig(`The file .env cannot be read: ${(error as Error).message}`);
  }
}

function valueOf(
  each: Setting<unknown, unknown>,
  flags: Map<string, string>,
  environment: NodeJS.ProcessEnv,
): unknown {
  const fromFlag = each.flag === undefined ? undefined : flags.get(each.flag);
  // A variable that is set to nothing (`LIGAND_DATA= npm start`) counts as not set.
  const given = fromFlag ?? (environment[each.env]?.trim() || undefined);
  if (given === undefined) return each.default;
  const result = each.type.parse(given);
  if ('value' in result) return result.value;
  const source = fromFlag === undefined ? each.env : `--${each.flag}`;
  const shown = each.secret ? '' : ` ${JSON.stringify(given)}`;
  throw invalidConfig(`${source}${shown} ${result.fault}.`);
}

function readFlags(argv: string[]): Map<string, string> {
  const known = new Map([['help', flag as ValueType<unknown>]]);
  for (const each of Object.values<Setting<unknown, unknown>>(settings))
    if (each.flag) known.set(each.flag, each.type);
  const options = Object.fromEntries(
    [...known].map(([name, type]) => [
      name,
      { type: type === flag ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  // Not strict, because the messages of strict mode take several sentences.
  const { tokens } = parseArgs({ args: argv, options, strict: false, tokens: true });
  const flags = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') throw invalidConfig(`Unexpected argument "${token.value}"; see --help.`);
    if (token.kind !== 'option') continue;
    const type = known.get(token.name);
    if (!type) throw invalidConfig(`Unknown option ${token.rawName}; see --help.`);
    const isBare =
      token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('--'));
    if (type !== flag && isBare) throw invalidConfig(`${token.rawName} needs a value; see --help.`);
    flags.set(token.name, token.value ?? 'true');
  }
  return flags;
}

/** Made from the table; shown for --help. */
export function helpText(): string {
  const rows = Object.values<Setting<unknown, unknown>>(settings).map((each) => {
    const name = each.flag ? `--${each.flag}${each.type === flag ? '' : ` <${each.type.shows}>`}` : '';
    const names = [name, each.env].filter(Boolean).join('  or  ');
    const byDefault = defaultText(each);
    return `  ${names}\n      ${each.about}${byDefault && ` Default: ${byDefault}.`}`;
  });
  return [
    'Usage: npm start -- [options]',
    '',
    'Settings come from options, the environment or a file .env in the current folder, in this order.',
    '',
    ...rows,
    '  --help',
    '      Show this text.',
  ].join('\n');
}

function defaultText({ default: value, type }: Setting<unknown, unknown>): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '') return '';
  return type === folder ? `./${value.slice(value.lastIndexOf('/') + 1)}` : value;
}

function invalidConfig(message: string): AppError {
  return new AppError('invalid-config', 500, message);
}
