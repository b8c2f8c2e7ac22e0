export { createLog, type Log, type LogOptions } from './log.ts';
export { redact } from './redact.ts';
