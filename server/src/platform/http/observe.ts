import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CallDetails } from './call-details.ts';
import type { Principal } from './principal.ts';
import { type HttpState, stateOf } from './state.ts';

/** A call that is over, by a caller who is known. */
export interface ServedCall {
  requestId: string;
  method: string;
  /** As it was sent, with its query. */
  url: string;
  ip: string;
  /** 499 when the caller went away before the reply. */
  status: number;
  startedAtMs: number;
  /** To the end of the reply's body. */
  durationMs: number;
  principal: Principal;
  /** What the handler has told by `setDetails`. */
  details: CallDetails | undefined;
  /** What the reply says, where it tells of a failure. */
  failure: { message: string; providerMessage?: string } | undefined;
}

export type Observer = (call: ServedCall) => void;

/** Who learns of each call that is over. It is called where everybody waits, so it must be quick. */
export function setObserver(app: FastifyInstance, observer: Observer): void {
  stateOf(app).observer = observer;
}

/** Null takes back what was told before. */
export function setDetails(request: FastifyRequest, details: CallDetails | null): void {
  request.setDecorator('details', details);
}

const callerGone = 499;

/** By the response's `close`, which comes once, whole or broken off; Fastify tells nothing of a reply that is broken off. */
export function observeCalls(app: FastifyInstance, state: HttpState): void {
  app.decorateRequest('details', null);
  app.decorateRequest('failure', null);
  app.addHook('onRequest', (request, { raw }, done) => {
    if (state.observer) {
      const begun = performance.now();
      // A connection that is closed does not know any more whose it was.
      const { ip } = request;
      raw.once('close', () =>
        tell(state, request as FastifyRequest & Seen, ip, raw, performance.now() - begun),
      );
    }
    done();
  });
}

interface Seen {
  principal: Principal | null;
  details: CallDetails | null;
  failure: ServedCall['failure'] | null;
}

function tell(
  { observer, log }: HttpState,
  request: FastifyRequest & Seen,
  ip: string,
  { writableFinished, statusCode }: FastifyReply['raw'],
  durationMs: number,
): void {
  const { principal, details, failure } = request;
  if (!observer || !principal) return;
  try {
    observer({
      requestId: request.id,
      method: request.method,
      url: request.raw.url ?? '',
      ip,
      status: writableFinished ? statusCode : callerGone,
      startedAtMs: Date.now() - durationMs,
      durationMs,
      principal,
      details: details ?? undefined,
      failure: failure ?? undefined,
    });
  } catch (error) {
    log.error({ err: error, requestId: request.id }, 'A call could not be observed');
  }
}
