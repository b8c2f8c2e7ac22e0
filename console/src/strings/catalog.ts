/** The catalog and the page of one element. */
export const catalog = {
  title: 'Catalog',
  lead: 'Providers whose accounts can be connected.',
  search: 'Search elements',
  hub: 'Hub',
  allHubs: 'All hubs',
  kind: 'Made by',
  allKinds: 'Made by anybody',
  shipped: 'Shipped with Ligand',
  own: 'Your organization',
  none: 'No element is like that',
  noneText: 'Try another word, or another hub.',
  connect: 'Connect',
  connectTo: (name: string) => `Connect ${name}`,
  open: (name: string) => `${name}: what it offers`,
  ownBadge: 'Yours',
  count: (shown: number, total: number) => `${shown.toLocaleString()} of ${total.toLocaleString()}`,
  more: 'Show more',
  auth: (type: string) => authKinds[type.toLowerCase()] ?? type,
};

const authKinds: Record<string, string> = {
  oauth2: 'OAuth 2',
  oauth1: 'OAuth 1',
  basic: 'User and password',
  apikey: 'API key',
  custom: 'Own credentials',
  awsv4: 'AWS signature',
};

const periods: Record<number, string> = { 1: 'a second', 60: 'a minute', 3600: 'an hour', 86_400: 'a day' };

const hookKinds: Record<string, string> = {
  preRequest: 'Before a request',
  postRequest: 'After a reply',
  event: 'When an event comes',
};

export const element = {
  tabs: 'About this element',
  resources: 'Resources',
  configuration: 'Configuration',
  hooks: 'Hooks',
  events: 'Events',
  docs: 'Docs',
  offers: 'What it offers',
  description: 'Description',
  method: 'Method',
  path: 'Path',
  provider: "Provider's path",
  name: 'Name',
  key: 'Key',
  type: 'Type',
  help: 'About',
  required: 'Required',
  defaultValue: 'Default',
  internal: 'Kept by Ligand',
  noHooks: 'No hooks',
  noHooksText: 'The element needs no script around its calls.',
  noEvents: 'No events',
  noEventsText: 'The element tells of no changes at the provider.',
  noResources: 'No resources',
  filter: 'Search resources',
  hookOf: (type: string) => hookKinds[type] ?? type,
  forAll: 'All resources',
  facts: {
    hub: 'Hub',
    key: 'Key',
    auth: 'Authentication',
    version: 'Version',
    limits: 'Limits of the provider',
    limit: (calls: number, seconds: number) =>
      `${calls.toLocaleString()} calls ${periods[seconds] ?? `in ${seconds.toLocaleString()} s`}`,
    eventKind: 'How changes are learned',
  },
  openapi: 'OpenAPI document',
  openapiText: 'What an account of this element can be asked, for code generators and API tools.',
  downloadDocs: 'Download the document',
};
