import type { Readable } from 'node:stream';
import { AppError } from '#kernel/error';
import {
  Type,
  apiBase,
  authenticate,
  authenticateIfAny,
  csrfHeader,
  instanceIdHeader,
  integerText,
  namesInstance,
  pageOnly,
  rawBody,
  route,
  setDetails,
  setResourceCalls,
  withRawBodies,
} from '#platform/http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from '#platform/http';
import type { Principal } from '#accounts';
import { belowHub } from '#elements';
import type { Hubs } from '#elements';
import type { CallStep, HubCallDetails, Usage } from '#usage';
import type { Gateway, HubCall, HubWatch } from './gateway.ts';
import { readBody } from './read-body.ts';
import type { ReadBody } from './read-body.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/**
 * Hub calls: `/hubs/{hub}/…`, whatever the hub is called, and the same without `/hubs/{hub}` wherever the platform
 * has no path of its own.
 */
export function mountGateway(
  app: FastifyInstance,
  gateway: Gateway,
  hubs: HubElements,
  usage: Pick<Usage, 'admit'>,
): void {
  const answer = createAnswer(gateway, usage);
  setResourceCalls(app, (request, reply) => answerIfResource(gateway, answer, request, reply));
  withRawBodies(app, (scope) => {
    mountHubElements(scope, answer, hubs);
    mountObjects(scope, gateway, answer);
    for (const method of methods) {
      route(scope, {
        method,
        path: '/hubs/:hub/*',
        access: 'element:any',
        audit: 'none',
        summary: `${method} a resource of the connected account`,
        description: "Which resources there are is the element's to say. The hub's name is not looked at.",
        tags: ['Hubs'],
        operationId: `${method.toLowerCase()}HubResource`,
        failures: {
          413: 'The body is larger than may be mapped',
          429: "The provider's limit for this account; Retry-After says how long to wait",
          502: 'The provider failed, could not be reached or could not be understood',
        },
        handler: answer,
      });
      route(scope, {
        method,
        path: '/*',
        access: 'element:any',
        audit: 'none',
        summary: `${method} a resource of the connected account, without naming a hub`,
        tags: ['Hubs'],
        undocumented: true,
        handler: answer,
      });
    }
  });
}

type HubElements = Pick<Hubs, 'pageOfViews'>;

/**
 * The platform and an account's resources share this path: with an Element token a resource `/elements` of that
 * account answers, else it lists the elements of the hub.
 */
function mountHubElements(scope: FastifyInstance, answer: Answer, hubs: HubElements): void {
  route(scope, {
    method: 'GET',
    path: '/hubs/:hub/elements',
    access: 'public', // who calls is found out below, since there are two ways
    audit: 'none',
    summary: 'The elements of a hub',
    tags: ['Hubs'],
    schema: {
      params: Type.Object({ hub: Type.String({ description: 'Key of the hub' }) }),
      querystring: pageOnly,
      response: { 200: Type.Array(Type.Object({}, { additionalProperties: true })) },
    },
    handler: async (request, reply) => {
      const isOfAccount = namesInstance(request);
      const access = isOfAccount ? 'element:any' : 'user:viewElements';
      const principal = await authenticateIfAny(request, access);
      if (isOfAccount && principal) {
        request.setDecorator('principal', principal);
        try {
          return await answer(request as typeof request & { principal: Principal }, reply);
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'resource-unknown') throw error;
          reply.removeHeader('elements-element-instance-id');
          setDetails(request, null);
        }
      }
      const query = request.query as Record<string, string>;
      const { rows, headers } = await hubs.pageOfViews(request.params.hub, principal, query);
      reply.headers(headers);
      return rows as Record<never, never>[];
    },
  });
}

const objectName = Type.String({ description: 'Name of an object, such as contacts' });

/** What the hub calls of every account tell of its objects, for an account named by its id or by the Element token. */
function mountObjects(scope: FastifyInstance, gateway: Gateway, answer: Answer): void {
  const common = { method: 'GET' as const, audit: 'none' as const, tags: ['Instances'] };
  for (const [below, params, summary] of [
    ['/objects', {}, 'The names of the objects that a connected account has'],
    ['/objects/:objectName/metadata', { objectName }, 'The fields of an object'],
    ['/objects/:objectName/docs', { objectName }, 'Swagger 2.0 of an object'],
  ] as const) {
    route(scope, {
      ...common,
      path: `/instances${below}`,
      access: 'element:any',
      summary: `${summary}, of the account that the Element token names`,
      schema: { params: Type.Object(params) },
      handler: (request, reply) =>
        answer(request, reply, rawBody(request), pathOf(request.url).replace('/instances', '')),
    });
    route(scope, {
      ...common,
      path: `/instances/:id${below}`,
      access: 'user:any',
      summary,
      schema: { params: Type.Object({ id: Type.String(integerText), ...params }) },
      handler: async (request, reply) => {
        const principal = await gateway.asInstance(request.principal, Number(request.params.id));
        const path = pathOf(request.url).replace(/^\/instances\/[^/]*/, '');
        return answer(Object.assign(request, { principal }), reply, rawBody(request), path);
      },
    });
  }
}

