import type { Element } from '#elements';
import { abridgeElement } from '#elements';
import { maskConfiguration } from './secret.ts';

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
  createdAt: Date;
  updatedAt: Date;
  user: { id: number; emailAddress: string; firstName: string; lastName: string };
}

/** Given values over the definition's defaults. */
export function effectiveConfiguration(
  element: Element,
  given: Record<string, string>,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const row of element.configuration) {
    if (row.defaultValue !== undefined && row.defaultValue !== null)
      values[row.key] = String(row.defaultValue);
  }
  return Object.assign(values, given);
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
  /** Secrets are masked. */
  configuration: Record<string, string>;
  [field: string]: unknown;
}

export function describeInstance(instance: Instance, element: Element): InstanceView {
  const configuration = effectiveConfiguration(element, instance.configuration);
  return {
    id: instance.id,
    name: instance.name,
    createdDate: instance.createdAt.toISOString(),
    updatedDate: instance.updatedAt.toISOString(),
    token: instance.token,
    element: abridgeElement(element),
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
    traceLoggingEnabled: false,
    externalAuthentication: instance.externalAuthentication,
    configuration: maskConfiguration(configuration, element),
    user: instance.user,
  };
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
  return [...new Set([name, ...tags])];
}
