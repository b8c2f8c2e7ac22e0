import ivm from 'isolated-vm';
import { type HostedRun, createHost } from './host.ts';

/**
 * A global in an isolate, made ready for one script. Runs of it follow each other there, each in a global that is as the
 * first one found it: one that is not runs nothing.
 */
export interface World {
  /** @returns the outcome as JSON; undefined when the run before has left something behind, and this one has not begun. */
  run(values: string, run: HostedRun): Promise<string | undefined>;
  /** Nothing runs in it any more. */
  release(): void;
}

export interface WorldOptions {
  isolate: ivm.Isolate;
  /** Gives the script as a function of its values. */
  program: ivm.Script;
  /** All values that it sees. */
  names: string[];
  endsByReturn: boolean;
  /** The body of the script, where more than one run is to be in it. */
  keptFor: string | undefined;
  /** Of the wall clock, and only of one entry; somebody else counts processor time. */
  timeoutMs: number;
}

type Enter = ivm.Reference<(question: number, text: string) => unknown>;

export async function createWorld(options: WorldOptions): Promise<World> {
  const { isolate, program, names, endsByReturn, keptFor, timeoutMs: timeout } = options;
  const host = createHost();
  const context = await isolate.createContext();
  const hook = (await program.run(context, { reference: true, timeout })) as ivm.Reference;
  const enter = (await context.evalClosure(
    'return __prepare($0, $1, $2, $3, $4, $5)',
    [host.post, host.crypto, hook.derefInto(), new ivm.ExternalCopy(names).copyInto(), endsByReturn, keptFor],
    { result: { reference: true }, timeout },
  )) as Enter;
  host.deliver = (question, answer) => {
    // A script that burns its time here ends the isolate; the run is told of that.
    enter.apply(undefined, [question, answer], { timeout }).catch(() => {
      if (!isolate.isDisposed) isolate.dispose();
    });
  };
  let isReleased = false;
  return {
    async run(values, run) {
      host.open(run);
      try {
        const outcome = enter.apply(undefined, [0, values], {
          result: { promise: true, copy: true },
          timeout,
        });
        return (await outcome) as string | undefined;
      } finally {
        host.close();
      }
    },
    release() {
      host.close();
      if (isolate.isDisposed || isReleased) return;
      isReleased = true;
      // Each keeps the global alive until our own collector happens to find it.
      for (const held of [hook, enter, context]) held.release();
    },
  };
}

/** Worlds in which nothing runs at the moment, each for one script: those that were used last. */
export class IdleWorlds {
  readonly #idle: { key: string; world: World }[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  take(key: string): World | undefined {
    const index = this.#idle.findLastIndex((one) => one.key === key);
    return index < 0 ? undefined : this.#idle.splice(index, 1)[0]?.world;
  }

  put(key: string, world: World): void {
    this.#idle.push({ key, world });
    if (this.#idle.length > this.#most) this.#idle.shift()?.world.release();
  }
}

/**
 * Names of what can leave something behind that nobody sees from outside: in prototypes and functions of the engine by other
 * means than assignment, in what libraries keep to themselves, or for later.
 */
const hidden =
  /\b(?:prototype|__\w+__|defineProperty|defineProperties|setPrototypeOf|getPrototypeOf|constructor|eval|Function|Reflect|WeakRef|FinalizationRegistry|callee|caller|import|lang|locale|updateLocale|defineLocale|relativeTime\w+|updateOffset|mixin|templateSettings|uniqueId|runInContext)\b/;

/** Whether a script may run again in a global in which it has run. What it may leave there openly is looked at after each run. */
export function leavesNothingHidden(body: string): boolean {
  return !hidden.test(body);
}
