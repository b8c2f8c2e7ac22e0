import {
  type ErrorComponentProps,
  Link,
  Outlet,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { areasFor } from './organization-areas.ts';
import { buttonClasses } from './parts/button.tsx';
import { Page } from './parts/page.tsx';
import { Empty, Failure } from './parts/states.tsx';
import { queries } from './queries.ts';
import { said } from './said.ts';
import { sessionQuery } from './session.ts';
import { Shell } from './shell.tsx';
import { parts, shell } from './strings/shell.ts';

/*
 * Every address of the console. A page is a chunk of its own, loaded when it is asked for; what a person may want to share or to come
 * back to is in its search parameters, read here and nowhere else.
 */

type Search = Record<string, unknown>;
const textOf = (value: unknown) => (value === undefined || value === '' ? undefined : String(value));
const textsOf = (value: unknown): Record<string, string> | undefined =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]))
    : undefined;
const stateOf = (value: unknown) =>
  (['working', 'dead', 'disabled'] as const).find((state) => state === value);
const pageOf = (value: unknown) => (Number.isInteger(value) && Number(value) > 1 ? Number(value) : undefined);
const idOf = (value: unknown) => (Number.isSafeInteger(value) ? Number(value) : undefined);

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Broken });

const logIn = createRoute({
  getParentRoute: () => root,
  path: '/log-in',
  validateSearch: ({ to }: Search) => said({ to: ownPath(to) }),
  component: lazyRouteComponent(() => import('./pages/log-in.tsx'), 'LogIn'),
});
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  component: lazyRouteComponent(() => import('./pages/set-up.tsx'), 'SetUp'),
});
const consent = createRoute({
  getParentRoute: () => root,
  path: '/consent',
  component: lazyRouteComponent(() => import('./pages/consent.tsx'), 'Consent'),
});

