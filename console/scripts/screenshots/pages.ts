import type { Page } from 'playwright-core';
import { person, provider } from '../../test/scene.ts';
import { documents } from './provider.ts';
import type { Told } from './story.ts';

/** Who looks: the first user, one of a customer's account that has nothing yet, or somebody who has not logged in. */
export type Viewer = 'owner' | 'newcomer' | 'stranger';

/** One picture. */
export interface Shot {
  name: string;
  path: string;
  /** The first user, where it is not said. */
  viewer?: Viewer;
  /** For the README and the docs, where it is not only looked at. */
  shown?: boolean;
  /** What a person does first. */
  act?: (page: Page) => Promise<unknown>;
}

const catalog = `/catalog/${provider.key}`;
const own = '/catalog/harbordesk';

const press = (name: string) => (page: Page) =>
  page.getByRole('button', { name, exact: true }).first().click();

/** What a person sees when the server has a fault of its own. */
const failing = (path: string) => async (page: Page) => {
  await page.route(`**/elements/api-v2/${path}*`, (route) =>
    route.fulfill({
      status: 500,
      json: { requestId: '65c1f0a9d2b34e7788a1b2c3', message: 'The server has failed.' },
    }),
  );
  await page.reload({ waitUntil: 'networkidle' });
};

const explore = (title: string) => async (page: Page) => {
  await page.getByTitle(title, { exact: true }).click();
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByRole('tab', { name: 'Tree' }).waitFor();
  await page.getByRole('heading', { name: 'Reply' }).evaluate((heading) => heading.scrollIntoView());
};

