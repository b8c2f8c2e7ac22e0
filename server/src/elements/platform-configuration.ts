import type { ConfigurationRow, ElementDefinition } from './element.ts';
import { nextRowId, rowsOf } from './row-ids.ts';

/** A definition's rows, and those that every element of its kind of authentication has in addition. */
export function withPlatformConfiguration({
  configuration,
  authentication,
}: Pick<ElementDefinition, 'configuration' | 'authentication'>): ConfigurationRow[] {
  // A definition as it was given may have rows that are none.
  const stated = rowsOf(configuration) as ConfigurationRow[];
  const keys = new Set(stated.map((row) => row.key));
  const kind = (authentication?.type ?? 'custom').toLowerCase();
  const added = [...(ofAuthentication[kind] ?? []), ...platformConfiguration];
  const missing = added.filter(({ key }) => !keys.has(key));
  const first = nextRowId(stated);
  return [...stated, ...missing.map((row, index) => ({ id: first + index, ...row }))];
}

const text = (key: string, name: string, more: Partial<ConfigurationRow> = {}): ConfigurationRow => ({
  key,
  name,
  description: name,
  type: 'TEXTFIELD_1000',
  required: false,
  ...more,
});
const secret = (key: string, name: string) => text(key, name, { type: 'PASSWORD' });
const internal = { internal: true, hideFromConsole: true };

const oauthApp = [
  text('oauth.api.key', 'API Key'),
  secret('oauth.api.secret', 'API Secret'),
  text('oauth.callback.url', 'Callback URL'),
  text('oauth.authorization.url', 'Authorization URL'),
  text('oauth.token.url', 'Token URL'),
  text('oauth.user.token', 'User Token', { ...internal, type: 'PASSWORD' }),
];
const oauth2 = [
  ...oauthApp,
  text('oauth.scope', 'Scope'),
  text('oauth.user.refresh_token', 'Refresh Token', { ...internal, type: 'PASSWORD' }),
  text('oauth.user.refresh_interval', 'Refresh Interval in seconds', internal),
  text('oauth.token.refresh_url', 'Refresh URL'),
  text('oauth.token.revoke_url', 'Revoke URL'),
  text('oauth.basic.header', 'Client credentials as Basic header', {
    type: 'BOOLEAN',
    defaultValue: 'false',
  }),
];
const login = [text('username', 'User Name'), secret('password', 'Password')];

/** None is required: a definition that leaves them out may have a way of its own. */
const ofAuthentication: Record<string, readonly ConfigurationRow[]> = {
  basic: login,
  oauth2,
  oauth2password: [...oauth2, ...login],
  oauth1: [
    ...oauthApp,
    text('oauth.request.url', 'Request Token URL'),
    text('oauth.request.authorization.type', 'Place of the request credentials', { defaultValue: 'header' }),
    text('oauth.user.token.secret', 'User Token Secret', { ...internal, type: 'PASSWORD' }),
  ],
};

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
