/** The part of a logger that modules use; a pino logger fits. Details first, then one sentence. */
export interface Log {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** For tests and tools that have nothing to tell. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