/** Documents of which one is new, one has the key of an element that is there, and one is none. */
async function importSome(page: Page): Promise<void> {
  const [taken] = documents;
  const file = (name: string, text: string) => ({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
  const fresh = { ...taken, info: { title: `Ticketwise ${Date.now() % 10_000}`, version: '1.0.0' } };
  await page
    .locator('input[type=file]')
    .setInputFiles([
      file('ticketwise.json', JSON.stringify(fresh)),
      file('ledgerline.json', JSON.stringify(taken)),
      file('notes.json', '{ "name": '),
    ]);
  await page.getByText('3 of 3').waitFor();
}

const tabsOf = (name: string, path: string, tabs: string[]): Shot[] =>
  tabs.map((tab) => ({ name: `${name}-${tab}`, path: `${path}?tab=${tab}` }));

const elements = (told: Told): Shot[] => [
  { name: 'catalog', path: '/catalog', shown: true },
  { name: 'catalog-none', path: '/catalog?search=nothing' },
  { name: 'element', path: catalog },
  ...tabsOf('element', catalog, ['configuration', 'hooks', 'events', 'docs', 'report']),
  { name: 'element-own', path: own },
  ...tabsOf('element-own', own, ['events', 'report']),
  { name: 'connect', path: `${catalog}/connect` },
  { name: 'connect-own', path: `${own}/connect` },
  { name: 'connect-again', path: `${catalog}/connect?instance=${told.dead}` },
  { name: 'import', path: '/import' },
  { name: 'builder', path: `${own}/edit` },
  ...tabsOf('builder', `${own}/edit`, [
    'configuration',
    'resources',
    'objects',
    'models',
    'parameters',
    'hooks',
  ]),
  ...['configuration', 'objects', 'models'].map((tab) => ({
    name: `builder-new-${tab}`,
    path: `${own}/edit?tab=${tab}&row=%2B`,
  })),
  { name: 'builder-new-resource', path: `${own}/edit?tab=resources&row=%2B` },
  { name: 'builder-resource', path: `${own}/edit?tab=resources&row=${told.resource}`, shown: true },
  { name: 'builder-shipped', path: `${catalog}/edit` },
  { name: 'try-first', path: `${own}/try` },
  {
    name: 'try',
    path: `${own}/try?resource=${encodeURIComponent('GET /hubs/helpdesk/tickets')}&instance=${told.desk}`,
    act: press('Send'),
  },
  { name: 'versions', path: `${own}/versions` },
  { name: 'versions-first', path: `${own}/versions?version=1` },
  { name: 'versions-none', path: `/catalog/parcelway/versions` },
];

const accounts = (told: Told): Shot[] => [
  { name: 'instances', path: '/instances', shown: true },
  { name: 'instances-none', path: '/instances?search=nothing' },
  { name: 'instances-failing', path: '/instances', act: failing('instances') },
  { name: 'instance', path: `/instances/${told.working}`, shown: true },
  { name: 'instance-dead', path: `/instances/${told.dead}` },
  { name: 'instance-delete', path: `/instances/${told.working}`, act: press('Delete') },
  ...tabsOf('instance', `/instances/${told.working}`, ['use', 'configuration']),
  {
    name: 'explorer',
    path: `/instances/${told.working}?tab=explore`,
    act: explore('GET /lists'),
    shown: true,
  },
  { name: 'explorer-desk', path: `/instances/${told.desk}?tab=explore`, act: explore('GET /tickets') },
];

const past = (told: Told): Shot[] => [
  { name: 'activity', path: '/activity', shown: true },
  { name: 'activity-none', path: '/activity?path=nothing' },
  { name: 'activity-failing', path: '/activity', act: failing('usage') },
  { name: 'call', path: `/activity/${told.call}`, shown: true },
  { name: 'call-failed', path: `/activity/${told.failedCall}` },
  { name: 'events', path: '/events', shown: true },
  { name: 'events-none', path: `/events?instance=${told.desk}` },
  { name: 'events-deliveries', path: '/events?tab=deliveries' },
  { name: 'events-callbacks', path: '/events?tab=callbacks' },
  { name: 'event', path: `/events/${told.event}` },
  { name: 'delivery', path: `/events/deliveries/${told.delivery}` },
  { name: 'delivery-failed', path: `/events/deliveries/${told.failedDelivery}` },
];

const organization = (told: Told): Shot[] =>
  Object.entries({
    users: 'users',
    'users-none': 'users?search=nothing',
    'user-new': 'users/new',
    user: `users/${told.user}`,
    roles: 'roles',
    role: `roles/${told.role}`,
    accounts: 'accounts',
    'account-new': 'accounts/new',
    account: `accounts/${told.account}`,
    secrets: 'secrets',
    apps: 'apps',
    'apps-add': 'apps?add=true',
    app: `apps/${provider.key}`,
    audit: 'audit',
    'audit-none': 'audit?action=nothing',
    'audit-entry': `audit/${told.auditEntry}`,
    usage: 'usage',
  }).map(([name, path]) => ({ name: `organization-${name}`, path: `/organization/${path}` }));

/** What an account sees that has nothing yet. */
const empty: Shot[] = (
  [
    ['instances', '/instances'],
    ['activity', '/activity'],
    ['events', '/events'],
    ['events-deliveries', '/events?tab=deliveries'],
    ['events-callbacks', '/events?tab=callbacks'],
    ['usage', '/organization/usage'],
    ['secrets', '/organization/secrets'],
    ['audit', '/organization/audit'],
    ['apps', '/organization/apps'],
  ] as const
).map(([name, path]) => ({ name: `empty-${name}`, path, viewer: 'newcomer' }));

const others: Shot[] = [
  { name: 'menu', path: '/catalog', act: press(`Account of ${person.email}`) },
  { name: 'not-found', path: '/nowhere' },
  { name: 'no-such-element', path: '/catalog/nothing' },
  { name: 'no-such-instance', path: '/instances/999999' },
  { name: 'no-such-call', path: '/activity/0123456789abcdef01234567' },
  { name: 'no-such-event', path: '/events/999999' },
];

/** What is seen before anybody has logged in. */
const outside = (told: Told): Shot[] => [
  { name: 'log-in', viewer: 'stranger', path: '/log-in' },
  {
    name: 'log-in-wrong',
    viewer: 'stranger',
    path: '/log-in',
    async act(page) {
      await page.getByLabel('E-mail').fill(person.email);
      await page.getByLabel('Password').fill('wrong');
      await press('Log in')(page);
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'set-up', viewer: 'stranger', path: '/set-up' },
  { name: 'consent', viewer: 'stranger', path: '/consent' },
  {
    name: 'widget',
    viewer: 'stranger',
    path: told.shop,
    async act(page) {
      await page.evaluate(`show(${JSON.stringify(await told.beginWidget())})`);
      await page
        .frameLocator('iframe')
        .getByRole('button', { name: /^Go on at/ })
        .waitFor();
    },
  },
];

/** Every page of the console, with what the story has left there. What adds something comes last. */
export const shotsOf = (told: Told): Shot[] => [
  ...elements(told),
  ...accounts(told),
  ...past(told),
  ...organization(told),
  ...empty,
  ...others,
  ...outside(told),
  { name: 'import-result', path: '/import', act: importSome },
];
