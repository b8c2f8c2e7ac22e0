import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#kernel/error';
import { newRequestId } from '#kernel/id';
import type { Log } from '#kernel/log';

/** What a failure looks like to the caller. */
export interface Failure {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: { requestId: string; message: string; providerMessage?: string };
  /** True when the caller cannot mend it, so the cause belongs into the log. */
  unexpected: boolean;
}

/** Turns anything that was thrown into a reply; the cause of an unexpected failure is never shown. */
export function toFailure(error: unknown, requestId: string): Failure {
  if (error instanceof AppError) {
    const { status, headers, message, providerMessage } = error;
    const body = { requestId, message, ...(providerMessage !== undefined && { providerMessage }) };
    return { status, headers, body, unexpected: status === 500 };
  }
  const status = (error as Partial<FastifyError> | null)?.statusCode;
  if (isFastifyError(error) && status !== undefined && status >= 400 && status < 500) {
    return { status, headers: {}, body: { requestId, message: fastifySentence(error) }, unexpected: false };
  }
  const message = `Something went wrong on our side. Please try again, and quote the request id ${requestId} when you report it.`;
  return { status: 500, headers: {}, body: { requestId, message }, unexpected: true };
}

/** Sends a failure as the reply to a request, and logs what the caller must not see. */
export function replyWithFailure(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): Failure {
  const failure = toFailure(error, request.id);
  const about = { requestId: request.id, err: error };
  if (failure.unexpected) log.error(about, 'A request failed unexpectedly');
  else if (error instanceof AppError && error.status > 500 && error.cause !== undefined)
    log.warn(about, error.message);
  // A handler may have announced another kind of body before it failed.
  reply.removeHeader('content-length').removeHeader('content-encoding').removeHeader('content-disposition');
  // The framework closes the connection on a body that it does not take: who still sends it would never see this reply.
  reply.removeHeader('connection');
  void reply
    .code(failure.status)
    .header('content-type', 'application/json; charset=utf-8')
    .headers(failure.headers)
    .send(JSON.stringify(failure.body));
  return failure;
}

/** A reply to something that is not HTTP enough to become a request: written to the socket itself. */
export function replyToBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.destroyed) {
    socket.destroy();
    return;
  }
  const [status, message] = brokenRequests[error.code ?? ''] ?? [400, 'The request is not valid HTTP/1.1.'];
  const requestId = newRequestId();
  const body = JSON.stringify({ requestId, message });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `elements-request-id: ${requestId}`,
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

// An import of all of node:http makes Node load a WebSocket client of its own: a tenth of a start.
const { STATUS_CODES } = process.getBuiltinModule('node:http');

const brokenRequests: Record<string, [number, string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers of the request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The chunk extensions of the request are too large.'],
};

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && String((error as { code?: unknown }).code).startsWith('FST_');
}

function fastifySentence(error: FastifyError): string {
  return sentences[error.code] ?? `The request was refused: ${error.message}`;
}

const sentences: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'The request body is larger than this path accepts.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE:
    'The content type of the request is not supported here. Please send application/json.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The length of the request body is not the announced content-length.',
  FST_ERR_BAD_URL: 'The path of the request is not a valid URL: please check its percent-encoding.',
  FST_ERR_MAX_PARAM_LENGTH: 'A part of the path is too long.',
};
