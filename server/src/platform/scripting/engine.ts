import { ScriptError } from './errors.ts';
import { createHost } from './host.ts';
import { createTenants, StuckError } from './tenant.ts';
import type { Tenant } from './tenant.ts';
import type { Script } from './scripting.ts';

export interface Limits {
  /** Heap of one tenant's isolate. */
  memoryMb: number;
  /** Processor time of one run. */
  cpuMs: number;
  /** Time of one run, waiting for replies included. */
  wallMs: number;
}

export interface Job {
  script: Script;
  /** All that it sees as constants. */
  names: string[];
  /** Their values, as a JSON object. */
  bindings: string;
  tenant: string;
}

/** Runs scripts in isolates of this process. */
export interface Engine {
  /**
   * @param ask asks the world for an HTTP reply; texts are JSON.
   * @returns the outcome as JSON.
   * @throws ScriptError when it broke a limit or is no script.
   */
  run(job: Job, ask: (request: string) => Promise<string>): Promise<string>;
  /** @throws ScriptError when it is no script. It is not run. */
  check(job: Omit<Job, 'bindings'>): Promise<void>;
  /** A script goes on for ever in this process. */
  readonly isStuck: boolean;
}

export function createEngine(limits: Limits): Engine {
  const tenants = createTenants(limits);
  let isStuck = false;
  return {
    get isStuck() {
      return isStuck;
    },
    async run(job, ask) {
      const tenant = tenants.get(job.tenant);
      const host = createHost(ask);
      try {
        return await runIn(tenant, job, host, limits);
      } catch (error) {
        isStuck ||= error instanceof StuckError;
        throw toScriptError(error, job.script, tenant);
      } finally {
        host.close();
        tenants.leave(tenant);
      }
    },
    async check({ script, names, tenant: name }) {
      const tenant = tenants.get(name);
      try {
        await tenant.compile(script, names);
      } catch (error) {
        throw toScriptError(error, script, tenant);
      } finally {
        tenants.leave(tenant);
      }
    },
  };
}

async function runIn(
  tenant: Tenant,
  { script, names, bindings }: Job,
  host: ReturnType<typeof createHost>,
  limits: Limits,
): Promise<string> {
  let late: NodeJS.Timeout | undefined;
  try {
    const running = tenant.run(script, names, bindings, host);
    running.catch(() => {}); // It may fail after the race was lost.
    const limit = new Promise<never>((_, reject) => {
      late = setTimeout(() => {
        reject(new ScriptError('timeout', script.name, `it did not end within ${limits.wallMs / 1000} s`));
      }, limits.wallMs);
    });
    return await Promise.race([running, limit]);
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
