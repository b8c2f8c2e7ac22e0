import { resolve } from 'node:path';

/** How the text of a setting becomes its value, or the rest of a sentence that says why it does not. */
export interface ValueType<T> {
  /** Stands for the value in the help text. */
  shows: string;
  parse(given: string): { value: T } | { fault: string };
}

export const text: ValueType<string> = { shows: 'text', parse: (given) => ({ value: given }) };

export const folder: ValueType<string> = { shows: 'folder', parse: (given) => ({ value: resolve(given) }) };

export const flag: ValueType<boolean> = {
  shows: 'true or false',
  parse(given) {
    if (/^(true|1|yes|on)$/i.test(given)) return { value: true };
    if (/^(false|0|no|off)$/i.test(given)) return { value: false };
    return { fault: 'is neither true nor false' };
  },
};

export const portNumber: ValueType<number> = {
  shows: 'number',
  parse: (given) => wholeNumber(given, 65_535) ?? { fault: 'is not a port number (0 to 65535)' },
};

const DAY_MS = 86_400_000;

export const milliseconds: ValueType<number> = {
  shows: 'number',
  parse: (given) =>
    wholeNumber(given, DAY_MS) ?? { fault: `is not a number of milliseconds (0 to ${DAY_MS})` },
};

const mostDays = 10_000;

export const days: ValueType<number> = {
  shows: 'number',
  parse: (given) =>
    wholeNumber(given, mostDays, 1) ?? { fault: `is not a number of days (1 to ${mostDays})` },
};

const mostRows = 1_000_000_000;

export const count: ValueType<number> = {
  shows: 'number',
  parse: (given) => wholeNumber(given, mostRows) ?? { fault: `is not a number from 0 to ${mostRows}` },
};

export const emailAddress: ValueType<string> = {
  shows: 'address',
  parse: (given) =>
    /^[^\s@]+@[^\s@]+$/.test(given) ? { value: given } : { fault: 'is not an e-mail address' },
};

export const postgresUrl: ValueType<string> = {
  shows: 'URL',
  parse: (given) =>
    /^postgres(ql)?:\/\/./.test(given) && URL.canParse(given)
      ? { value: given }
      : { fault: 'is not a URL like postgres://user:password@host:5432/database' },
};

/** Kept without a slash at its end. */
export const httpUrl: ValueType<string> = {
  shows: 'URL',
  parse(given) {
    const url = URL.parse(given);
    return url && /^https?:$/.test(url.protocol) && !url.search && !url.hash
      ? { value: given.replace(/\/+$/, '') }
      : { fault: 'is not a URL like https://ligand.example.com' };
  },
};

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
const LOG_LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

export const logLevel: ValueType<LogLevel> = {
  shows: 'level',
  parse(given) {
    const value = LOG_LEVELS.find((level) => level === given.toLowerCase());
    return value ? { value } : { fault: `is not one of ${LOG_LEVELS.join(', ')}` };
  },
};

/** A name, an IPv4 address or an IPv6 address (in brackets when a port follows). */
const HOST =
  /^(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$|^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i;

export const hostList: ValueType<string[]> = {
  shows: 'hosts',
  parse(given) {
    const hosts = given
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== '');
    const wrong = hosts.find((host) => !HOST.test(host));
    return wrong === undefined
      ? { value: hosts }
      : { fault: `has ${JSON.stringify(wrong)}, which is neither host nor host:port` };
  },
};

export type ElementDefaults = Record<string, Record<string, string>>;

export const elementDefaults: ValueType<ElementDefaults> = {
  shows: 'JSON',
  parse(given) {
    const fault = 'must be a JSON object like {"elementKey": {"configKey": "value"}}';
    let parsed: unknown;
    try {
      parsed = JSON.parse(given);
    } catch {
      return { fault };
    }
    const isRight =
      isObject(parsed) && Object.values(parsed).every((values) => isObject(values) && hasOnlyTexts(values));
    return isRight ? { value: parsed as ElementDefaults } : { fault };
  },
};

function wholeNumber(given: string, max: number, min = 0): { value: number } | undefined {
  const value = Number(given);
  return /^\d+$/.test(given) && value >= min && value <= max ? { value } : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasOnlyTexts(values: Record<string, unknown>): boolean {
  return Object.values(values).every((value) => typeof value === 'string');
}
