import * as show from './show.ts';

/** A client of the API as anybody would write it, that shows each request and each reply. */
export interface Client {
  /** Where the API is. */
  base: string;
  call<T = unknown>(method: string, path: string, options?: CallOptions): Promise<Answer<T>>;
}

export interface CallOptions {
  authorization?: string;
  json?: unknown;
  form?: FormData;
  /** What to show in place of a body that cannot be shown. */
  shown?: string;
  /** Status that is expected; anything else ends the demo. */
  status?: number;
}

export interface Answer<T> {
  body: T;
  headers: Headers;
}

const interesting = /^elements-/;

export function createClient(base: string): Client {
  return {
    base,
    async call(method, path, options = {}) {
      const { authorization, json, form, status = 200 } = options;
      show.request(
        method,
        path,
        options.shown ?? (json === undefined ? undefined : JSON.stringify(json, null, 2)),
      );
      const headers: Record<string, string> = {};
      if (authorization) headers['authorization'] = authorization;
      if (json !== undefined) headers['content-type'] = 'application/json';
      const body = form ?? (json === undefined ? null : JSON.stringify(json));
      const response = await fetch(base + path, { method, headers, body });
      const text = await response.text();
      const parsed = parse(text);
      const told = [...response.headers].filter(
        ([name]) => interesting.test(name) && name !== 'elements-request-id',
      );
      show.reply(
        response.status,
        Object.fromEntries(told),
        typeof parsed === 'string' ? parsed : JSON.stringify(abridge(parsed), null, 2),
      );
      if (response.status !== status) {
        throw new Error(`${method} ${path} answered ${response.status} where ${status} was expected`);
      }
      return { body: parsed as never, headers: response.headers };
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Long lists and long descriptions tell nothing on a terminal. */
function abridge(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) {
    const few = value.slice(0, 3).map((item) => abridge(item, depth + 1));
    return value.length > 3 ? [...few, `… ${value.length - 3} more`] : few;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const most = depth === 0 ? 30 : 8;
  const shown = entries.slice(0, most).map(([key, field]) => [key, abridge(field, depth + 1)]);
  if (entries.length > most) shown.push(['…', `${entries.length - most} more`]);
  return Object.fromEntries(shown);
}
