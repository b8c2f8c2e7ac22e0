import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ResourceCalls, stateOf } from './state.ts';

/** Sets who answers calls of paths that the platform shares with resources of elements. */
export function setResourceCalls(app: FastifyInstance, answer: ResourceCalls): void {
  stateOf(app).resourceCalls = answer;
}

/** Whether the Authorization header has an Element part. */
export function hasElementToken(request: FastifyRequest): boolean {
  return /(^|,)\s*element\s/i.test(request.headers.authorization ?? '');
}

/** Ends the request when it was one of a resource. */
export async function answerAsResource(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { resourceCalls } = stateOf(request.server);
  return resourceCalls && hasElementToken(request) ? resourceCalls(request, reply) : undefined;
}
