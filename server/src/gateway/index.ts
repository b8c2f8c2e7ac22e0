export { createGateway } from './gateway.ts';
export type { Gateway } from './gateway.ts';
export { mountGateway } from './routes.ts';
