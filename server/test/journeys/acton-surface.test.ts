import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { catalogFolder, startTestApp } from '../support/app.ts';
import type { CallOptions, Loose, TestApp } from '../support/app.ts';
import { simulated, startActOn } from '../support/simulator.ts';
import type { SimulatedProvider } from '../support/simulator.ts';

// The whole surface of the Act-On element against the simulator, which refuses what the provider would refuse.

const callbackUrl = 'http://127.0.0.1:1/auth';
/** Calls are spread over accounts, because each is paced by the provider's limit. */
const accounts = 12;
let provider: SimulatedProvider;
let app: TestApp;
let authorizations: string[];
let turn = 0;

beforeAll(async () => {
  provider = await startActOn();
  await provider.turn('limits', { perSecond: null, perDay: null, tokenCallsPerHour: null });
  app = await startTestApp({
    elementsFolder: catalogFolder,
    elementDefaults: { acton: { 'base.url': provider.url } },
    allowHosts: [provider.host],
  });
  authorizations = await Promise.all(Array.from({ length: accounts }, connect));
});

afterAll(async () => {
  await app?.close();
  await provider?.stop();
});

afterEach(async () => expect((await provider.state()).refused).toEqual([]));

async function connect(_: unknown, index: number): Promise<string> {
  const code = (await provider.consent(callbackUrl)).get('code');
  const { body } = await app.call('POST', '/instances', {
    json: {
      name: `account ${index}`,
      element: { key: 'acton' },
      providerData: { code },
      configuration: {
        'oauth.callback.url': callbackUrl,
        'oauth.api.key': simulated.apiKey,
        'oauth.api.secret': simulated.apiSecret,
      },
    },
  });
  return app.asElement(body.token);
}

async function call(method: string, path: string, options: CallOptions = {}): Promise<Loose> {
  const authorization = authorizations[turn++ % accounts] ?? '';
  const reply = await app.call(method, `/hubs/marketing${path}`, { authorization, ...options });
  expect([method, path, reply.status, reply.body?.message]).toEqual([method, path, 200, reply.body?.message]);
  return reply.body;
}

const post = (path: string, json: unknown) => call('POST', path, { json });
const patch = (path: string, json: unknown) => call('PATCH', path, { json });

function withFile(fields: Record<string, unknown>, csv: string): CallOptions {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    body.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  body.set('file', new Blob([csv], { type: 'text/csv' }), 'people.csv');
  return { body };
}

function pathsToRead(): string[] {
  const folder = join(catalogFolder, 'acton/resources');
  const rows = readdirSync(folder).flatMap(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { method: string; path: string }[],
  );
  const paths = rows
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => path.replace('/hubs/marketing', ''));
  return paths.filter((path) => !path.includes('{'));
}

/** What a path cannot do without. */
const needed: Record<string, string> = { '/campaigns/reports': 'period=2409' };
/** Tested where there is something to ask for. */
const elsewhere = new Set(['/lists/lookup', '/lists/rejected-records']);

it.each(pathsToRead().filter((path) => !elsewhere.has(path)))('reads %s', async (path) => {
  await call('GET', `${path}?${needed[path] ?? 'pageSize=2'}`);
});

describe('reads one of each kind, and what belongs to it', () => {
  it.each([
    ['/campaigns', ['', '/reports', '/reports/sent']],
    ['/marketing-campaigns', ['']],
    ['/pages', ['', '/urls', '/reports']],
    ['/forms', ['', '/urls', '/reports']],
    ['/lists', ['', '/contacts']],
    ['/segments', ['', '/contacts']],
    ['/unified-contacts', ['', '/activities', '/scores', '/segments']],
    ['/custom-objects', ['', '/datasets']],
    ['/headers', ['']],
    ['/footers', ['']],
    ['/media', ['/reports', '/reports/messages', '/reports/views', '/reports/timeline']],
  ])('%s', async (path, more) => {
    const [first] = await call('GET', `${path}?pageSize=2`);
    for (const below of more) await call('GET', `${path}/${encodeURIComponent(first.id)}${below}`);
  });
});