/**
 * The platform and elements share some paths, such as `/accounts`. A token of an account whose element has the resource
 * makes it a hub call; any other token, a dead one too, does not matter there.
 */
async function answerIfResource(
  gateway: Gateway,
  answer: Answer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { method } = request;
  try {
    const principal = await authenticate(request, 'element:any');
    if (!(await gateway.offers({ principal, method, path: pathOf(request.url) }))) return undefined;
    request.setDecorator('principal', principal);
  } catch (error) {
    if (error instanceof AppError) return undefined; // the platform's own check will say what is wrong
    throw error;
  }
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  const body = hasBody ? request.raw : undefined;
  return answer(request as typeof request & { principal: Principal }, reply, body);
}

type Answer = (
  request: FastifyRequest & { principal: Principal },
  reply: FastifyReply,
  stream?: Readable,
  path?: string,
) => Promise<FastifyReply>;

function createAnswer(gateway: Gateway, usage: Pick<Usage, 'admit'>): Answer {
  return async (request, reply, stream = rawBody(request), path = pathOf(request.url)) => {
    let read: ReadBody | undefined;
    const headers = plainHeaders(request.headers);
    const call: HubCall & { principal: Principal } = {
      principal: request.principal,
      method: request.method,
      path,
      query: queryOf(request.url),
      headers,
      async readBody() {
        read = await readBody(stream, headers);
        return read.body;
      },
    };
    try {
      const answered = await gateway.handle(call, watchOf(request, reply, usage));
      reply.headers(answered.headers);
      return reply.send(answered.body);
    } finally {
      await read?.close();
    }
  };
}

/** Gathers for usage what becomes of a call, and asks it whether the account may make one more. */
function watchOf(
  request: Parameters<Answer>[0],
  reply: FastifyReply,
  { admit }: Pick<Usage, 'admit'>,
): HubWatch {
  const details: HubCallDetails = {
    connected: undefined,
    passed: false,
    providerStatus: undefined,
    providerMs: 0,
    providerCalls: 0,
    steps: [],
  };
  setDetails(request, details);
  return {
    requestId: request.id,
    connected({ instance, element }) {
      reply.header('elements-element-instance-id', String(instance.id));
      // Some calls make others of the same account; together they are one.
      if (details.connected) return;
      details.connected = {
        instanceId: instance.id,
        elementKey: element.key,
        elementName: element.name,
        hub: element.hub,
        tags: instance.tags,
      };
      admit(instance.accountId);
      details.passed = true;
    },
    exchanged({ method, url, status, startedAtMs, durationMs }) {
      details.providerStatus = status;
      details.providerMs += durationMs;
      details.providerCalls++;
      addStep(details, {
        kind: 'provider',
        // Paths of some providers have secrets in them.
        name: `${method} ${hostOf(url)}`.trim(),
        startedAtMs,
        durationMs,
        status,
        outcome: status === undefined ? 'failed' : 'done',
      });
    },
    // What it gave is the customer's data, which is kept only while the account's log is open.
    hookRan: ({ name, when, startedAtMs, durationMs, outcome }) =>
      addStep(details, { kind: 'hook', name, when, startedAtMs, durationMs, outcome }),
  };
}

/** Host and port as they are written, where nothing about the URL is unusual; the parser costs some microseconds. */
const usual = /^https?:\/\/([a-z\d.-]+(?::\d+)?)(?:[/?#]|$)/;

function hostOf(url: string): string {
  return usual.exec(url)?.[1] ?? URL.parse(url)?.host ?? '';
}

/** Calls of all pages of a list may have thousands. */
const mostSteps = 50;

function addStep({ steps }: HubCallDetails, step: CallStep): void {
  if (steps.length < mostSteps) steps.push(step);
}

function pathOf(url: string): string {
  const path = (url.split('?', 1)[0] ?? '').slice(apiBase.length);
  return belowHub(path);
}

function queryOf(url: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  const at = url.indexOf('?');
  if (at === -1) return query;
  for (const [name, value] of new URLSearchParams(url.slice(at + 1))) {
    const before = Object.hasOwn(query, name) ? query[name] : undefined;
    query[name] = before === undefined ? value : [before, value].flat();
  }
  return query;
}

const ownHeaders = new Set(['authorization', 'cookie', csrfHeader, instanceIdHeader]);

/** Credentials are not for definitions to pass on. */
function plainHeaders(headers: FastifyRequest['headers']): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || ownHeaders.has(name)) continue;
    plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}
