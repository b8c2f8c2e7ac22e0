import type { Operation } from './operations.ts';

/** `index.js` of the package: a table of the operations, and the few lines that call them. */
export function writeCode(operations: Operation[], hub: string): string {
  const rows = operations.map(({ name, method, path }) => JSON.stringify([name, method, path]));
  return `// Each call: its name, its method, its path below the hub.
const operations = [
  ${rows.join(',\n  ')},
];
const hub = ${JSON.stringify(`/elements/api-v2/hubs/${encodeURIComponent(hub)}`)};
${runtime}`;
}

const runtime = `
export class ElementError extends Error {
  constructor(status, body) {
    super(body.message ?? 'The call failed with status ' + status + '.');
    this.name = 'ElementError';
    this.status = status;
    this.providerMessage = body.providerMessage;
    this.requestId = body.requestId;
  }
}

export function createClient(options) {
  const calls = operations.map(([name, method, path]) => [
    name,
    async (call = {}) => send(options, method, fillPath(path, call.path ?? {}), call),
  ]);
  return Object.fromEntries(calls);
}

export async function* each(call, options = {}) {
  let query = options.query;
  for (;;) {
    let nextPage;
    const onHeaders = (headers) => {
      nextPage = headers.get('elements-next-page-token');
      options.onHeaders?.(headers);
    };
    yield* await call({ ...options, query, onHeaders });
    if (!nextPage) return;
    query = { ...options.query, nextPage };
  }
}

async function send({ baseUrl, userSecret, elementToken, fetch = globalThis.fetch }, method, path, call) {
  const headers = new Headers({
    accept: 'application/json, */*;q=0.5',
    authorization: 'User ' + userSecret + ', Element ' + elementToken,
  });
  if (call.json !== undefined) headers.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(call.headers ?? {})) if (value !== undefined) headers.set(name, value);
  const reply = await fetch(baseUrl.replace(/\\/+$/, '') + hub + path + toQuery(call.query), {
    method,
    headers,
    body: call.json === undefined ? call.body : JSON.stringify(call.json),
    signal: call.signal,
  });
  if (!reply.ok) throw new ElementError(reply.status, readJson(await reply.text()));
  call.onHeaders?.(reply.headers);
  // What is no JSON, such as a file, is for the caller to read.
  const type = reply.headers.get('content-type');
  if (type !== null && !/[/+]json\\b/.test(type)) return reply;
  const text = await reply.text();
  return text === '' ? undefined : JSON.parse(text);
}

function readJson(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

function fillPath(template, values) {
  return template.replaceAll(/\\{([^{}]+)\\}/g, (_all, name) => {
    const text = String(values[name] ?? '');
    if (text === '' || text === '.' || text === '..') throw new TypeError("The path " + template + " needs '" + name + "'.");
    return encodeURIComponent(text);
  });
}

function toQuery(query = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of [value].flat()) if (one !== undefined && one !== null) parameters.append(name, String(one));
  const text = parameters.toString();
  return text === '' ? '' : '?' + text;
}
`;