describe('writes, and reads what it has written', () => {
  it('a list from a file, merged with another', async () => {
    const people = 'First Name,E-mail Address\nAnn,ann@new.example\nBob,bob@new.example\n';
    const list = await call('POST', '/lists', withFile({ list: { name: 'New people' } }, people));
    const contacts = `/lists/${list.id}/contacts`;
    expect(await call('GET', contacts)).toHaveLength(2);

    const mergespecs = [
      {
        dstListId: list.id,
        mergeMode: 'UPSERT',
        columnMap: [
          { srcCol: 'E-mail Address', dstCol: 'E-mail Address', keyCol: 'Y' },
          { srcCol: 'First Name', dstCol: 'First Name', keyCol: 'N' },
        ],
      },
    ];
    const changed = 'First Name,E-mail Address\nAnna,ann@new.example\nCem,cem@new.example\n';
    const merged = await call('PATCH', `/lists/${list.id}`, withFile({ list: { mergespecs } }, changed));
    expect(merged).toMatchObject({ appendCount: 1, updateCount: 1 });
    const names = (await call('GET', contacts)).map((contact: Loose) => contact['First Name']);
    expect(names).toEqual(['Anna', 'Bob', 'Cem']);
    await call('DELETE', `/lists/${list.id}`);
  });

  it('a contact of a list, found by name and by date', async () => {
    const [list] = await call('GET', '/lists');
    const contacts = `/lists/${list.id}/contacts`;
    const before = new Date(Date.now() - 60_000).toISOString();
    const [made] = await post(contacts, {
      'First Name': 'Zoe',
      'Last Name': 'Zimt',
      'E-mail Address': 'zoe@new.example',
    });
    const contact = `${contacts}/${encodeURIComponent(made.id)}`;
    expect(await call('GET', contact)).toMatchObject({ 'First Name': 'Zoe' });
    await patch(contact, { 'First Name': 'Zora' });
    const where = encodeURIComponent(`modified_date > '${before}' AND \`Last Name\` = 'Zimt'`);
    expect(await call('GET', `${contacts}?where=${where}`)).toMatchObject([
      { id: made.id, 'First Name': 'Zora' },
    ]);
    await call('DELETE', contact);
  });

  it('a campaign, which is sent', async () => {
    const [sender] = await call('GET', '/accounts');
    const made = await post('/campaigns', {
      name: 'Spring news',
      subject: 'Hello',
      htmlBody: '<p>Hi</p>',
      textBody: 'Hi',
      senderName: sender.name,
      senderEmail: sender.email,
    });
    await patch(`/campaigns/${made.id}`, { subject: 'Hello again' });
    expect(await call('GET', `/campaigns/${made.id}`)).toMatchObject({ id: made.id });
    const [list] = await call('GET', '/lists');
    await post(`/campaigns/${made.id}/send`, { sendToIds: [list.id], isTransactional: false });
  });

  it('subscriptions of an address', async () => {
    const [type] = await call('GET', '/subscription-types');
    const path = `/subscription-types/${encodeURIComponent(type.name)}`;
    await call('PATCH', `${path}/optout/ann.ashe.0@example.com`);
    await call('PATCH', `${path}/optin/ann.ashe.0@example.com`);
    const before = (await call('GET', '/optouts')).length;
    await call('PUT', '/optouts', withFile({}, 'out@new.example\n'));
    expect(await call('GET', '/optouts')).toHaveLength(before + 1);
  });

  it('a unified contact', async () => {
    const made = await post('/unified-contacts', { email: 'uma@new.example', firstName: 'Uma' });
    await patch(`/unified-contacts/${made.id}`, { firstName: 'Ulla' });
    expect(await call('GET', `/unified-contacts/${made.id}`)).toMatchObject({ firstName: 'Ulla' });
    await call('DELETE', '/unified-contacts', { json: [made.id] });
  });

  it('a segment with contacts', async () => {
    const made = await post('/segments', {
      name: 'Fans',
      parentId: 'l-unified-contacts',
      type: 'DIRECT_SELECT',
    });
    const [contact] = await call('GET', '/unified-contacts?pageSize=1');
    await call('PUT', `/segments/${made.id}/contacts`, { json: [contact.id] });
    expect(await call('GET', `/segments/${made.id}/contacts`)).toMatchObject([{ id: contact.id }]);
    await call('DELETE', `/segments/${made.id}`);
  });

  it('a custom object with data', async () => {
    const made = await post('/custom-objects', {
      name: 'visits',
      dataType: 'ENTITY',
      fields: [{ name: 'visitId', type: 'STRING', isKey: true }],
    });
    expect(await call('GET', `/custom-objects/${made.id}`)).toMatchObject({ name: 'visits' });
    await call('DELETE', `/custom-objects/${made.id}`);
  });

  it('a header and a footer', async () => {
    for (const path of ['/headers', '/footers']) {
      const made = await post(path, { title: 'Plain', html: '<hr>' });
      await patch(`${path}/${made.id}`, { title: 'Plainer', html: '<hr>' });
      expect(await call('GET', `${path}/${made.id}`)).toMatchObject({ title: 'Plainer' });
      await call('DELETE', `${path}/${made.id}`);
    }
  });
});
