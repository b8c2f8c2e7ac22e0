import { createEngine } from './engine.ts';
import type { Limits } from './tenant.ts';
import { ScriptError } from './errors.ts';
import { collected } from './collected.ts';
import type { Order, Report } from './script-process.ts';

// The program of a process that runs scripts. It knows no secrets and reaches nothing but its parent.

const engine = createEngine(JSON.parse(process.argv[2] ?? '{}') as Limits);
const questions = new Map<string, (text: string) => void>();

const tell = collected((to: NodeJS.Process, reports: Report[]) => {
  const isLast = reports.some((report) => report.kind === 'failed' && report.isLast);
  if (to.connected) to.send?.(reports, undefined, undefined, () => isLast && end());
});

/** `process.exit` would wait for the scripts. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

let asked = 0;
function ask(id: number, text: string): Promise<string> {
  const question = ++asked;
  tell(process, { kind: 'ask', id, question, text });
  return new Promise((resolve) => questions.set(`${id} ${question}`, resolve));
}

async function work(order: Exclude<Order, { kind: 'answer' }>): Promise<void> {
  const { id } = order;
  try {
    const text =
      order.kind === 'run'
        ? await engine.run(order, (request) => ask(id, request))
        : await engine.check(order).then(() => '');
    tell(process, { kind: 'outcome', id, text });
  } catch (error) {
    const fault = error instanceof ScriptError ? error : new ScriptError('memory', '', String(error));
    const { kind, detail, line } = fault;
    // What cannot be stopped ends with the process; who else is at work in it is done again in the next.
    const isLast = engine.isStuck;
    tell(process, { kind: 'failed', id, fault: kind, detail, line, isLast });
  }
}

process.on('message', (orders: Order[]) => {
  for (const order of orders) take(order);
});

function take(order: Order): void {
  if (order.kind !== 'answer') {
    void work(order);
    return;
  }
  const key = `${order.id} ${order.question}`;
  questions.get(key)?.(order.text);
  questions.delete(key);
}

// It ends with its parent, and only then: a signal to the whole group must not end scripts that the parent waits for.
process.on('disconnect', end);
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
