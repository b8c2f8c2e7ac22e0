import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Client } from './client.ts';
import { simulated } from './flow.ts';
import type { Connected } from './flow.ts';
import * as show from './show.ts';

/** Where events are delivered: your app, in real life. */
export interface EventListener {
  url: string;
  /** For the list of private addresses that the server may call. */
  host: string;
  /** The first delivery. */
  arrived: Promise<{ body: string; signature: string }>;
  close(): void;
}

const timeoutMs = 20_000;

export async function listenForEvents(): Promise<EventListener> {
  const arrived = Promise.withResolvers<{ body: string; signature: string }>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      response.end();
      arrived.resolve({ body, signature: String(request.headers['elements-webhook-signature']) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // The demo also ends by itself, when the server cannot start.
  server.unref();
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://${host}/events`, host, arrived: arrived.promise, close };
}

/** Switches events on, changes a contact, and shows what the app is told. */
export async function hearOfChanges(
  client: Client,
  connected: Connected,
  contact: string,
  listener: EventListener,
): Promise<void> {
  const { user, organization, elementToken, instanceId } = connected;
  const [endpointSecret, signatureKey] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
  show.heading(
    8,
    'Change the contact, and hear of it: the provider calls, and your app is told in one shape, signed',
  );
  await client.call('PATCH', `/instances/${instanceId}`, {
    authorization: `User ${user}, Organization ${organization}`,
    json: {
      configuration: {
        'event.notification.enabled': 'true',
        'event.notification.callback.url': listener.url,
        'event.notification.signature.key': signatureKey,
        'event.webhook.secret': endpointSecret,
      },
    },
  });
  const endpoint = await enterWebhook(connected, endpointSecret);
  await client.call('PATCH', contact, {
    authorization: `User ${user}, Element ${elementToken}`,
    json: { 'Last Name': 'Drake', Email: 'dora.dune@example.com' },
  });
  const { body, signature } = await soon(listener.arrived);
  const { message } = JSON.parse(body) as { message: object };
  const shown = { message: { ...message, raw: '… what the provider sent' } };
  show.request('POST', `${listener.url}   (to your app)`, JSON.stringify(shown, null, 2));
  const expected = `sha256=${createHmac('sha256', signatureKey).update(body).digest('base64')}`;
  if (signature !== expected) throw new Error(`The signature ${signature} is not ${expected}.`);
  show.say(`Elements-Webhook-Signature: ${signature} is right`);
  await endpoint.remove();
}

/** What a person does in the provider's settings. */
async function enterWebhook({ apiUrl, providerUrl, instanceId }: Connected, secret: string) {
  const url = `${apiUrl}/events/${simulated.elementKey}/${btoa(String(instanceId))}`;
  const reply = await fetch(`${providerUrl}/_simulator/webhooks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url, secret }),
  });
  const { id } = (await reply.json()) as { id: string };
  show.say(`Somebody enters the webhook in the provider's settings: ${url}`);
  return { remove: () => fetch(`${providerUrl}/_simulator/webhooks/${id}`, { method: 'DELETE' }) };
}

async function soon<T>(awaited: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No event has arrived in time.')), timeoutMs);
  });
  try {
    return await Promise.race([awaited, late]);
  } finally {
    clearTimeout(timer);
  }
}
