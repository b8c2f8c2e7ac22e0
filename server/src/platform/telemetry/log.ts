import { format } from 'node:util';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { redact, redactText } from './redact.ts';

/** The log of the process. Details first, then one sentence; secrets are removed from both. */
export type Log = Logger;

export interface LogOptions {
  level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** Standard output when it is not given. */
  destination?: DestinationStream;
}

/** Makes the log: one JSON object a line, redacted as a whole by the one list in `redact.ts`. */
export function createLog({ level = 'info', destination }: LogOptions = {}): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      log: (details) => redact(details) as Record<string, unknown>,
    },
    // Errors are written by `redact`; pino's own way would show their fields as they are.
    serializers: { err: (error: unknown) => error },
    hooks: {
      logMethod(args, method) {
        method.apply(this, toDetailsAndSentence(args) as Parameters<typeof method>);
      },
    },
  };
  // Not sync: a slow reader of our output must not slow down the calls. What is left is written at exit.
  const log = pino(options, destination ?? pino.destination({ sync: false }));
  // Children leave the formatters out for their bindings. They inherit this method.
  const child = log.child;
  log.child = function (this: Log, bindings: object, ...more: []) {
    return child.call(this, redact(bindings) as object, ...more) as never;
  } as typeof log.child;
  return log;
}

/** The sentence is formatted before it is redacted: `token=%s` is harmless, what it becomes is not. */
function toDetailsAndSentence(args: readonly unknown[]): [object, string?] {
  const [first, ...rest] = args;
  if (typeof first === 'string') return [{}, sentence([first, ...rest])];
  const details = first instanceof Error ? { err: first } : ((first ?? {}) as { err?: unknown });
  if (rest.length > 0) return [details, sentence(rest)];
  return details.err instanceof Error ? [details, redactText(details.err.message)] : [details];
}

function sentence([text, ...values]: unknown[]): string {
  const shown = values.map((value) => (typeof value === 'object' ? redact(value) : value));
  return redactText(format(text, ...shown));
}
