import type { Readable } from 'node:stream';
import { AppError } from '#kernel/error';
import { Type, authenticate, collectBody, rawBody, route, withRawBodies } from '#platform/http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from '#platform/http';
import type { EventDesk } from '../desk.ts';
import { webhookTooLarge } from '../errors.ts';
import { showEvent } from '../show.ts';
import type { Intake } from './intake.ts';
import { readPayload } from './payload.ts';
import type { WebhookCall } from './payload.ts';

/** Largest call of a provider. */
export const webhookLimitBytes = 1024 * 1024;

const elementKey = Type.String({ description: 'Key of the element', maxLength: 200 });
const instance = Type.String({ description: 'Id of the instance in base64', maxLength: 60 });

/** Where providers call us. They have no credentials of ours: what they send is trusted as far as it is signed. */
export function mountWebhooks(app: FastifyInstance, intake: Intake, desk: EventDesk): void {
  withRawBodies(app, (scope) => {
    for (const method of ['POST', 'GET'] as const) {
      const common = {
        method,
        access: 'public' as const,
        audit: 'none' as const,
        tags: ['Events'],
        description:
          'The reply comes when the events are stored. Handshakes of providers are answered; an HMAC of the body is checked where the element says how it is made.',
        failures: {
          401: 'The signature is missing or wrong',
          404: 'No instance takes these events',
          413: 'The call is larger than 1 MB, or tells of more than 1000 objects',
          503: 'Too many events of this customer at once; Retry-After says when to come again',
        },
      };
      route(scope, {
        ...common,
        path: '/events/:elementKey',
        operationId: `${method.toLowerCase()}WebhookOfElement`,
        summary:
          "A provider's webhook; the instances are in the header Element-Instances, or found by the element",
        schema: { params: Type.Object({ elementKey }) },
        handler: async (request, reply) => {
          const { elementKey: key } = request.params;
          // No element has a number for its key: an event is asked for by its id.
          if (method !== 'GET' || !/^-?\d+$/.test(key)) return take(intake, request, reply, key, undefined);
          const { event, deliveries } = await desk.event(await authenticate(request, 'user:any'), key);
          return reply.send(showEvent(event, deliveries));
        },
      });
      route(scope, {
        ...common,
        path: '/events/:elementKey/:encodedInstanceId',
        operationId: `${method.toLowerCase()}WebhookOfInstance`,
        summary:
          "A provider's webhook for one instance; with {elementKey}Polling and credentials, the result of a poll",
        schema: { params: Type.Object({ elementKey, encodedInstanceId: instance }) },
        handler: async (request, reply) => {
          const { elementKey: key, encodedInstanceId: id } = request.params;
          const polled = method === 'POST' ? /^(.+)Polling$/.exec(key)?.[1] : undefined;
          // Providers have no credentials of ours: who has some brings what a poll has found.
          if (polled === undefined || !request.headers.authorization)
            return take(intake, request, reply, key, id);
          const principal = await authenticate(request, 'user:createElementInstances');
          return reply.send(await intake.takePoll(principal, polled, id, await readCall(request)));
        },
      });
    }
  });
}

async function take(
  intake: Intake,
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
  encodedId: string | undefined,
): Promise<FastifyReply> {
  const done = await intake.take(key, encodedId, await readCall(request));
  if (done.kind === 'handshake') {
    const { body, contentType, headers } = done.answer;
    return reply.headers({ ...headers, 'content-type': contentType }).send(body);
  }
  // A script's text must not become a page of this origin.
  reply.header('x-content-type-options', 'nosniff');
  if (done.kind === 'taken') return reply.send(done.events);
  const status = done.status >= 200 && done.status <= 599 ? done.status : 200;
  const isText = typeof done.body === 'string';
  return reply
    .code(status)
    .type(isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8')
    .send(done.body ?? '');
}

async function readCall(request: FastifyRequest): Promise<WebhookCall> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
  // Whoever sends credentials of ours does not mean them for a script.
  delete headers['authorization'];
  delete headers['cookie'];
  const query = Object.fromEntries(new URLSearchParams(request.url.split('?')[1] ?? ''));
  const stream = rawBody(request);
  const body = stream ? await readLimited(stream) : Buffer.alloc(0);
  const payload = readPayload(headers['content-type'] ?? '', body, query);
  return { method: request.method, headers, query, body, payload };
}

async function readLimited(stream: Readable): Promise<Buffer> {
  try {
    return await collectBody(stream, webhookLimitBytes, () => webhookTooLarge(webhookLimitBytes));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('webhook-unreadable', 400, 'The body broke off before its end.', { cause: error });
  }
}
