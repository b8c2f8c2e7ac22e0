import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import ivm from 'isolated-vm';
import { canFail } from '#kernel/error';
import { LRUCache } from 'lru-cache';
import type { Host } from './host.ts';
import type { Script } from './scripting.ts';

/** An isolate of one customer: its scripts are compiled once, each run has a fresh global. */
export interface Tenant {
  run(script: Script, names: string[], bindings: string, host: Host): Promise<string>;
  /** @throws the engine's SyntaxError */
  compile(script: Script, names: string[]): Promise<unknown>;
  /** Why it was ended by us. */
  ended: 'cpu' | undefined;
  active: number;
  isolate: ivm.Isolate;
}

export interface Tenants {
  get(name: string): Tenant;
  /** A run is over. */
  leave(tenant: Tenant): void;
  close(): void;
}

const mostIsolates = 64;
/** A tenant has another isolate when so many runs wait in each that it has: an isolate uses one core at a time. */
const runsOfBusy = 4;
const mostOfTenant = Math.min(4, availableParallelism());
const mostScripts = 500;
const watchEveryMs = 50;

const snapshot = makeSnapshot();

export function createTenants(limits: { memoryMb: number; cpuMs: number }): Tenants {
  const tenants = new LRUCache<string, Tenant>({
    max: mostIsolates,
    dispose: (tenant) => {
      if (tenant.active === 0) end(tenant);
    },
  });
  const create = (key: string) => {
    const tenant = createTenant(limits);
    tenants.set(key, tenant);
    return tenant;
  };
  /** The isolate in which the fewest runs are, or one more where all have enough to do. */
  const choose = (name: string) => {
    let least: Tenant | undefined;
    for (let index = 0; index < mostOfTenant; index++) {
      const key = `${index} ${name}`;
      const tenant = tenants.get(key);
      const isUsable = tenant !== undefined && !tenant.isolate.isDisposed;
      if (!isUsable && (least === undefined || least.active >= runsOfBusy)) return create(key);
      if (isUsable && (least === undefined || tenant.active < least.active)) least = tenant;
      if (least !== undefined && least.active < runsOfBusy) break;
    }
    return least ?? create(`0 ${name}`);
  };
  return {
    get(name) {
      const tenant = choose(name);
      tenant.active++;
      return tenant;
    },
    leave(tenant) {
      tenant.active--;
      if (tenant.active === 0 && ![...tenants.values()].includes(tenant)) end(tenant);
    },
    close() {
      tenants.clear();
    },
  };
}

function end({ isolate }: Tenant): void {
  if (!isolate.isDisposed) isolate.dispose();
}

function createTenant({ memoryMb, cpuMs }: { memoryMb: number; cpuMs: number }): Tenant {
  const isolate = new ivm.Isolate({ memoryLimit: memoryMb, snapshot });
  const compiled = new LRUCache<string, ivm.Script>({ max: mostScripts });

  async function compile(script: Script, names: string[]): Promise<ivm.Script> {
    const key = `${names.join()} ${script.legacy}\n${script.body}`;
    let found = compiled.get(key);
    if (!found) {
      const code = wrap(script, names);
      found = await isolate.compileScript(code, { filename: 'hook.js', lineOffset: -1 });
      compiled.set(key, found);
    }
    return found;
  }

  const tenant: Tenant = {
    isolate,
    compile,
    ended: undefined,
    active: 0,
    async run(script, names, bindings, host) {
      const program = await compile(script, names);
      const context = await isolate.createContext();
      const watching = watch(tenant, cpuMs);
      // Each keeps the run's global alive until our own collector happens to find it.
      const held: ivm.Reference[] = [];
      // Of the wall clock, and only of one entry; the watch counts processor time, but takes the whole isolate.
      const timeout = 2 * cpuMs;
      const enter = () => runIn({ isolate, program, context, held, timeout }, script, names, bindings, host);
      try {
        return await Promise.race([enter(), watching.stuck]);
      } finally {
        watching.stop();
        host.close();
        if (!isolate.isDisposed) {
          for (const each of [...held, context]) each.release();
          await canFail(renewWhenFull(tenant, memoryMb), 'a full isolate is ended by its limit in any case');
        }
      }
    },
  };
  return tenant;
}

interface Place {
  isolate: ivm.Isolate;
  program: ivm.Script;
  context: ivm.Context;
  /** What is released when the run is over. */
  held: ivm.Reference[];
  timeout: number;
}

