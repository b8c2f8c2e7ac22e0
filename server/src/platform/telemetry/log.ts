import { type DestinationStream, type Logger, pino } from 'pino';
import { redact, redactText } from './redact.ts';

/** The log of the process. Details first, then one sentence; secrets are removed from both. */
export type Log = Logger;

export interface LogOptions {
  level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Standard output when it is not given. */
  destination?: DestinationStream;
}

/** Makes the log: one JSON object a line, redacted as a whole by the one list in `redact.ts`. */
export function createLog({ level = 'info', destination }: LogOptions = {}): Log {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      bindings: (bindings: object) => redact(bindings) as Record<string, unknown>,
      log: (details: object) => redact(details) as Record<string, unknown>,
    },
    serializers: { err: (error: unknown) => error, error: (error: unknown) => error },
    hooks: {
      // The sentence is not part of the details, so the formatter above never sees it.
      logMethod(this: Logger, args: unknown[], method: (...a: unknown[]) => void): void {
        method.apply(
          this,
          args.map((arg) => (typeof arg === 'string' ? redactText(arg) : arg)),
        );
      },
    },
  };
  return destination ? pino(options as never, destination) : pino(options as never);
}
