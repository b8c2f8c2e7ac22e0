import { createHash, createHmac, getHashes } from 'node:crypto';
import ivm from 'isolated-vm';
import type { ScriptFetch } from './scripting.ts';

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

const mostFetches = 200;
const mostTimers = 10_000;

export function createHost(fetch: ScriptFetch | undefined): Host {
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;
  let fetches = 0;

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

  const ask = async (text: string): Promise<string> => {
    if (!fetch) return JSON.stringify({ error: 'this script may not call out' });
    if (++fetches > mostFetches) return JSON.stringify({ error: 'the script makes too many calls' });
    try {
      return JSON.stringify(await fetch(JSON.parse(text) as Parameters<ScriptFetch>[0]));
    } catch (error) {
      return JSON.stringify({ error: error instanceof Error ? error.message : 'the call failed' });
    }
  };

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
