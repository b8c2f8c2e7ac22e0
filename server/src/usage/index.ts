export { createUsage } from './usage.ts';
export type { Usage, UsageOptions } from './usage.ts';
export type { CallStep, ConnectedAccount, HubCallDetails } from './call-record.ts';
export { keptBodyBytes } from './exchange.ts';
export type { ExchangeOrigin } from './exchange.ts';
export type { ExchangeLog, LoggedExchange } from './exchange-log.ts';
export { defaultRetention } from './retention.ts';
export type { Retention } from './retention.ts';
export { traceNotFound } from './errors.ts';
