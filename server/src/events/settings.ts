import type { Connection } from '#instances';

/** What an instance's `event.*` configuration says. */
export interface EventSettings {
  enabled: boolean;
  /** How changes are learned; webhook where nothing is said. */
  vendorType: 'webhook' | 'polling';
  callbackUrl: string | undefined;
  /** Key of `Elements-Webhook-Signature`; unsigned without one. */
  signatureKey: string | undefined;
  /** Secrets of the Standard Webhooks signature, the newest first. */
  webhookSecrets: string[];
  basic: { username: string; password: string } | undefined;
  /** More headers of each delivery. */
  headers: Record<string, string>;
  /** Whether changes of one object are delivered one after the other. */
  inOrder: boolean;
  /** Whether a delivery brings the records that changed, read when it is first tried. */
  hydrated: boolean;
}

/** Reads what was checked when it was stored. */
export function settingsOf({ configuration }: Pick<Connection, 'configuration'>): EventSettings {
  const value = (key: string) => configuration[key]?.trim() || undefined;
  const vendorType = value('event.vendor.type') ?? value('event.notification.type') ?? 'webhook';
  const username = value('event.notification.basic.username');
  return {
    enabled: value('event.notification.enabled') === 'true',
    vendorType: vendorType === 'polling' ? 'polling' : 'webhook',
    callbackUrl: callbackOf(value('event.notification.callback.url')),
    signatureKey: value('event.notification.signature.key'),
    webhookSecrets: (value('event.notification.webhook.secret') ?? '').split(/[\s,]+/).filter(Boolean),
    basic:
      username === undefined
        ? undefined
        : { username, password: configuration['event.notification.basic.password'] ?? '' },
    headers: readHeaders(value('event.notification.callback.headers') ?? ''),
    inOrder: value('event.notification.order') === 'object',
    hydrated: value('event.notification.hydrate') === 'true',
  };
}

/** Some definitions have `false` where they have no callback. */
function callbackOf(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) ? url : undefined;
}

/** A JSON object, or `Name: value` pairs with commas, semicolons or lines between them. */
export function readHeaders(text: string): Record<string, string> {
  if (/^\s*\{/.test(text)) {
    const given = JSON.parse(text) as Record<string, unknown>;
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [name.trim(), String(value)]));
  }
  const pairs = text.split(/\n|[,;](?=\s*[\w-]+\s*[:=])/).filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.search(/[:=]/);
      return at < 0 ? ['', ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}
