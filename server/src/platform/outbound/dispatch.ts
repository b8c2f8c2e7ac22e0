import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { toOutboundError } from './failure.ts';
import { ReplyBody } from './reply-body.ts';

export interface DispatchedReply {
  status: number;
  headers: Record<string, string | string[]>;
  body: ReplyBody;
}

/**
 * Sends one request and gives its reply as soon as its headers are here. What `request` of undici does, with a body that can be
 * taken whole.
 *
 * @throws OutboundError, or the signal's reason when it was aborted.
 */
export function dispatch(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { host, signal }: { host: string; signal: AbortSignal | undefined },
): Promise<DispatchedReply> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let body: ReplyBody | undefined;
    const abort = () => {
      if (body) return body.breakOff(signal?.reason as Error);
      reject(signal?.reason as Error);
      controller?.abort(signal?.reason as Error);
    };
    signal?.addEventListener('abort', abort);
    const end = () => signal?.removeEventListener('abort', abort);
    dispatcher.dispatch(options, {
      onRequestStart(given) {
        controller = given;
        if (signal?.aborted) given.abort(signal.reason as Error);
      },
      onResponseStart(given, status, headers) {
        if (status < 200) return;
        body = new ReplyBody(given, host);
        resolve({ status, headers: headers as DispatchedReply['headers'], body });
      },
      onResponseData: (_controller, piece) => body?.add(piece),
      onResponseEnd() {
        end();
        body?.finish();
      },
      onResponseError(_controller, error) {
        end();
        if (body) body.breakOff(error);
        else reject(toOutboundError(error, host) as Error);
        (options.body as Readable | null)?.destroy?.(error);
      },
    });
  });
}
