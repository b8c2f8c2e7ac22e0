import type { Page } from 'playwright-core';
import { provider } from '../../test/scene.ts';
import type { Told } from './story.ts';

/** One picture. */
export interface Shot {
  name: string;
  path: string;
  /** For the README and the docs, where it is not only looked at. */
  shown?: boolean;
  /** What a person does first. */
  act?: (page: Page) => Promise<unknown>;
}

const press = (name: string) => (page: Page) =>
  page.getByRole('button', { name, exact: true }).first().click();

const explore = async (page: Page) => {
  await page.getByTitle('GET /lists', { exact: true }).click();
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByRole('heading', { name: 'Reply' }).evaluate((heading) => heading.scrollIntoView());
};

/** Every page of the console, with what the story has left there. */
export function shotsOf(told: Told): Shot[] {
  const catalog = `/catalog/${provider.key}`;
  const own = '/catalog/harbordesk';
  const tickets = encodeURIComponent('GET /hubs/helpdesk/tickets');
  return [
    { name: 'catalog', path: '/catalog', shown: true },
    { name: 'catalog-none', path: '/catalog?search=nothing' },
    { name: 'element', path: catalog },
    ...['configuration', 'hooks', 'events', 'docs'].map((tab) => ({
      name: `element-${tab}`,
      path: `${catalog}?tab=${tab}`,
    })),
    { name: 'element-own', path: own },
    { name: 'connect', path: `${catalog}/connect` },
    { name: 'connect-again', path: `${catalog}/connect?instance=${told.dead}` },
    { name: 'import', path: '/import' },
    { name: 'builder', path: `${own}/edit` },
    ...['configuration', 'resources', 'parameters', 'hooks'].map((tab) => ({
      name: `builder-${tab}`,
      path: `${own}/edit?tab=${tab}`,
    })),
    { name: 'builder-resource', path: `${own}/edit?tab=resources&row=${told.resource}`, shown: true },
    { name: 'try', path: `${own}/try?resource=${tickets}&instance=${told.desk}`, act: press('Send') },
    { name: 'versions', path: `${own}/versions` },
    { name: 'instances', path: '/instances', shown: true },
    { name: 'instances-none', path: '/instances?search=nothing' },
    { name: 'instance', path: `/instances/${told.working}`, shown: true },
    { name: 'instance-dead', path: `/instances/${told.dead}` },
    { name: 'instance-use', path: `/instances/${told.working}?tab=use` },
    { name: 'instance-configuration', path: `/instances/${told.working}?tab=configuration` },
    {
      name: 'explorer',
      path: `/instances/${told.working}?tab=explore`,
      act: explore,
      shown: true,
    },
    { name: 'activity', path: '/activity', shown: true },
    { name: 'activity-none', path: '/activity?path=nothing' },
    { name: 'call', path: `/activity/${told.call}`, shown: true },
    { name: 'call-failed', path: `/activity/${told.failedCall}` },
    { name: 'events', path: '/events', shown: true },
    { name: 'events-deliveries', path: '/events?tab=deliveries' },
    { name: 'events-callbacks', path: '/events?tab=callbacks' },
    { name: 'event', path: `/events/${told.event}` },
    { name: 'delivery', path: `/events/deliveries/${told.delivery}` },
    { name: 'delivery-failed', path: `/events/deliveries/${told.failedDelivery}` },
    ...['users', 'users/new', 'roles', 'accounts', 'accounts/new', 'secrets', 'apps', 'audit', 'usage'].map(
      (area) => ({
        name: `organization-${area.replace('/', '-')}`,
        path: `/organization/${area}`,
      }),
    ),
    { name: 'organization-app', path: `/organization/apps/${provider.key}` },
    { name: 'organization-user', path: `/organization/users/${told.user}` },
    { name: 'organization-role', path: `/organization/roles/${told.role}` },
    { name: 'organization-account', path: `/organization/accounts/${told.account}` },
    { name: 'organization-audit-entry', path: `/organization/audit/${told.auditEntry}` },
    { name: 'not-found', path: '/nowhere' },
    { name: 'no-such-instance', path: '/instances/999999' },
    { name: 'no-such-call', path: '/activity/0123456789abcdef01234567' },
  ];
}

/** What is seen before anybody has logged in. */
export const outside: Shot[] = [
  { name: 'log-in', path: '/log-in' },
  { name: 'set-up', path: '/set-up' },
  { name: 'consent', path: '/consent' },
];
