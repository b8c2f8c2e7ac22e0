export { createInstances } from './instances.ts';
export type { Instances, InstancesOptions } from './instances.ts';
export type { Connection } from './connections.ts';
export type { InstanceOutline } from './outline.ts';
export type { SettingRules } from './configuration.ts';
export type { CallWatch } from './call.ts';
