import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProviderError } from './errors.ts';
import { Failure, bodyOf } from './failure.ts';
import type { AccountData } from './model.ts';
import type { Provider } from './simulator.ts';
import type { State } from './state.ts';

export type BodyKind = 'json' | 'form' | 'multipart';

/** One call of an operation, after the gateway let it through. */
export interface Call {
  state: State;
  data: AccountData;
  params: Record<string, string>;
  query: Record<string, string>;
  /** Parsed JSON, or the fields of a form. */
  body: unknown;
  files: Record<string, UploadedFile>;
  reply: FastifyReply;
  nowMs: number;
}

export interface UploadedFile {
  filename: string;
  content: Buffer;
}

export interface Operation {
  /** Query parameters that the provider documents; any other is refused. */
  query?: readonly string[];
  /** Kinds of body that it takes; none where it is absent. */
  body?: readonly BodyKind[];
  handle: (call: Call) => unknown;
}

export type Surface = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, operation: Operation) => void;

const contentTypes: Record<BodyKind, string> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
};

/** Looks at what a call brings before its operation does: parameters, content type, parts. */
export function createSurface({ app, state, nowMs }: Provider): Surface {
  return (method, url, operation) => {
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      checkParameters(request, operation.query ?? []);
      const { body, files } = await readBody(request, operation.body);
      const params = request.params as Record<string, string>;
      const query = request.query as Record<string, string>;
      const { account: data } = state;
      const call = { state, data, params, query, body, files, reply, nowMs: nowMs() };
      return operation.handle(call);
    };
    app.route({
      method,
      url,
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        try {
          const result = await handler(request, reply);
          if (typeof result === 'string') return result;
          return await reply
            .header('content-type', 'application/json;charset=UTF-8')
            .send(JSON.stringify(result));
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          throw new ProviderError(error.status, bodyOf(request.url.split('?', 1)[0] ?? '/', error));
        }
      },
    });
  };
}

function checkParameters(request: FastifyRequest, allowed: readonly string[]): void {
  for (const [name, value] of Object.entries(request.query as Record<string, unknown>)) {
    if (!allowed.includes(name)) throw new Failure(400, 10122, `Unknown parameter - ${name}`);
    if (typeof value !== 'string') throw new Failure(400, 10122, `Parameter given twice - ${name}`);
  }
}

async function readBody(request: FastifyRequest, kinds: readonly BodyKind[] | undefined) {
  if (!kinds) return { body: undefined, files: {} };
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (!kinds.some((kind) => contentTypes[kind] === type)) {
    const wanted = kinds.map((kind) => contentTypes[kind]).join(' or ');
    throw new Failure(415, 415, `Content type '${type}' not supported; send ${wanted}`);
  }
  return type === contentTypes.multipart ? readParts(request) : { body: request.body, files: {} };
}

async function readParts(request: FastifyRequest) {
  const body: Record<string, string> = {};
  const files: Record<string, UploadedFile> = {};
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      files[part.fieldname] = { filename: part.filename, content: await part.toBuffer() };
    } else {
      body[part.fieldname] = String(part.value);
    }
  }
  return { body, files };
}

/** The body as an object, or the failure that the provider gives for anything else. */
export function fieldsOf({ body }: Call): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Failure(400, 10120, 'Invalid or missing request body');
  }
  return body as Record<string, unknown>;
}

/** Fields of the body as texts, refusing those that the provider does not know. */
export function textsOf(call: Call, known: readonly string[]): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(fieldsOf(call))) {
    if (!known.includes(name)) throw new Failure(400, 10122, `Unknown parameter - ${name}`);
    texts[name] = toText(value);
  }
  return texts;
}

export function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

/** Ids of new things count up, so that two runs give the same ones. */
export function nextNumber(data: AccountData): number {
  data.lastNumber += 1;
  return data.lastNumber;
}
