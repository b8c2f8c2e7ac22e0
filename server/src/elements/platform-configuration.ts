import type { ConfigurationRow } from './element.ts';

/** A definition's rows, and those that every element has in addition. */
export function withPlatformConfiguration(stated: readonly ConfigurationRow[]): ConfigurationRow[] {
  return [...stated, ...platformConfiguration.filter(({ key }) => !stated.some((row) => row.key === key))];
}

const platformConfiguration: readonly ConfigurationRow[] = [
  {
    key: 'event.notification.enabled',
    name: 'Events Enabled',
    description: 'Whether changes at the provider are reported to the callback URL.',
    type: 'BOOLEAN',
    defaultValue: 'false',
    required: false,
  },
  {
    key: 'event.vendor.type',
    name: 'Vendor Event Type',
    description: 'How changes are learned: the provider calls us (webhook) or we ask it (polling).',
    type: 'TEXTFIELD_32',
    required: false,
  },
  {
    key: 'event.notification.type',
    name: 'Event Type',
    description: 'Older name of the vendor event type.',
    type: 'TEXTFIELD_32',
    required: false,
  },
  {
    key: 'event.notification.callback.url',
    name: 'Callback URL',
    description: 'Where events are delivered: an http or https URL.',
    type: 'TEXTFIELD_1000',
    required: false,
  },
  {
    key: 'filter.response.nulls',
    name: 'Filter null values from the response',
    description: 'Whether fields that are null are left out of replies.',
    type: 'BOOLEAN',
    defaultValue: 'true',
    required: false,
  },
];
