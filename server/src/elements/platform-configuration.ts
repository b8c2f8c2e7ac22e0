import type { ConfigurationRow, ElementDefinition } from './element.ts';
import { isRow, nextRowId, rowsOf, withIds } from './row-ids.ts';

/**
 * A definition's rows, and those that every element of its kind of authentication has in addition. The latter are shown
 * and run, and not stored: an export would have grown.
 */
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

/**
 * A new element whose author says nothing but where the provider is gets the rows of paging too. They are written into
 * its definition: unlike the others they would change how an element pages that was brought without them.
 */
export function withPagingOfNew(definition: ElementDefinition): ElementDefinition {
  const rows = (definition.configuration ?? []) as unknown[];
  const [stated, ...others] = rows;
  if (others.length > 0 || (stated !== undefined && !(isRow(stated) && stated['key'] === baseUrl.key)))
    return definition;
  return withIds({ ...definition, configuration: [stated ?? baseUrl, ...paging] as ConfigurationRow[] });
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
const ofPaging = (key: string, name: string, defaultValue: string) =>
  text(key, name, { type: 'TEXTFIELD_32', defaultValue });
const baseUrl = text('base.url', 'Base URL');
const paging = [
  ofPaging('pagination.type', 'Pagination', 'page'),
  ofPaging('pagination.max', 'Largest page', '100'),
  ofPaging('pagination.page.startindex', 'Number of the first page', '1'),
];
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
  text('oauth.user.refresh_interval', 'Refresh Interval in seconds', { ...internal, defaultValue: '3600' }),
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

/** Rows that stay when a change of an element leaves them out. */
export function isStandard(
  key: unknown,
  { authentication }: Pick<ElementDefinition, 'authentication'>,
): boolean {
  const own = withPlatformConfiguration({ authentication: authentication ?? { type: 'custom' } });
  return [baseUrl, ...paging, ...own].some((row) => row.key === key);
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
    ...secret('event.notification.signature.key', 'Signature Key'),
    description: 'Key of the HMAC in the header Elements-Webhook-Signature of each delivery.',
  },
  {
    ...secret('event.notification.webhook.secret', 'Webhook Secret'),
    description:
      'Secret (whsec_…) of the header webhook-signature of each delivery; a second one behind a blank while the secret is changed.',
  },
  text('event.notification.basic.username', 'Callback User Name', {
    description: 'User name of HTTP Basic for the callback.',
  }),
  {
    ...secret('event.notification.basic.password', 'Callback Password'),
    description: 'Password of HTTP Basic for the callback.',
  },
  {
    ...secret('event.notification.callback.headers', 'Callback Headers'),
    description: 'More headers of each delivery: a JSON object, or Name: value with commas between.',
  },
  text('event.notification.order', 'Delivery Order', {
    type: 'TEXTFIELD_32',
    description: 'object: changes of one object are delivered one after the other.',
  }),
  text('event.notification.hydrate', 'Deliver Records', {
    type: 'BOOLEAN',
    defaultValue: 'false',
    description:
      'Whether each delivery brings the records that have changed, as they are when it is first tried.',
  }),
  text('event.notification.instance.finder', 'Instance Finder', {
    description:
      "Where a provider's call names the account, and which value of an instance that is: owner.id=event.helper.key",
  }),
  text('event.notification.subscription.id', 'Subscription', {
    description: "The provider's id of its webhook for us.",
  }),
  text('event.helper.key', 'Event Helper Key', {
    description: 'Value by which the instance finder knows an instance.',
  }),
  text('event.poller.refresh_interval', 'Polling Interval', {
    type: 'TEXTFIELD_32',
    defaultValue: '15',
    description: 'Minutes between two polls.',
  }),
  text('event.poller.configuration', 'Polling Configuration', {
    type: 'TEXTAREA',
    description: 'What is polled, as JSON: for each object its url, idField and datesConfiguration.',
  }),
  text('event.poller.urls', 'Polling URLs', {
    type: 'TEXTAREA',
    description: 'Older form of what is polled: URLs with | or lines between.',
  }),
  text('event.objects', 'Polled Objects', {
    description:
      'Which objects of the polling configuration are polled, with commas between; all by default.',
  }),
  {
    key: 'filter.response.nulls',
    name: 'Filter null values from the response',
    description: 'Whether fields that are null are left out of replies.',
    type: 'BOOLEAN',
    defaultValue: 'true',
    required: false,
  },
];
