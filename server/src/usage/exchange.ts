import { parseJson, stringifyJson } from '#kernel/json';
import type { Exchange } from '#platform/outbound';
import { redact, redactText } from '#platform/telemetry';

/** What an exchange with a provider belongs to. */
export interface ExchangeOrigin {
  organizationId: number;
  accountId: number;
  /** Undefined while the account is being connected. */
  instanceId: number | undefined;
  elementKey: string;
  /** The call that it was made for. */
  requestId: string;
  traceTag: string | undefined;
}

export interface ExchangeRecord extends ExchangeOrigin {
  atMs: number;
  /** `ShownExchange` as JSON, or of a hook `ShownHook`. */
  content: string;
  isHook: boolean;
}

/** A request to a provider and its reply, as a customer may see them. */
export interface ShownExchange {
  method: string;
  url: string;
  durationMs: number;
  request: { headers: unknown; body?: string | undefined };
  /** Absent where there was no reply. */
  response?: { status: number; headers: unknown; body?: string | undefined } | undefined;
  failure?: string | undefined;
}

/** Of each body that is kept, so many bytes. */
export const keptBodyBytes = 8 * 1024;

/**
 * An exchange without secrets: what the one list of secret names hides, and everything in `secrets` wherever it stands.
 * The rest is the customer's data; it is sealed where it is stored.
 */
export function toExchangeRecord(
  origin: ExchangeOrigin,
  exchange: Exchange,
  secrets: readonly string[],
): ExchangeRecord {
  const hide = hider(secrets);
  const body = (text: string | undefined) => (text === undefined ? undefined : hide(withoutSecrets(text)));
  const headers = (given: object) => JSON.parse(hide(JSON.stringify(redact(given)))) as unknown;
  const shown: ShownExchange = {
    method: exchange.method,
    url: hide(shownUrl(exchange.url)),
    durationMs: Math.round(exchange.durationMs),
    request: { headers: headers(exchange.requestHeaders), body: body(exchange.requestBody) },
    response:
      exchange.status === undefined
        ? undefined
        : {
            status: exchange.status,
            headers: headers(exchange.replyHeaders),
            body: body(exchange.replyBody),
          },
    failure: exchange.failure === undefined ? undefined : hide(redactText(exchange.failure)),
  };
  return { ...origin, atMs: exchange.startedAtMs, content: JSON.stringify(shown), isHook: false };
}

/** A hook that has run, as it was told by the call. */
export interface HookOutput {
  name: string;
  when: string;
  startedAtMs: number;
  output: Record<string, unknown>;
}

/** What a hook gave to `done`, as a customer may see it. */
export interface ShownHook {
  name: string;
  when: string;
  /** JSON, cut where it is long. */
  output: string;
}

/** What a hook gave, without secrets, as with an exchange. */
export function toHookRecord(
  origin: ExchangeOrigin,
  { name, when, startedAtMs, output }: HookOutput,
  secrets: readonly string[],
): ExchangeRecord {
  const text = hider(secrets)(stringifyJson(redact(output)));
  const shown: ShownHook = {
    name,
    when,
    output: text.length > keptBodyBytes ? `${text.slice(0, keptBodyBytes)}…` : text,
  };
  return { ...origin, atMs: startedAtMs, content: JSON.stringify(shown), isHook: true };
}

/** The query is what somebody wants to see who looks at a log of requests: only values with a secret's name are hidden. */
function shownUrl(url: string): string {
  const at = url.indexOf('?');
  if (at === -1) return redactText(url);
  const pairs = [...new URLSearchParams(url.slice(at + 1))].map(([name, value]) => {
    const [shown] = Object.values(redact({ [name]: value }) as Record<string, string>);
    return `${name}=${shown}`;
  });
  return `${redactText(url.slice(0, at))}?${pairs.join('&')}`;
}

function withoutSecrets(text: string): string {
  if (!/^\s*[[{]/.test(text)) return redactText(text);
  try {
    return stringifyJson(redact(parseJson(text)));
  } catch {
    return redactText(text);
  }
}

const hidden = '[redacted]';
/** Shorter values stand everywhere by chance. */
const shortestSecret = 6;

/** Takes the account's own secrets out, as they are and as they stand in a URL, in JSON or behind Basic. */
function hider(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret.toWellFormed()),
      JSON.stringify(secret).slice(1, -1),
    ]);
  const longestFirst = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, secret) => rest.replaceAll(secret, hidden), text);
}
