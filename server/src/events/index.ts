export { createEvents } from './events.ts';
export { eventSettingRules } from './setting-rules.ts';
export { encodeId as encodeInstanceId } from './webhooks/find-instances.ts';
export type { Events, EventsOptions } from './events.ts';
export { defaultEventRetention } from './retention.ts';
export type { EventRetention } from './retention.ts';
