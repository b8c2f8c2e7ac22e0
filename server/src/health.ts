import { Type, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import type { Storage } from '#platform/storage';

/** `GET /health`: 200 when calls can be served, 503 with the reason when not. */
export function mountHealth(app: FastifyInstance, storage: Pick<Storage, 'check'>, version: string): void {
  route(app, {
    method: 'GET',
    path: '/health',
    outsideApi: true,
    access: 'public',
    audit: 'none',
    summary: 'Whether the server is ready, or why not',
    tags: ['Operation'],
    schema: {
      response: {
        200: Type.Object({
          status: Type.String(),
          version: Type.String(),
          reason: Type.Optional(Type.String()),
        }),
      },
    },
    handler: async (_request, reply) => {
      try {
        await storage.check();
        return { status: 'ready', version };
      } catch (error) {
        reply.code(503);
        return { status: 'unavailable', version, reason: (error as Error).message };
      }
    },
  });
}
