import type { Element } from '#elements';
import { abridgeElement, firstCustomerId } from '#elements';
import { isSecret, maskConfiguration } from './secret.ts';

/** An instance as it is stored, its secrets in the clear: never leaves this module unmasked. */
export interface Instance {
  id: number;
  organizationId: number;
  accountId: number;
  userId: number;
  elementId: number;
  elementKey: string;
  name: string;
  tags: string[];
  token: string;
  /** What the caller gave and the platform learned, by key; no defaults. */
  configuration: Record<string, string>;
  credentialsVersion: number;
  externalAuthentication: 'none' | 'initial';
  valid: boolean;
  invalidReason: string | undefined;
  disabled: boolean;
  /** The last time that somebody wanted to see what is exchanged with the provider; it may be over. */
  logging: { untilMs: number; traceTag: string | undefined } | undefined;
  createdAt: Date;
  updatedAt: Date;
  user: { id: number; emailAddress: string; firstName: string; lastName: string };
}

/** Whether an instance was made with an element: shipped ones keep their keys, customers' ones their ids. */
export function isMadeWith(row: { element_id: number; element_key: string }, element: Element): boolean {
  if (element.id >= firstCustomerId) return row.element_id === element.id;
  return row.element_key === element.key && row.element_id < firstCustomerId;
}

/**
 * Given values over the definition's defaults. The operator's secrets are not lent to an account that sends calls to a
 * place of its own: it would read them there.
 */
export function effectiveConfiguration(
  element: Element,
  given: Record<string, string>,
): Record<string, string> {
  const values: Record<string, string> = {};
  const lend = element.operatorKeys.size === 0 || !leadsElsewhere(element, given);
  for (const row of element.configuration) {
    if (row.defaultValue === undefined || row.defaultValue === null) continue;
    if (!lend && element.operatorKeys.has(row.key) && isSecret(row.key, element)) continue;
    values[row.key] = String(row.defaultValue);
  }
  Object.assign(values, given);
  // Whoever says it by the older name must not be overruled by a default of the newer.
  const stated = given['event.vendor.type'] || given['event.notification.type'];
  if (stated) values['event.vendor.type'] = stated;
  return values;
}

/** Whether a URL is another one than the defaults say, or a part of one could make it another. */
function leadsElsewhere(element: Element, given: Record<string, string>): boolean {
  const defaults = new Map(element.configuration.map((row) => [row.key, String(row.defaultValue ?? '')]));
  return Object.entries(given).some(([key, value]) => {
    if (value === defaults.get(key)) return false;
    if (/^https?:/i.test(value) || /^https?:/i.test(defaults.get(key) ?? ''))
      return key !== 'oauth.callback.url' && !key.startsWith('event.');
    const isPart = [...defaults.values()].some((text) => /^https?:/i.test(text) && text.includes(`{${key}}`));
    return isPart && /[/?#@:\\]/.test(value);
  });
}

/** Whether what is exchanged with the provider is logged at this moment. */
export function isLogging({ logging }: Pick<Instance, 'logging'>, nowMs: number): boolean {
  return logging !== undefined && nowMs < logging.untilMs;
}

/** An instance as the API shows it. */
export interface InstanceView {
  id: number;
  name: string;
  token: string;
  valid: boolean;
  disabled: boolean;
  eventsEnabled: boolean;
  tags: string[];
  element: Record<string, unknown>;
  /** Secrets are masked. */
  configuration?: Record<string, string>;
  [field: string]: unknown;
}

/** @param element undefined when it has left the catalog: then nothing can tell which values are secret. */
export function describeInstance(instance: Instance, element: Element | undefined): InstanceView {
  const configuration = element ? effectiveConfiguration(element, instance.configuration) : {};
  return {
    id: instance.id,
    name: instance.name,
    createdDate: instance.createdAt.toISOString(),
    updatedDate: instance.updatedAt.toISOString(),
    token: instance.token,
    element: element ? abridgeElement(element) : { id: instance.elementId, key: instance.elementKey },
    elementId: instance.elementId,
    tags: instance.tags,
    provisionInteractions: [],
    valid: instance.valid,
    invalidReason: instance.invalidReason,
    disabled: instance.disabled,
    maxCacheSize: 0,
    cacheTimeToLive: 0,
    cachingEnabled: false,
    eventsEnabled: configuration['event.notification.enabled'] === 'true',
    traceLoggingEnabled: isLogging(instance, Date.now()),
    externalAuthentication: instance.externalAuthentication,
    configuration: element ? maskConfiguration(configuration, element) : {},
    user: instance.user,
  };
}

/** The short form: what a list needs. */
export function trimInstance(view: InstanceView): InstanceView {
  const { configuration: _configuration, provisionInteractions: _interactions, element, ...rest } = view;
  const { id, key, name, hub, active } = element;
  return { ...rest, element: { id, key, name, hub, active } };
}

/** Names and tags are plain text: markup is taken out, its text stays. */
export function toPlainText(text: string): string {
  return text
    .replace(/<[^>]*>/g, '')
    .replace(/[<>]/g, '')
    .trim();
}

/** The name is one of the tags, so that it can be searched for like them. */
export function withNameTag(name: string, tags: string[]): string[] {
  return toTags([name, ...tags]);
}

/** Plain text, each once; what was nothing but markup is no tag. */
export function toTags(texts: string[]): string[] {
  return [...new Set(texts.map(toPlainText).filter((text) => text !== ''))];
}
