import { createHmac, getHashes, timingSafeEqual } from 'node:crypto';
import type { Connection } from '#instances';
import { signatureInvalid } from '../errors.ts';
import type { WebhookCall } from './payload.ts';

/**
 * Checks the provider's signature where the element says how it is made and the instance has the secret for it.
 *
 * @throws 401 when it is missing or wrong.
 */
export function verifySignature({ element, configuration }: Connection, call: WebhookCall): void {
  const signature = element.eventSignature;
  const secret = signature && configuration[signature.secretKey];
  if (!signature || !secret || !getHashes().includes(signature.algorithm)) return;
  const given = call.headers[signature.header];
  if (given === undefined) throw signatureInvalid(`The header ${signature.header} is missing.`);
  const digest = createHmac(signature.algorithm, secret).update(call.body).digest(signature.encoding);
  const expected = Buffer.from(signature.prefix + digest);
  const sent = Buffer.from(signature.encoding === 'hex' ? given.trim().toLowerCase() : given.trim());
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected))
    throw signatureInvalid(`The signature in ${signature.header} does not fit the body.`);
}
