import { silentLog } from '#kernel/log';
import type { Log } from '#kernel/log';
import { parseJson, stringifyJson } from '#kernel/json';
import { ScriptError } from './errors.ts';
import { createScriptProcesses } from './processes.ts';
import { ProcessEnded } from './script-process.ts';

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
   * Runs a script in its tenant's isolate, in a global as if no script had run there.
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

const mostFetches = 200;

/**
 * Runs customers' scripts in V8 isolates: no Node, a memory limit, a time limit; and the isolates in processes of their
 * own, because some scripts end a process whatever the limits of an isolate are.
 */
export function createScripting(options: ScriptingOptions = {}): Scripting {
  const limits = {
    memoryMb: options.memoryLimitMb ?? 64,
    cpuMs: options.cpuLimitMs ?? 1_000,
    wallMs: options.wallLimitMs ?? 60_000,
  };
  const processes = createScriptProcesses(limits, options.log ?? silentLog);
  return {
    async run(script, bindings, { tenant, fetch }) {
      const names = [...Object.keys(bindings), ...runtimeNames];
      const job = { kind: 'run', script, names, bindings: stringifyJson(bindings), tenant } as const;
      const asking = countAsks(fetch);
      return read(script, await retried(script, asking, () => processes.of(tenant).do(job, asking.ask)));
    },
    async check(script, { tenant }) {
      const job = { kind: 'check', script, names: runtimeNames, tenant } as const;
      const asking = countAsks(undefined);
      try {
        await retried(script, asking, () => processes.of(tenant).do(job, asking.ask));
        return undefined;
      } catch (error) {
        if (error instanceof ScriptError) return error.message;
        throw error;
      }
    },
    close: () => processes.close(),
  };
}

/** A run that was ended together with somebody else's is done again, unless it may have changed the world by then. */
async function retried<T>(script: Script, asking: { count: number }, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ProcessEnded)) throw error;
      if (error.isAlone || tries > 1)
        throw new ScriptError('memory', script.name, 'it used more memory than it may');
      if (asking.count > 0)
        throw new ScriptError('timeout', script.name, 'it was interrupted between two calls; try again');
    }
  }
}

/** What scripts ask of the world, as texts. */
function countAsks(fetch: ScriptFetch | undefined) {
  const asking = {
    count: 0,
    async ask(text: string): Promise<string> {
      if (!fetch) return JSON.stringify({ error: 'this script may not call out' });
      if (++asking.count > mostFetches) return JSON.stringify({ error: 'the script makes too many calls' });
      try {
        return JSON.stringify(await fetch(JSON.parse(text) as Parameters<ScriptFetch>[0]));
      } catch (error) {
        return JSON.stringify({ error: error instanceof Error ? error.message : 'the call failed' });
      }
    },
  };
  return asking;
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