/** Everything behind the log-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  async beforeLoad({ location }) {
    const { user } = await queries.ensureQueryData(sessionQuery);
    if (!user) throw redirect({ to: '/log-in', search: location.href === '/' ? {} : { to: location.href } });
  },
});
const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/catalog' });
  },
});
const catalog = createRoute({
  getParentRoute: () => inside,
  path: '/catalog',
  validateSearch: ({ search, hub, kind }: Search) =>
    said({ search: textOf(search), hub: textOf(hub), kind: textOf(kind) }),
  component: lazyRouteComponent(() => import('./pages/catalog.tsx'), 'Catalog'),
});
const element = createRoute({
  getParentRoute: () => inside,
  path: '/catalog/$key',
  validateSearch: ({ tab, search }: Search) => said({ tab: textOf(tab), search: textOf(search) }),
  component: lazyRouteComponent(() => import('./pages/element.tsx'), 'ElementPage'),
});
const connect = createRoute({
  getParentRoute: () => inside,
  path: '/catalog/$key/connect',
  validateSearch: ({ instance }: Search) =>
    said({ instance: pageOf(instance) ?? (instance === 1 ? 1 : undefined) }),
  component: lazyRouteComponent(() => import('./pages/connect.tsx'), 'Connect'),
});
const importElements = createRoute({
  getParentRoute: () => inside,
  path: '/import',
  component: lazyRouteComponent(() => import('./pages/import.tsx'), 'ImportPage'),
});
const builder = createRoute({
  getParentRoute: () => inside,
  path: '/catalog/$key/edit',
  validateSearch: ({ tab, row, search }: Search) =>
    said({ tab: textOf(tab), row: textOf(row), search: textOf(search) }),
  component: lazyRouteComponent(() => import('./pages/builder.tsx'), 'Builder'),
});
const tryOut = createRoute({
  getParentRoute: () => inside,
  path: '/catalog/$key/try',
  validateSearch: ({ resource, instance: account }: Search) =>
    said({ resource: textOf(resource), instance: textOf(account) }),
  component: lazyRouteComponent(() => import('./pages/try.tsx'), 'TryPage'),
});
const versions = createRoute({
  getParentRoute: () => inside,
  path: '/catalog/$key/versions',
  validateSearch: ({ version }: Search) => said({ version: textOf(version) }),
  component: lazyRouteComponent(() => import('./pages/versions.tsx'), 'Versions'),
});
const instances = createRoute({
  getParentRoute: () => inside,
  path: '/instances',
  validateSearch: ({ search, tag, state, page }: Search) =>
    said({
      search: textOf(search),
      tag: textOf(tag),
      state: stateOf(state),
      page: pageOf(page),
    }),
  component: lazyRouteComponent(() => import('./pages/instances.tsx'), 'Instances'),
});
const instance = createRoute({
  getParentRoute: () => inside,
  path: '/instances/$id',
  validateSearch: ({ tab, op, find, given }: Search) =>
    said({ tab: textOf(tab), op: textOf(op), find: textOf(find), given: textsOf(given) }),
  component: lazyRouteComponent(() => import('./pages/instance.tsx'), 'InstancePage'),
});
const times = ({ range, from, to }: Search) => ({ range: textOf(range), from: textOf(from), to: textOf(to) });
const activity = createRoute({
  getParentRoute: () => inside,
  path: '/activity',
  validateSearch: (search: Search) =>
    said({
      ...times(search),
      instance: idOf(search['instance']),
      element: textOf(search['element']),
      status: textOf(search['status']),
      method: textOf(search['method']),
      path: textOf(search['path']),
      search: textOf(search['search']),
      all: search['all'] === true || undefined,
      live: search['live'] === true || undefined,
      after: textOf(search['after']),
    }),
  component: lazyRouteComponent(() => import('./pages/activity.tsx'), 'Activity'),
});
const oneCall = createRoute({
  getParentRoute: () => inside,
  path: '/activity/$requestId',
  component: lazyRouteComponent(() => import('./pages/call.tsx'), 'CallPage'),
});
const events = createRoute({
  getParentRoute: () => inside,
  path: '/events',
  validateSearch: (search: Search) =>
    said({
      ...times(search),
      tab: textOf(search['tab']),
      instance: idOf(search['instance']),
      status: textOf(search['status']),
      type: textOf(search['type']),
      url: textOf(search['url']),
      live: search['live'] === true || undefined,
      after: textOf(search['after']),
    }),
  component: lazyRouteComponent(() => import('./pages/events.tsx'), 'Events'),
});
const event = createRoute({
  getParentRoute: () => inside,
  path: '/events/$eventId',
  component: lazyRouteComponent(() => import('./pages/event.tsx'), 'EventPage'),
});
const delivery = createRoute({
  getParentRoute: () => inside,
  path: '/events/deliveries/$deliveryId',
  component: lazyRouteComponent(() => import('./pages/delivery.tsx'), 'DeliveryPage'),
});

const organization = createRoute({
  getParentRoute: () => inside,
  path: '/organization',
  component: lazyRouteComponent(() => import('./pages/organization.tsx'), 'Organization'),
});
const organizationHome = createRoute({
  getParentRoute: () => organization,
  path: '/',
  async beforeLoad() {
    const { user } = await queries.ensureQueryData(sessionQuery);
    throw redirect({ to: areasFor(user?.privileges ?? [])[0]?.to ?? '/organization/secrets' });
  },
});
const users = createRoute({
  getParentRoute: () => organization,
  path: '/users',
  validateSearch: ({ search, account, page }: Search) =>
    said({ search: textOf(search), account: idOf(account), page: pageOf(page) }),
  component: lazyRouteComponent(() => import('./pages/users.tsx'), 'Users'),
});
const newUser = createRoute({
  getParentRoute: () => organization,
  path: '/users/new',
  validateSearch: ({ account }: Search) => said({ account: idOf(account) }),
  component: lazyRouteComponent(() => import('./pages/user-new.tsx'), 'NewUser'),
});
const user = createRoute({
  getParentRoute: () => organization,
  path: '/users/$id',
  component: lazyRouteComponent(() => import('./pages/user.tsx'), 'UserPage'),
});
const roles = createRoute({
  getParentRoute: () => organization,
  path: '/roles',
  component: lazyRouteComponent(() => import('./pages/roles.tsx'), 'Roles'),
});
const role = createRoute({
  getParentRoute: () => organization,
  path: '/roles/$id',
  component: lazyRouteComponent(() => import('./pages/role.tsx'), 'RolePage'),
});
const accounts = createRoute({
  getParentRoute: () => organization,
  path: '/accounts',
  validateSearch: ({ search, state, page }: Search) =>
    said({ search: textOf(search), state: textOf(state), page: pageOf(page) }),
  component: lazyRouteComponent(() => import('./pages/accounts.tsx'), 'Accounts'),
});
const newAccount = createRoute({
  getParentRoute: () => organization,
  path: '/accounts/new',
  component: lazyRouteComponent(() => import('./pages/account.tsx'), 'NewAccount'),
});
const account = createRoute({
  getParentRoute: () => organization,
  path: '/accounts/$id',
  component: lazyRouteComponent(() => import('./pages/account.tsx'), 'AccountPage'),
});
const secrets = createRoute({
  getParentRoute: () => organization,
  path: '/secrets',
  component: lazyRouteComponent(() => import('./pages/secrets.tsx'), 'Secrets'),
});
const apps = createRoute({
  getParentRoute: () => organization,
  path: '/apps',
  validateSearch: ({ search, page, add }: Search) =>
    said({ search: textOf(search), page: pageOf(page), add: add === true ? true : undefined }),
  component: lazyRouteComponent(() => import('./pages/oauth-apps.tsx'), 'OauthApps'),
});
const app = createRoute({
  getParentRoute: () => organization,
  path: '/apps/$key',
  component: lazyRouteComponent(() => import('./pages/oauth-app.tsx'), 'OauthAppPage'),
});
const audit = createRoute({
  getParentRoute: () => organization,
  path: '/audit',
  validateSearch: ({ user: who, action, from, to, page }: Search) =>
    said({
      user: textOf(who),
      action: textOf(action),
      from: textOf(from),
      to: textOf(to),
      page: pageOf(page),
    }),
  component: lazyRouteComponent(() => import('./pages/audit.tsx'), 'Audit'),
});
const auditEntry = createRoute({
  getParentRoute: () => organization,
  path: '/audit/$id',
  component: lazyRouteComponent(() => import('./pages/audit-entry.tsx'), 'AuditEntryPage'),
});
const usage = createRoute({
  getParentRoute: () => organization,
  path: '/usage',
  validateSearch: ({ range }: Search) => said({ range: textOf(range) }),
  component: lazyRouteComponent(() => import('./pages/usage.tsx'), 'Usage'),
});
const organizationTree = organization.addChildren([
  organizationHome,
  users,
  newUser,
  user,
  roles,
  role,
  accounts,
  newAccount,
  account,
  secrets,
  apps,
  app,
  audit,
  auditEntry,
  usage,
]);

export const router = createRouter({
  routeTree: root.addChildren([
    logIn,
    setUp,
    consent,
    inside.addChildren([
      home,
      catalog,
      element,
      connect,
      importElements,
      builder,
      tryOut,
      versions,
      instances,
      instance,
      activity,
      oneCall,
      events,
      event,
      delivery,
      organizationTree,
    ]),
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** Only a path of ours: who has logged in is sent nowhere else. */
function ownPath(to: unknown): string | undefined {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : undefined;
}

function NotFound() {
  return (
    <Page title={shell.notFound.title}>
      <Empty
        title={shell.notFound.text}
        action={
          <Link to="/catalog" className={buttonClasses('primary')}>
            {shell.notFound.back}
          </Link>
        }
      />
    </Page>
  );
}

/** What a page threw ends here, not the console. */
function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <Page title={parts.broken.title} lead={parts.broken.text}>
      <Failure error={error} retry={reset} />
    </Page>
  );
}
