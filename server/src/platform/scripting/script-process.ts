import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Log } from '#kernel/log';
import { collected } from './collected.ts';
import type { Job } from './engine.ts';
import type { Limits } from './tenant.ts';
import { ScriptError } from './errors.ts';
import type { ScriptErrorKind } from './errors.ts';

/** What a process is told, in lists: a job by its number, or the answer to a question of one. */
export type Order =
  | ({ kind: 'run'; id: number } & Job)
  | ({ kind: 'check'; id: number } & Omit<Job, 'bindings'>)
  | { kind: 'answer'; id: number; question: number; text: string };

/** What it tells, in lists. */
export type Report =
  | { kind: 'outcome'; id: number; text: string }
  | {
      kind: 'failed';
      id: number;
      fault: ScriptErrorKind;
      detail: string;
      line: number | undefined;
      /** The process ends by itself now. */
      isLast: boolean;
    }
  | { kind: 'ask'; id: number; question: number; text: string };

type Work = ({ kind: 'run' } & Job) | ({ kind: 'check' } & Omit<Job, 'bindings'>);

/** The process was ended by a script that it ran. */
export class ProcessEnded extends Error {
  /** Whether it was the tenant's own script, for nobody else was at work there. */
  readonly isAlone: boolean;

  constructor(isAlone: boolean) {
    super('The process that runs scripts has ended');
    this.isAlone = isAlone;
  }
}

/** A process that runs scripts: started when it is first needed, and again when it has ended. */
export interface ScriptProcess {
  /**
   * @param ask answers what the script asks of the world.
   * @returns the outcome as JSON, nothing for a check.
   * @throws ScriptError, or ProcessEnded.
   */
  do(work: Work, ask: (request: string) => Promise<string>): Promise<string>;
  /** Ends it as soon as nothing runs in it. */
  retire(): void;
  close(): Promise<void>;
}

interface Pending {
  work: Work;
  at: ChildProcess;
  ask(request: string): Promise<string>;
  resolve(text: string): void;
  reject(error: Error): void;
}

const program = fileURLToPath(new URL('child.ts', import.meta.url));

/** It may load our code and the engine, and nothing else: no file is written, no process started. */
const permissions = ['--permission', '--allow-fs-read=*', '--allow-addons', '--no-warnings'];

/** Heaps are small and mostly globals of past runs: marking them bit by bit is a fifth of what a global costs. */
const engineOptions = ['--no-incremental-marking'];

/** @param onEnded is told which tenants were at work when the process was ended. */
export function createScriptProcess(
  limits: Limits,
  log: Log,
  onEnded: (tenants: ReadonlySet<string>) => void,
): ScriptProcess {
  const pending = new Map<number, Pending>();
  let child: ChildProcess | undefined;
  let lastId = 0;
  let retired = false;
  let isClosing = false;

  function start(): ChildProcess {
    // Without our environment: there are secrets in it.
    const started = fork(program, [JSON.stringify(limits)], {
      serialization: 'advanced',
      env: {},
      execArgv: [...permissions, ...engineOptions],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    started.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
    started.on('message', (reports: Report[]) => {
      for (const report of reports) receive(started, report);
    });
    started.on('error', (error) => (said += error.message));
    // `close`, not `exit`: then it has said all.
    started.on('close', (code, signal) => {
      const isKnown = child !== started;
      if (!isKnown) child = undefined;
      const ended = [...pending].filter(([, { at }]) => at === started);
      if (ended.length === 0) return;
      // Whoever closes it ends it with all that it does.
      if (!isClosing)
        log.warn({ code, signal, said }, 'A script ended the process that ran it; a new one is started.');
      for (const [id] of ended) pending.delete(id);
      fail(
        ended.map(([, one]) => one),
        isKnown,
      );
    });
    started.unref();
    (started.stderr as unknown as { unref(): void } | null)?.unref();
    return started;
  }

  function fail(ended: Pending[], isKnown: boolean): void {
    const tenants = new Set(ended.map(({ work }) => work.tenant));
    if (!isKnown) onEnded(tenants);
    for (const one of ended) one.reject(new ProcessEnded(!isKnown && tenants.size === 1));
  }

  function receive(from: ChildProcess, report: Report): void {
    const one = pending.get(report.id);
    if (!one) return;
    if (report.kind === 'ask') {
      const { id, question, text } = report;
      void one.ask(text).then((answer) => {
        if (pending.has(id)) tell(from, { kind: 'answer', id, question, text: answer });
      });
      return;
    }
    pending.delete(report.id);
    if (pending.size === 0) rest();
    if (report.kind === 'failed' && report.isLast) {
      if (child === from) child = undefined;
      onEnded(new Set([one.work.tenant]));
    }
    if (report.kind === 'outcome') one.resolve(report.text);
    else one.reject(new ScriptError(report.fault, one.work.script.name, report.detail, report.line));
  }

  /** Nothing runs: this process may end without waiting for that one. */
  function rest(): void {
    child?.channel?.unref();
    if (retired) child?.kill('SIGKILL');
  }

  const tell = collected((to: ChildProcess, orders: Order[]) => {
    // It fails when the process has just ended, which `close` tells.
    to.send(orders, () => {});
  });

  return {
    do: (work, ask) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        const at = child?.connected ? child : start();
        child = at;
        at.channel?.ref();
        pending.set(id, { work, at, ask, resolve, reject });
        tell(at, { ...work, id });
      }),
    retire() {
      retired = true;
      if (pending.size === 0) rest();
    },
    async close() {
      isClosing = true;
      const running = child;
      if (!running) return;
      running.ref();
      const ended = new Promise((resolve) => running.once('close', resolve));
      running.kill('SIGKILL');
      await ended;
    },
  };
}
