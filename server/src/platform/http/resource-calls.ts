import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ResourceCalls, stateOf } from './state.ts';

/** Sets who answers calls of paths that the platform shares with resources of elements. */
export function setResourceCalls(app: FastifyInstance, answer: ResourceCalls): void {
  stateOf(app).resourceCalls = answer;
}

/** By which a browser with a session says which account a call is for: it is not given the Element token. */
export const instanceIdHeader = 'elements-instance-id';

/** By which a page shows that it is the one to which the session was given. */
export const csrfHeader = 'ligand-csrf-token';

/** Whether the call is for a connected account: the Authorization header has an Element part, or a browser names one. */
export function namesInstance({ headers }: FastifyRequest): boolean {
  if (headers.authorization === undefined)
    return headers.cookie !== undefined && headers[instanceIdHeader] !== undefined;
  return /(^|,)\s*element\s/i.test(headers.authorization);
}

/** Ends the request when it was one of a resource. */
export async function answerAsResource(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { resourceCalls } = stateOf(request.server);
  return resourceCalls && namesInstance(request) ? resourceCalls(request, reply) : undefined;
}