/** Enters the isolate, and waits for what the script gives. */
async function runIn(
  { isolate, program, context, held, timeout }: Place,
  script: Script,
  names: string[],
  bindings: string,
  host: Host,
): Promise<string> {
  const hook = (await program.run(context, { reference: true, timeout })) as ivm.Reference;
  held.push(hook);
  const enter = (await context.evalClosure(
    'return __prepare($0, $1, $2, $3, $4, $5)',
    [
      host.post,
      host.crypto,
      hook.derefInto(),
      new ivm.ExternalCopy(names).copyInto(),
      bindings,
      endsByReturn(script),
    ],
    { result: { reference: true }, timeout },
  )) as ivm.Reference<(question: number, answer: string) => unknown>;
  held.push(enter);
  host.deliver = (question, answer) => {
    // A script that burns its time here ends the isolate; the run is told of that.
    enter.apply(undefined, [question, answer], { timeout }).catch(() => {
      if (!isolate.isDisposed) isolate.dispose();
    });
  };
  const outcome = enter.apply(undefined, [0, ''], { result: { promise: true, copy: true }, timeout });
  return String(await outcome);
}

/** Globals of past runs are collected late: an isolate that nobody uses makes way before they fill it. */
async function renewWhenFull(tenant: Tenant, memoryMb: number): Promise<void> {
  const { isolate } = tenant;
  const heap = await isolate.getHeapStatistics();
  const usedBytes = heap.used_heap_size + heap.externally_allocated_size;
  if (usedBytes > (memoryMb * 1024 * 1024) / 2 && tenant.active === 1 && !isolate.isDisposed)
    isolate.dispose();
}

/** Some functions of the engine cannot be stopped in their middle: only with the whole process. */
export class StuckError extends Error {}

const stopWithinMs = 500;

/**
 * Ends an isolate that burns processor time where a call's own time limit does not reach: in promises and timers.
 * `stuck` fails when even that does not stop it.
 */
function watch(tenant: Tenant, cpuMs: number): { stop(): void; stuck: Promise<never> } {
  const { isolate } = tenant;
  const before = isolate.cpuTime;
  let grace: NodeJS.Timeout | undefined;
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (grace) return;
      if (!isolate.isDisposed) {
        if (Number(isolate.cpuTime - before) / 1e6 < cpuMs * Math.max(1, tenant.active) * 3) return;
        tenant.ended = 'cpu';
        isolate.dispose();
      }
      grace = setTimeout(() => reject(new StuckError('timed out, and cannot be stopped')), stopWithinMs);
    }, watchEveryMs);
  });
  stuck.catch(() => {}); // Mostly nobody waits for it any more.
  const stop = () => {
    clearInterval(timer);
    clearTimeout(grace);
  };
  return { stop, stuck };
}

/** A script that returns and never speaks of `done` is an old one, whatever its row says. */
function endsByReturn({ legacy, body }: Script): boolean {
  return legacy || (!/\bdone\b/.test(body) && /\breturn\b/.test(body));
}

/**
 * The script as a function of its values, which it may assign to, as real ones do, and declare anew. What the runtime
 * gives (`done`, `CE`, …) is constant. The author's first line stays line 1, so that messages tell the right one.
 */
function wrap({ body, legacy }: Script, names: string[]): string {
  const redeclared = names.filter((name) => declaresAgain(body, name)).join(', ');
  const own = names.filter((name) => runtimeNames.has(name)).join(', ');
  const given = names.filter((name) => !runtimeNames.has(name)).join(', ');
  const values = `let {${given}} = values__; const {${own}} = values__;`;
  // Scripts of the old engine were not strict: they may use names that they never declared.
  const mode = legacy ? '' : '"use strict";';
  return `(function(values__){${mode}${values}return (function(${redeclared}){\n${body}\n})(${redeclared})})`;
}

const runtimeNames: ReadonlySet<string> = new Set(['done', 'console', 'notify', 'CE', 'require']);

/** `var name = name || {}` starts with the value, as it did where scripts were functions of their values. */
function declaresAgain(body: string, name: string): boolean {
  if (!body.includes(name) || !body.includes('var')) return false;
  return (
    new RegExp(`\\bvar\\s+${name}\\b`).test(body) &&
    !new RegExp(`\\b(?:let|const|class)\\s+${name}\\b`).test(body)
  );
}

function makeSnapshot(): ivm.ExternalCopy<ArrayBuffer> {
  const require = createRequire(import.meta.url);
  const text = (module: string) => readFileSync(require.resolve(module), 'utf8');
  const libraries = [
    'lodash',
    'lodash/fp',
    'lodash/fp/_baseConvert',
    'lodash/fp/_mapping',
    'lodash/fp/placeholder',
    'moment',
  ];
  const factories = libraries.map(
    (name) => `${JSON.stringify(name)}: function (module, exports, require) {\n${text(name)}\n}`,
  );
  const own = ['ce', 'buffer', 'modules', 'start'].map((name) =>
    readFileSync(new URL(`sandbox/${name}.js`, import.meta.url), 'utf8'),
  );
  const code = [`globalThis.__sources = {${factories.join(',\n')}};`, ...own];
  return ivm.Isolate.createSnapshot(code.map((part) => ({ code: part })));
}
