import type { Client } from './client.ts';
import { consentAsPerson, listenForCallback } from './consent.ts';
import * as show from './show.ts';

/** The app that the simulated provider knows, and a person who has an account there. */
export const simulated = {
  elementKey: 'acton',
  apiKey: 'ligand-demo',
  apiSecret: 'ligand-demo-secret',
  person: { username: 'ann@example.com', password: 'correct horse' },
};

export interface Connected {
  user: string;
  organization: string;
  elementToken: string;
  instanceId: number;
  apiUrl: string;
  providerUrl: string;
}

interface Secrets {
  userSecret: string;
  organizationSecret: string;
}

/** Connects an account as a client would: secrets, OAuth URL, consent, callback, `POST /instances`. */
export async function connectAccount(
  client: Client,
  login: { email: string; password: string },
): Promise<Connected> {
  show.heading(1, 'Log in: user name and password become the secrets that every call carries');
  const { token } = (
    await client.call<{ token: string }>('POST', '/authentication', {
      json: { username: login.email, password: login.password },
      shown: JSON.stringify({ username: login.email, password: '…' }, null, 2),
    })
  ).body;
  const secrets = (
    await client.call<Secrets>('GET', '/authentication/secrets', { authorization: `Bearer ${token}` })
  ).body;
  const authorization = `User ${secrets.userSecret}, Organization ${secrets.organizationSecret}`;

  show.heading(2, 'Ask for the URL at which the person gives consent');
  const callback = await listenForCallback();
  try {
    const query = new URLSearchParams({
      apiKey: simulated.apiKey,
      apiSecret: simulated.apiSecret,
      callbackUrl: callback.url,
      state: 'customer-42',
    });
    const { oauthUrl } = (
      await client.call<{ oauthUrl: string }>(
        'GET',
        `/elements/${simulated.elementKey}/oauth/url?${query.toString()}`,
      )
    ).body;

    show.heading(3, 'The person consents at the provider, which calls back with a code');
    await consentAsPerson(oauthUrl, simulated.person);
    const arrived = await callback.arrived;
    show.say(`The provider called ${callback.url}?code=${arrived.get('code')}&state=${arrived.get('state')}`);

    show.heading(4, 'Create the instance: the code becomes tokens, and you get one Element token');
    const created = await client.call<{ id: number; token: string }>('POST', '/instances', {
      authorization,
      json: {
        element: { key: simulated.elementKey },
        providerData: { code: arrived.get('code') },
        configuration: {
          'oauth.callback.url': callback.url,
          'oauth.api.key': simulated.apiKey,
          'oauth.api.secret': simulated.apiSecret,
        },
        tags: ['demo'],
        name: `Demo of ${new Date().toISOString()}`,
      },
    });
    return {
      user: secrets.userSecret,
      organization: secrets.organizationSecret,
      elementToken: created.body.token,
      instanceId: created.body.id,
      apiUrl: client.base,
      providerUrl: new URL(oauthUrl).origin,
    };
  } finally {
    callback.close();
  }
}

interface Entry {
  id: string;
}

/**
 * Works with the account through the marketing hub: accounts, lists, contacts. With few calls, since the provider allows five in a second:
 * eleven would take a second longer than ten.
 *
 * @returns the path of the contact that it has made.
 */
export async function useAccount(client: Client, { user, elementToken }: Connected): Promise<string> {
  const authorization = `User ${user}, Element ${elementToken}`;
  const hub = '/hubs/marketing';

  show.heading(5, 'Read accounts; search lists, and go through pages');
  await client.call('GET', `${hub}/accounts`, { authorization });
  const found = `${hub}/lists?where=${encodeURIComponent("name LIKE '%er%'")}&pageSize=2`;
  const { headers } = await client.call('GET', found, { authorization });
  const next = headers.get('elements-next-page-token') ?? '';
  await client.call('GET', `${found}&nextPage=${encodeURIComponent(next)}`, { authorization });

  show.heading(6, 'Make a list from a CSV file');
  const form = new FormData();
  const name = `Demo ${Date.now()}`;
  const about = {
    name,
    description: 'Made by the demo',
    headings: 'Y',
    fieldseparator: 'COMMA',
    quotecharacter: 'DOUBLE_QUOTE',
  };
  form.set('list', JSON.stringify(about));
  const people = [
    'Ann,Ashe,ann.ashe@example.com',
    'Bob,Birch,bob.birch@example.com',
    'Cem,Cedar,cem.cedar@example.com',
  ];
  form.set(
    'file',
    new Blob([`First Name,Last Name,Email\n${people.join('\n')}\n`], { type: 'text/csv' }),
    'people.csv',
  );
  const made = await client.call<Entry>('POST', `${hub}/lists`, {
    authorization,
    form,
    shown: `list: ${JSON.stringify(about)}\nfile: people.csv (3 people)`,
  });
  const list = `${hub}/lists/${encodeURIComponent(made.body.id)}`;
  const contacts = `${list}/contacts`;

  show.heading(7, 'Create and read a contact: plain JSON objects, whatever the provider keeps');
  const created = await client.call<Entry[]>('POST', contacts, {
    authorization,
    json: { 'First Name': 'Dora', 'Last Name': 'Dune', Email: 'dora.dune@example.com' },
  });
  const contact = `${contacts}/${encodeURIComponent(created.body[0]?.id ?? '')}`;
  await client.call('GET', contact, { authorization });

  return contact;
}

export async function deleteContact(
  client: Client,
  { user, elementToken }: Connected,
  contact: string,
): Promise<void> {
  show.heading(9, 'Delete the contact');
  await client.call('DELETE', contact, { authorization: `User ${user}, Element ${elementToken}` });
}
