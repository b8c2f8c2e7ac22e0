import { ScriptError } from './errors.ts';
import { createTenants, LateError, StuckError } from './tenant.ts';
import type { Limits, Tenant } from './tenant.ts';
import type { Script } from './scripting.ts';

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
      try {
        const { script, names, bindings: values } = job;
        return await tenant.run({ script, names, values, ask });
      } catch (error) {
        isStuck ||= error instanceof StuckError;
        throw toScriptError(error, job.script, tenant, limits);
      } finally {
        tenants.leave(tenant);
      }
    },
    async check({ script, names, tenant: name }) {
      const tenant = tenants.get(name);
      try {
        await tenant.compile(script, names);
      } catch (error) {
        throw toScriptError(error, script, tenant, limits);
      } finally {
        tenants.leave(tenant);
      }
    },
  };
}

function toScriptError(error: unknown, script: Script, tenant: Tenant, { wallMs }: Limits): ScriptError {
  if (error instanceof ScriptError) return error;
  if (error instanceof LateError)
    return new ScriptError('timeout', script.name, `it did not end within ${wallMs / 1000} s`);
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
