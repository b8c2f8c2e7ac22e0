import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { errorBody } from './describe.ts';

/** Collects the OpenAPI document of the routes that are added from now on. */
export async function serveDocs(app: FastifyInstance, version: string): Promise<void> {
  app.addSchema(errorBody);
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Ligand', version } },
  });
}
