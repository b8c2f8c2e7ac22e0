export { createGateway } from './gateway.ts';
export type { Gateway, HubCall, HubReply } from './gateway.ts';
export { mountGateway } from './routes.ts';
