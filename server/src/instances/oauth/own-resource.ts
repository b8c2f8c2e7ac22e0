import { parseJson, toText } from '#kernel/json';
import { readText } from '#platform/outbound';
import type { Calls, CallReply, Target } from '#calls';
import type { Resource } from '#elements';
import { tokenCallFailed } from '../errors.ts';
import { toTokens } from './token-call.ts';
import type { TokenSet } from './token-call.ts';

export type OwnResult =
  { kind: 'tokens'; tokens: TokenSet } | { kind: 'refused'; providerMessage: string | undefined };

const replyLimitBytes = 1024 * 1024;

/**
 * Runs a resource of the definition that gets or renews credentials. What the caller brought (`code` and the like) is
 * found wherever a row looks: as a query parameter, a field of the body, a configuration key. What its rows and hooks
 * store is kept; of a reply whose token nobody took, the fields of RFC 6749 §5.1 are.
 *
 * @throws 502 when the provider fails.
 */
export async function runTokenResource(
  calls: Calls,
  resource: Resource,
  target: Target,
  given: Record<string, unknown>,
  nowMs: number,
): Promise<OwnResult> {
  const texts = Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, toText(value)]),
  );
  const input = {
    method: resource.method,
    path: resource.path,
    pathVariables: texts,
    query: texts,
    headers: {},
    body: { kind: 'json' as const, value: given, text: JSON.stringify(given) },
  };
  const reply = await calls.execute(resource, input, {
    ...target,
    configuration: { ...texts, ...target.configuration },
  });
  const body = await readBody(reply);
  if (reply.error) {
    const said = reply.error.message ?? reply.error.providerMessage;
    if (reply.status >= 500 || reply.status === 429)
      throw tokenCallFailed(target.element.name, reply.status, said);
    return { kind: 'refused', providerMessage: said };
  }
  const stored = { ...reply.configuration };
  const taken = 'oauth.user.token' in stored ? {} : takeTokens(body, nowMs);
  return { kind: 'tokens', tokens: { 'oauth.user.refresh_time': String(nowMs), ...taken, ...stored } };
}

function takeTokens(body: unknown, nowMs: number): TokenSet {
  if (typeof body !== 'object' || body === null) return {};
  const fields = body as Record<string, unknown>;
  if (typeof fields['access_token'] === 'string') return toTokens(fields, nowMs);
  const { oauth_token: token, oauth_token_secret: secret } = fields;
  if (typeof token !== 'string' || typeof secret !== 'string') return {};
  return { 'oauth.user.token': token, 'oauth.user.token.secret': secret };
}

async function readBody({ body }: CallReply): Promise<unknown> {
  if (body.kind === 'json') return body.value;
  const text =
    body.kind === 'stream'
      ? await readText(body.stream, replyLimitBytes)
      : body.kind === 'text'
        ? body.text
        : '';
  try {
    return parseJson(text);
  } catch {
    // Some providers answer form-encoded in spite of the standard.
    return Object.fromEntries(new URLSearchParams(text.trim()));
  }
}
