import { createHmac, getHashes, timingSafeEqual } from 'node:crypto';
import type { Connection } from '#instances';
import { signatureInvalid } from '../errors.ts';
import type { Found } from './find-instances.ts';
import type { WebhookCall } from './payload.ts';

/** What a call's signature says of it: nothing can be said where it cannot be checked. */
type Verdict = { kind: 'fits' | 'unsigned' | 'unchecked' } | { kind: 'wrong'; why: string };

/**
 * Checks the provider's signature where the element says how it is made and the instance has the secret for it. Named
 * instances stand and fall together. Of those that were found by what the call says only those stay whose signature
 * fits, or whose element has none: anybody can have an instance with the same value, and its secret says nothing of the
 * others.
 *
 * @throws 401 when it is missing or wrong.
 */
export function keepSigned({ connections, areNamed }: Found, call: WebhookCall): Connection[] {
  const judged = connections.map((connection) => ({ connection, verdict: judge(connection, call) }));
  const wrong = judged.map(({ verdict }) => verdict).find((verdict) => verdict.kind === 'wrong');
  if (areNamed) {
    if (wrong) throw signatureInvalid(wrong.why);
    return connections;
  }
  const kept = judged.filter(({ verdict }) => verdict.kind === 'fits' || verdict.kind === 'unsigned');
  if (kept.length === 0)
    throw signatureInvalid(wrong?.why ?? 'No instance has the secret to check the signature.');
  return kept.map(({ connection }) => connection);
}

function judge({ element, configuration }: Connection, call: WebhookCall): Verdict {
  const signature = element.eventSignature;
  if (!signature) return { kind: 'unsigned' };
  const secret = configuration[signature.secretKey];
  if (!secret || !getHashes().includes(signature.algorithm)) return { kind: 'unchecked' };
  const given = call.headers[signature.header];
  if (given === undefined) return { kind: 'wrong', why: `The header ${signature.header} is missing.` };
  const digest = createHmac(signature.algorithm, secret).update(call.body).digest(signature.encoding);
  const expected = Buffer.from(signature.prefix + digest);
  const sent = Buffer.from(signature.encoding === 'hex' ? given.trim().toLowerCase() : given.trim());
  return sent.length === expected.length && timingSafeEqual(sent, expected)
    ? { kind: 'fits' }
    : { kind: 'wrong', why: `The signature in ${signature.header} does not fit the body.` };
}
