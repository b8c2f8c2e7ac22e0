export { createClient } from './client.ts';
export type { Client, ClientOptions, RequestOptions } from './client.ts';
export { LigandError } from './error.ts';
export type { Element, ImportProblem, Instance, Login } from './shapes.ts';
