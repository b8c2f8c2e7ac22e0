export { openStorage } from './storage.ts';
export type { Database, DatabaseTransaction, Storage, StorageOptions } from './storage.ts';
export { toStorableJson } from './storable-json.ts';
export { startEmbeddedPostgres } from './embedded/start.ts';
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded/start.ts';
