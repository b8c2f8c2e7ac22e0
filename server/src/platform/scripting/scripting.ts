import type { Log } from '#kernel/log';
import { parseJson, stringifyJson } from '#kernel/json';
import { ScriptError } from './errors.ts';
import { createHost } from './host.ts';
import { createTenants } from './tenant.ts';
import type { Tenant } from './tenant.ts';

/** A script as its author wrote it: the body of a function. */
export interface Script {
  /** For messages. */
  name: string;
  body: string;
  /** Ends by `return`, not by `done(…)`. */
  legacy: boolean;
}

export interface ScriptOutcome {
  /** What was given to `done` or returned. */
  result: Record<string, unknown> | undefined;
  console: string[];
  notifications: { to: string; subject: string; body: string }[];
}

/** How a script's `http` and `https` reach the world. */
export type ScriptFetch = (request: {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
}) => Promise<{ status: number; headers: Record<string, string>; body: string }>;

export interface Scripting {
  /**
   * Runs a script in its tenant's isolate, in a fresh global of its own.
   *
   * @param bindings what the script sees as variables: data only, copied.
   * @throws ScriptError when it threw, never ended, or broke a limit.
   */
  run(
    script: Script,
    bindings: Record<string, unknown>,
    options: { tenant: string; fetch?: ScriptFetch },
  ): Promise<ScriptOutcome>;
  /** What is wrong with a script's syntax, with its name and line; undefined when nothing is. It is not run. */
  check(script: Script, options: { tenant: string }): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface ScriptingOptions {
  /** Heap of one tenant's isolate. */
  memoryLimitMb?: number;
  /** CPU time of one run. */
  cpuLimitMs?: number;
  /** Time of one run, waiting for replies included. */
  wallLimitMs?: number;
  log?: Log;
}

/** What scripts may require. */
export const scriptModules: ReadonlySet<string> = new Set([
  'lodash',
  'lodash/fp',
  'moment',
  'util',
  'buffer',
  'http',
  'https',
]);

/** What every script has, besides its bindings. */
const runtimeNames = ['done', 'console', 'notify', 'CE', 'require'];

const resultLimitCharacters = 32 * 1024 * 1024;

/** Runs customers' scripts in V8 isolates: no Node, a memory limit, a time limit. */
export function createScripting(options: ScriptingOptions = {}): Scripting {
  const limits = {
    memoryMb: options.memoryLimitMb ?? 64,
    cpuMs: options.cpuLimitMs ?? 1_000,
    wallMs: options.wallLimitMs ?? 60_000,
  };
  const tenants = createTenants(limits);
  return {
    async run(script, bindings, { tenant: name, fetch }) {
      const tenant = tenants.get(name);
      const host = createHost(fetch);
      try {
        const text = await runIn(tenant, script, bindings, host, limits);
        return read(script, text);
      } finally {
        host.close();
        tenants.leave(tenant);
      }
    },
    async check(script, { tenant: name }) {
      const tenant = tenants.get(name);
      try {
        await tenant.compile(script, runtimeNames);
        return undefined;
      } catch (error) {
        return toScriptError(error, script, tenant).message;
      } finally {
        tenants.leave(tenant);
      }
    },
    async close() {
      tenants.close();
    },
  };
}

async function runIn(
  tenant: Tenant,
  script: Script,
  bindings: Record<string, unknown>,
  host: ReturnType<typeof createHost>,
  limits: { wallMs: number },
): Promise<string> {
  const names = [...Object.keys(bindings), ...runtimeNames];
  let late: NodeJS.Timeout | undefined;
  try {
    const running = tenant.run(script, names, stringifyJson(bindings), host);
    running.catch(() => {}); // It may fail after the race was lost.
    const limit = new Promise<never>((_, reject) => {
      late = setTimeout(() => {
        reject(new ScriptError('timeout', script.name, `it did not end within ${limits.wallMs / 1000} s`));
      }, limits.wallMs);
    });
    return await Promise.race([running, limit]);
  } catch (error) {
    throw toScriptError(error, script, tenant);
  } finally {
    clearTimeout(late);
  }
}

function toScriptError(error: unknown, script: Script, tenant: Tenant): ScriptError {
  if (error instanceof ScriptError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/timed out/.test(message) || tenant.ended === 'cpu') {
    return new ScriptError('timeout', script.name, 'it used more processor time than it may');
  }
  if (/memory limit|out of memory|heap|disposed/i.test(message)) {
    return new ScriptError('memory', script.name, 'it used more memory than it may');
  }
  const place =
    /\[hook\.js:(\d+)/.exec(message) ??
    /hook\.js:(\d+)/.exec(error instanceof Error ? String(error.stack) : '');
  const detail = message.replace(/\s*\[hook\.js.*$/, '');
  return new ScriptError('syntax', script.name, detail, place ? Number(place[1]) : undefined);
}

interface Told {
  result?: unknown;
  fault?: 'thrown' | 'unfinished' | 'result';
  message?: string;
  line?: number;
  console: string[];
  notifications: ScriptOutcome['notifications'];
}

function read(script: Script, text: string): ScriptOutcome {
  if (text.length > resultLimitCharacters) {
    throw new ScriptError('result', script.name, 'what it gave is too large');
  }
  const told = readTold(script, text);
  switch (told.fault) {
    case 'thrown':
      throw new ScriptError('thrown', script.name, told.message ?? 'it threw nothing', told.line);
    case 'unfinished':
      throw new ScriptError('unfinished', script.name, 'it ended without calling done(…)');
    case 'result':
      throw new ScriptError(
        'result',
        script.name,
        `what it gave cannot be written as JSON: ${told.message ?? ''}`,
      );
    default: {
      const { result } = told;
      const usable = typeof result === 'object' && result !== null && !Array.isArray(result);
      return {
        result: usable ? (result as Record<string, unknown>) : undefined,
        console: listOf(told.console),
        notifications: listOf(told.notifications),
      };
    }
  }
}

/** A script can replace what writes its outcome; then it is its own loss. */
function readTold(script: Script, text: string): Told {
  try {
    const told = parseJson(text);
    if (typeof told === 'object' && told !== null) return told as unknown as Told;
  } catch {
    // told below
  }
  throw new ScriptError('result', script.name, 'what it gave cannot be read');
}

function listOf<T>(value: T[]): T[] {
  return Array.isArray(value) ? value : [];
}
