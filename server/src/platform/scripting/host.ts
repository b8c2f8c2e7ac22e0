import { createHash, createHmac, getHashes } from 'node:crypto';
import ivm from 'isolated-vm';

/** What scripts of one global may ask of us. Callbacks carry texts and numbers only: nothing of Node gets inside. */
export interface Host {
  /** Takes a question; the answer comes by `deliver`. */
  post: ivm.Callback;
  crypto: ivm.Callback;
  /** How answers get inside; set before the script starts. */
  deliver: (question: number, answer: string) => void;
  /** A run begins. */
  open(run: HostedRun): void;
  /** It is over: nothing that it waits for is delivered any more. */
  close(): void;
}

export interface HostedRun {
  /** Asks the world for an HTTP reply; texts are JSON. */
  ask(request: string): Promise<string>;
  /** It has come as far as it can without an answer. */
  waits(): void;
}

const mostTimers = 10_000;

export function createHost(): Host {
  let run: (HostedRun & { timers: Set<NodeJS.Timeout> }) | undefined;

  const sleep = (timers: Set<NodeJS.Timeout>, ms: string) =>
    new Promise<string>((resolve) => {
      const timer = setTimeout(
        () => {
          timers.delete(timer);
          resolve('');
        },
        Math.min(Number(ms) || 0, 600_000),
      );
      timers.add(timer);
    });

  const host: Host = {
    post: new ivm.Callback(
      (kind: string, question: number, text: string) => {
        const asking = run;
        if (kind === 'waits') {
          asking?.waits();
          return;
        }
        if (!asking || asking.timers.size > mostTimers) return;
        void (kind === 'fetch' ? asking.ask(text) : sleep(asking.timers, text)).then((answer) => {
          if (asking === run) host.deliver(question, answer);
        });
      },
      { ignored: true },
    ),
    crypto: new ivm.Callback(compute),
    deliver: () => {},
    open({ ask, waits }) {
      run = { ask, waits, timers: new Set() };
    },
    close() {
      for (const timer of run?.timers ?? []) clearTimeout(timer);
      run = undefined;
    },
  };
  return host;
}

const algorithms = new Set(getHashes());

function compute(operation: string, ...values: string[]): string {
  const [first = '', second = '', third = '', fourth = ''] = values;
  switch (operation) {
    case 'md5':
      return createHash('md5').update(first).digest('hex');
    case 'b64':
      return Buffer.from(first).toString('base64');
    case 'decode64':
      return Buffer.from(first, 'base64').toString();
    case 'hmac':
      if (!algorithms.has(first)) throw new TypeError(`there is no hash '${first}'`);
      return createHmac(first, third)
        .update(fourth)
        .digest(second === 'base64' ? 'base64' : 'hex');
    default:
      throw new TypeError('no such operation');
  }
}
