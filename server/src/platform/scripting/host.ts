import { createHash, createHmac, getHashes } from 'node:crypto';
import ivm from 'isolated-vm';

/** What one run may ask of us. Callbacks carry texts and numbers only: nothing of Node gets inside. */
export interface Host {
  /** Takes a question; the answer comes by `deliver`. */
  post: ivm.Callback;
  crypto: ivm.Callback;
  /** How answers get inside; set before the script starts. */
  deliver: (question: number, answer: string) => void;
  /** Ends all waiting. */
  close(): void;
}

const mostTimers = 10_000;

export function createHost(ask: (request: string) => Promise<string>): Host {
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  const sleep = (ms: string) =>
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
        if (closed || timers.size > mostTimers) return;
        void (kind === 'fetch' ? ask(text) : sleep(text)).then((answer) => {
          if (!closed) host.deliver(question, answer);
        });
      },
      { ignored: true },
    ),
    crypto: new ivm.Callback(compute),
    deliver: () => {},
    close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
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
