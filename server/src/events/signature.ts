import { createHmac } from 'node:crypto';
import type { EventSettings } from './settings.ts';

interface Message {
  /** The same for every attempt and every replay. */
  id: string;
  /** Seconds since 1970. */
  timestamp: number;
  body: string;
}

/**
 * Headers by which a receiver knows who has sent a delivery:
 * `Elements-Webhook-Signature`, as the hosted product computed it, and those of https://www.standardwebhooks.com, with one
 * signature for each secret so that secrets can be changed without a pause.
 */
export function signatureHeaders(
  { id, timestamp, body }: Message,
  { signatureKey, webhookSecrets }: Pick<EventSettings, 'signatureKey' | 'webhookSecrets'>,
): Record<string, string> {
  const headers: Record<string, string> = {
    'elements-webhook-id': id,
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
  };
  if (signatureKey !== undefined)
    headers['elements-webhook-signature'] = `sha256=${hmac(signatureKey, body)}`;
  if (webhookSecrets.length > 0) {
    const signatures = webhookSecrets.map(
      (secret) => `v1,${hmac(secretBytes(secret), `${id}.${timestamp}.${body}`)}`,
    );
    headers['webhook-signature'] = signatures.join(' ');
  }
  return headers;
}

/** What is wrong with a secret of the Standard Webhooks, or undefined. */
export function secretFault(secret: string): string | undefined {
  const size = /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret) ? secretBytes(secret).length : 0;
  return size >= 24 && size <= 64 ? undefined : "must be 'whsec_' and 24 to 64 bytes in base64";
}

function secretBytes(secret: string): Buffer {
  return Buffer.from(secret.slice('whsec_'.length), 'base64');
}

function hmac(key: string | Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64');
}
