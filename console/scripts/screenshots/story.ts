import type { Page } from 'playwright-core';
import { type Loose, createClient } from '../../../server/test/support/client.ts';
import { type Scene, answerProvider, askProvider, person, provider, setUp } from '../../test/scene.ts';
import { deskElement, documents, shopPath } from './provider.ts';
import { type Ask, age, hearOfChanges, lose, makeCalls } from './traffic.ts';

/** What the addresses of pages name. */
export interface Told {
  /** An account of the simulated provider that works, one whose credentials have died, and one of the help desk. */
  working: number;
  dead: number;
  desk: number;
  /** Of the help desk, to be edited. */
  resource: number;
  /** A call that went well, and one that failed. */
  call: string;
  failedCall: string;
  event: string;
  delivery: number;
  failedDelivery: number;
  user: number;
  role: number;
  account: number;
  auditEntry: number;
  /** A user of an account that has nothing yet. */
  newcomer: { email: string; password: string };
  /** A page of somebody else that shows the widget, and a token for it. */
  shop: string;
  beginWidget(): Promise<string>;
}

export interface Places {
  /** Hosts with their ports. */
  desk: string;
  apps: string;
  databaseUrl: string;
}

/** What happens before the pictures are taken: people, accounts, calls and events of a small company. */
export async function tell(scene: Scene, page: Page, places: Places): Promise<Told> {
  await setUp(scene, page);
  const ask = await logIn(scene.origin);
  const people = await hire(ask);
  const resource = await fillCatalog(ask, places.desk);
  const dead = await connectAsPerson(scene, page, ask, 'Northwind Outdoor', ['trial']);
  const working = await connectAsPerson(scene, page, ask, 'Blue Harbor Travel', ['production', 'europe']);
  const desk = await connectDesk(ask, 'Lumen Books');
  await connectDesk(ask, 'Fjord & Sons');
  const calls = await makeCalls(ask, working, desk);
  const events = await hearOfChanges(ask, { working, desk }, places.apps);
  await lose(ask, dead, working);
  await age(places.databaseUrl);
  const [entry] = await ask('GET', '/audit?pageSize=5');
  const shop = `http://${places.apps}${shopPath}`;
  const beginWidget = async () => {
    const wish = { elements: [provider.key], origin: new URL(shop).origin, name: 'Customer 17' };
    return (await ask('POST', '/connect-sessions', wish)).token;
  };
  return {
    working,
    dead,
    desk,
    resource,
    ...calls,
    ...events,
    ...people,
    auditEntry: entry.id,
    shop,
    beginWidget,
  };
}

async function logIn(origin: string): Promise<Ask> {
  const client = createClient(origin, { userSecret: '', organizationSecret: '' });
  const { body: login } = await client.call('POST', '/authentication', {
    authorization: null,
    json: { username: person.email, password: person.password },
  });
  const { body: secrets } = await client.call('GET', '/authentication/secrets', {
    authorization: `Bearer ${login.token}`,
  });
  const { call, asElement } = createClient(origin, secrets);
  const shown = { headers: { 'elements-show-secrets': 'true' } };
  return async (method, path, json, { instance, mayFail } = {}) => {
    const account = instance === undefined ? undefined : await call('GET', `/instances/${instance}`, shown);
    const { status, body, text } = await call(method, path, {
      ...(json === undefined ? {} : { json }),
      ...(account ? { authorization: asElement(account.body.token) } : {}),
    });
    if (status >= 300 && !mayFail) throw new Error(`${method} ${path}: ${status} ${text}`);
    return body;
  };
}

async function hire(ask: Ask) {
  const account = await ask('POST', '/accounts', {
    name: 'Blue Harbor Travel',
    description: 'Their own users and connected accounts',
    externalId: 'customer-1042',
  });
  const accounts = await ask('GET', '/accounts?pageSize=10');
  const own = accounts.find(({ defaultAccount }: Loose) => defaultAccount).id;
  const password = 'Correct-horse8';
  let user = 0;
  for (const name of ['Grace Hopper', 'Edsger Dijkstra', 'Radia Perlman', 'Tony Hoare']) {
    const [firstName = '', lastName = ''] = name.split(' ');
    const made = await ask('POST', `/accounts/${firstName === 'Tony' ? account.id : own}/users`, {
      firstName,
      lastName,
      email: `${firstName.toLowerCase()}@example.com`,
      password,
    });
    user ||= made.id;
  }
  await ask('PUT', `/accounts/${own}/limits`, { limits: [{ per: 'day', calls: 20_000 }] });
  const roles = await ask('GET', '/organizations/roles');
  const newcomer = { email: 'tony@example.com', password };
  return { user, account: account.id, role: roles.at(-1).id, newcomer };
}

async function fillCatalog(ask: Ask, desk: string) {
  const made = await ask('POST', '/elements', deskElement(desk));
  for (const document of documents)
    await ask('POST', '/elements', await ask('POST', '/elements/convert', document));
  // So that it has a version before this one.
  await ask('PATCH', `/elements/${made.id}`, { description: 'Tickets of a help desk, and their people.' });
  return made.resources[0].id as number;
}

async function connectAsPerson(scene: Scene, page: Page, ask: Ask, name: string, tags: string[]) {
  await answerProvider(await askProvider(scene, page), 'Allow');
  await page.waitForURL(/\/instances\/\d+/);
  await page.getByText('Answered in').waitFor();
  const id = Number(/\d+$/.exec(new URL(page.url()).pathname)?.[0]);
  await ask('PATCH', `/instances/${id}`, { name, tags });
  return id;
}

async function connectDesk(ask: Ask, name: string): Promise<number> {
  const configuration = { username: 'agent@example.com', password: 'desk-key-1' };
  const made = await ask('POST', '/instances', {
    name,
    tags: ['support'],
    configuration,
    element: { key: 'harbordesk' },
  });
  return made.id;
}
