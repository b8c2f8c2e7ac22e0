import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { toOutboundError } from './failure.ts';
import type { OutboundReply } from './outbound.ts';
import { ReplyBody } from './reply-body.ts';

/**
 * Sends one request and gives its reply as soon as its headers are here. What `request` of undici does, with a body that can be
 * taken whole. A signal ends what is still underway: a reply that is here whole may still be read.
 *
 * @throws OutboundError, or the signal's reason when it was aborted.
 */
export function dispatch(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { host, signal }: { host: string; signal: AbortSignal | undefined },
): Promise<OutboundReply> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let body: ReplyBody | undefined;
    const fail = (error: Error) => {
      reject(error);
      // Nobody listens to it any more, and an error that nobody hears ends the process.
      if (options.body instanceof Readable) options.body.on('error', () => {}).destroy(error);
    };
    const abort = () => {
      const reason = signal?.reason as Error;
      if (body) return body.breakOff(reason);
      fail(reason);
      controller?.abort(reason);
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
        resolve({ status, headers: headers as OutboundReply['headers'], body });
      },
      onResponseData: (_controller, piece) => body?.add(piece),
      onResponseEnd() {
        end();
        body?.finish();
      },
      onResponseError(_controller, error) {
        end();
        body?.breakOff(error);
        fail(toOutboundError(error, host) as Error);
      },
    });
  });
}
