export { createOutbound } from './create.ts';
export { OutboundError, type OutboundErrorKind } from './errors.ts';
export type { Outbound, OutboundOptions, OutboundReply, OutboundRequest } from './outbound.ts';
export { readBuffer, readText } from './read.ts';
export { watchOutbound } from './watch.ts';
export type { Exchange } from './watch.ts';
