import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import ivm from 'isolated-vm';
import { canFail } from '#kernel/error';
import { LRUCache } from 'lru-cache';
import type { Script } from './scripting.ts';
import { IdleWorlds, type World, createWorld, leavesNothingHidden } from './world.ts';

/** An isolate of one customer: its scripts are compiled once, each run finds a global as if it were the first. */
export interface Tenant {
  run(run: Run): Promise<string>;
  /** @throws the engine's SyntaxError */
  compile(script: Script, names: string[]): Promise<unknown>;
  /** Why it was ended by us. */
  ended: 'cpu' | undefined;
  active: number;
  isolate: ivm.Isolate;
}

/** A script and what one run of it has. */
interface Run {
  script: Script;
  /** All that it sees as variables. */
  names: string[];
  /** Their values, as a JSON object. */
  values: string;
  /** Asks the world for an HTTP reply; texts are JSON. */
  ask(request: string): Promise<string>;
}

export interface Limits {
  /** Heap of one isolate. */
  memoryMb: number;
  /** Processor time of one run. */
  cpuMs: number;
  /** Time of one run, waiting for replies included. */
  wallMs: number;
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
const mostIdle = 8;
/** More runs than this would each need a global, and the isolate does one thing at a time. */
const mostEntering = 2;
/** How often an isolate's memory is looked at: with each new global, and once in so many runs. */
const runsBetweenLooks = 32;

const snapshot = makeSnapshot();

export function createTenants(limits: Limits): Tenants {
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

/** Where a run is. */
interface Place {
  /** Undefined also when it was given up: its global has been released then. */
  world: World | undefined;
  /** It is not at work any more. */
  waits(): void;
}

/** Lets some in at a time. Who has been let in calls what it is given when another may come. */
function createDoor(most: number): { enter(): Promise<() => void> } {
  const waiting: (() => void)[] = [];
  let inside = 0;
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else inside--;
  };
  return {
    async enter() {
      if (inside < most) inside++;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      let hasLeft = false;
      return () => {
        if (!hasLeft) leave();
        hasLeft = true;
      };
    },
  };
}

function createTenant(limits: Limits): Tenant {
  const { memoryMb, cpuMs } = limits;
  const isolate = new ivm.Isolate({ memoryLimit: memoryMb, snapshot });
  const compiled = new LRUCache<string, ivm.Script>({ max: mostScripts });
  const idle = new IdleWorlds(mostIdle);
  /** Scripts of which a run has left its global changed: each of theirs has a fresh one. */
  const changing = new LRUCache<string, true>({ max: mostScripts });
  const door = createDoor(mostEntering);
  let runs = 0;

  const keyOf = ({ legacy, body }: Script, names: string[]) => `${names.join()} ${legacy}\n${body}`;

  async function compile(script: Script, names: string[], key = keyOf(script, names)): Promise<ivm.Script> {
    let found = compiled.get(key);
    if (!found) {
      const code = wrap(script, names);
      found = await isolate.compileScript(code, { filename: 'hook.js', lineOffset: -1 });
      compiled.set(key, found);
    }
    return found;
  }

  /** @param at where the run is, for whoever gives it up */
  async function enter({ script, names, values, ask }: Run, at: Place): Promise<string> {
    const key = keyOf(script, names);
    const hosted = { ask, waits: at.waits };
    const used = idle.take(key);
    at.world = used;
    const told = await used?.run(values, hosted);
    if (used && told !== undefined) {
      if (at.world === used) idle.put(key, used);
      return told;
    }
    used?.release();
    if (used) changing.set(key, true);
    const isKept = !changing.has(key) && leavesNothingHidden(script.body);
    const world = await createWorld({
      isolate,
      program: await compile(script, names, key),
      names,
      endsByReturn: endsByReturn(script),
      keptFor: isKept ? script.body : undefined,
      timeoutMs: 2 * cpuMs,
    });
    at.world = world;
    runs = 0;
    const first = String(await world.run(values, hosted));
    if (isKept && at.world === world) idle.put(key, world);
    else world.release();
    return first;
  }

  /** Globals of past runs are collected late: an isolate that nobody uses makes way before they fill it. */
  async function renewWhenFull(): Promise<void> {
    if (runs++ % runsBetweenLooks > 0 || isolate.isDisposed) return;
    const heap = await isolate.getHeapStatistics();
    const usedBytes = heap.used_heap_size + heap.externally_allocated_size;
    if (usedBytes > (memoryMb * 1024 * 1024) / 2 && tenant.active === 1 && !isolate.isDisposed)
      isolate.dispose();
  }

  const tenant: Tenant = {
    isolate,
    compile,
    ended: undefined,
    active: 0,
    async run(run) {
      const waits = await door.enter();
      const watching = watch(tenant, limits);
      const at: Place = { world: undefined, waits };
      try {
        return await Promise.race([enter(run, at), watching.ended]);
      } catch (error) {
        at.world?.release();
        at.world = undefined;
        throw error;
      } finally {
        waits();
        watching.stop();
        await canFail(renewWhenFull(), 'a full isolate is ended by its limit in any case');
      }
    },
  };
  return tenant;
}

/** Some functions of the engine cannot be stopped in their middle: only with the whole process. */
export class StuckError extends Error {}

const stopWithinMs = 500;

/** A run took longer than it may, waiting for replies included. */
export class LateError extends Error {}

/**
 * Ends an isolate that burns processor time where a call's own time limit does not reach: in promises and timers.
 * `ended` fails when even that does not stop it, or when the run takes too long.
 */
function watch(tenant: Tenant, { cpuMs, wallMs }: Limits): { stop(): void; ended: Promise<never> } {
  const { isolate } = tenant;
  const before = isolate.cpuTime;
  let grace: NodeJS.Timeout | undefined;
  let timer: NodeJS.Timeout | undefined;
  let late: NodeJS.Timeout | undefined;
  const ended = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new LateError()), wallMs);
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
  ended.catch(() => {}); // Mostly nobody waits for it any more.
  const stop = () => {
    for (const each of [timer, grace, late]) clearTimeout(each);
  };
  return { stop, ended };
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
  const own = ['ce', 'buffer', 'modules', 'pristine', 'start'].map((name) =>
    readFileSync(new URL(`sandbox/${name}.js`, import.meta.url), 'utf8'),
  );
  const code = [`globalThis.__sources = {${factories.join(',\n')}};`, ...own];
  return ivm.Isolate.createSnapshot(code.map((part) => ({ code: part })));
}
