import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startProvider } from '../provider.test-support.ts';
import type { TestProvider } from '../provider.test-support.ts';
import { eventTypes } from './event-types.ts';

let provider: TestProvider;
let endpoint: Server;
let endpointUrl: string;
/** What the endpoint answers next; 200 when nothing is planned. */
let answers: number[] = [];
let received: { body: string; signature: unknown }[] = [];

beforeAll(async () => {
  provider = await startProvider();
  endpoint = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ body, signature: request.headers['x-acton-signature'] });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  endpointUrl = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  await provider.close();
  endpoint.closeAllConnections();
  endpoint.close();
});
beforeEach(async () => {
  await provider.turn('reset');
  await provider.turn('limits', { perSecond: null });
  received = [];
});
afterEach(() => void (answers = []));

const secret = 'endpoint secret';
const listen = (more: object = {}) => provider.turn('webhooks', { url: endpointUrl, secret, ...more });
const state = async () => (await (await fetch(`${provider.url}/_simulator/state`)).json()) as any;
const calls = async (count: number) => {
  await vi.waitFor(() => expect(received.length).toBeGreaterThanOrEqual(count), { timeout: 5_000 });
  return received;
};
/** All events of the calls so far, as `type id of the thing`. */
const told = async (count: number) => {
  const all = () =>
    received.flatMap(({ body }) => {
      const parsed = JSON.parse(body);
      return (parsed.events ?? [parsed]) as { type: string; data: any }[];
    });
  await vi.waitFor(() => expect(all().length).toBeGreaterThanOrEqual(count), { timeout: 5_000 });
  return all();
};
const typesOf = (events: { type: string }[]) => events.map(({ type }) => type);
const csv = (content: string) => {
  const form = new FormData();
  form.set('file', new Blob([content], { type: 'text/csv' }), 'a.csv');
  return form;
};
const finish = async (jobId: string) => {
  provider.pass(1_000);
  await provider.call('GET', `/api/1/list/${jobId}/status`);
};

describe('a webhook', () => {
  it('is signed over its raw body with the secret of its endpoint', async () => {
    await listen();
    await provider.turn('emit', { type: 'form.submitted', data: { fields: { name: 'Zoë' } } });
    const [call] = await calls(1);
    expect(call?.signature).toBe(
      createHmac('sha256', secret)
        .update(call?.body ?? '')
        .digest('hex'),
    );
    expect(JSON.parse(call?.body ?? '')).toEqual({
      deliveryId: expect.stringMatching(/^[\da-f-]{36}$/),
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      type: 'form.submitted',
      accountId: '12345',
      timestamp: '2026-01-15T00:00:00.000Z',
      data: expect.objectContaining({ fields: { name: 'Zoë' }, formId: expect.any(String) }),
    });
  });

  it('tells together what one call has changed, at most a hundred events at once', async () => {
    await listen({ types: ['contact.added'] });
    const form = csv(
      `Name,Email\n${Array.from({ length: 120 }, (_, at) => `N${at},n${at}@example.com\n`).join('')}`,
    );
    form.set('listname', 'Many');
    await finish((await provider.call('POST', '/api/1/list', form)).body.jobId);
    const sizes = (await calls(2)).map(({ body }) => JSON.parse(body).events.length);
    expect(sizes).toEqual([100, 20]);
  });

  it('is sent again when the endpoint fails, and given up after five attempts', async () => {
    await listen({ retryMs: 1 });
    answers = [500, 302, 200];
    await provider.turn('emit', { type: 'list.updated' });
    const [first, ...again] = await calls(3);
    expect(again).toEqual([first, first]);
    answers = Array.from({ length: 5 }, () => 503);
    await provider.turn('emit', { type: 'list.updated' });
    await vi.waitFor(async () =>
      expect((await state()).webhooks).toEqual([
        expect.objectContaining({ delivered: 1, failed: 1, attempts: 8, lastStatus: 503, waiting: 0 }),
      ]),
    );
  });

  it('does not delay the call that caused it, and keeps the order', async () => {
    await listen({ retryMs: 1 });
    answers = [500, 500];
    await provider.call('POST', '/api/1/list/l-0001/record', { 'First Name': 'A' });
    await provider.call('PUT', '/api/1/list/l-0001/record/l-0001:60', { 'First Name': 'B' });
    await provider.call('DELETE', '/api/1/list/l-0001/record/l-0001:60');
    await calls(5);
    expect(typesOf(await told(5)).slice(2)).toEqual(['contact.added', 'contact.updated', 'contact.deleted']);
  });

  it('is sent again on demand, byte by byte', async () => {
    await listen();
    await provider.turn('emit', { type: 'contact.updated' });
    await calls(1);
    expect(await provider.turn('resend-webhooks')).toEqual({ resent: 1 });
    const [first, second] = await calls(2);
    expect(second).toEqual(first);
  });

  it('ends with its endpoint', async () => {
    const { id } = (await listen()) as { id: string };
    const remove = () => fetch(`${provider.url}/_simulator/webhooks/${id}`, { method: 'DELETE' });
    expect([(await remove()).status, (await remove()).status]).toEqual([200, 404]);
    await provider.turn('emit', { type: 'list.added' });
    expect([(await state()).webhooks, received]).toEqual([[], []]);
  });

  it('needs an address, and gets a secret when it has none; nobody is shown it later', async () => {
    expect(await provider.turn('webhooks', { url: 'nowhere' })).toMatchObject({ errorCode: 10001 });
    expect(await listen({ secret: undefined })).toMatchObject({ secret: expect.stringMatching(/^\w{20,}$/) });
    expect(JSON.stringify((await state()).webhooks)).not.toContain('secret');
  });
});

describe('what changes is told', () => {
  const unified = '/ucl/v2/12345/contact';
  it.each<[string, () => Promise<unknown>, string[]]>([
    [
      'a record upserted',
      () => provider.call('PUT', '/api/1/list/l-0001/record?email=x@example.com', { Company: 'C' }),
      ['contact.added'],
    ],
    [
      'records deleted together',
      () => provider.call('DELETE', '/api/1/list/l-0001/record?contactids=l-0001:0,l-0001:1'),
      ['contact.deleted', 'contact.deleted'],
    ],
    [
      'a list merged with a file',
      async () => {
        const form = csv('E-mail Address,Company\nann.ashe.0@example.com,New\nnobody@example.com,New\n');
        await finish((await provider.call('PUT', '/api/1/list/l-0004', form)).body.jobId);
      },
      ['contact.updated', 'contact.added', 'list.updated'],
    ],
    ['a list deleted', () => provider.call('DELETE', '/api/1/list/l-0004'), ['list.deleted']],
    [
      'a unified contact made, changed and deleted',
      async () => {
        const made = await provider.call('POST', `${unified}?createContactMethod=EMAIL`, {
          email: 'u@example.com',
        });
        await provider.call('PUT', `${unified}/id/${made.body.objectId}`, { firstName: 'U' });
        await provider.call('DELETE', `${unified}/email/u@example.com`);
      },
      ['contact.added', 'contact.updated', 'contact.deleted'],
    ],
    [
      'somebody opted out of everything, and in again; once each',
      async () => {
        for (const way of ['optout', 'optout', 'optin', 'optin'])
          await provider.call('PUT', `/api/1/list/${way}`, csv('o@example.com\n'));
      },
      ['contact-opt.global-opt-out', 'contact-opt.global-opt-in'],
    ],
    [
      'somebody opted out of a category, and in again',
      async () => {
        for (const action of ['optout', 'optin'])
          await provider.call('PUT', '/api/1/subscription/optout', {
            email: 'o@example.com',
            category: 'Newsletter',
            action,
          });
      },
      ['contact-opt.category-opt-out', 'contact-opt.category-opt-in'],
    ],
    [
      'a message scheduled, another sent',
      async () => {
        const send = (more: object) =>
          provider.call('POST', '/api/1/message/custom/send', {
            title: 'T',
            subject: 'S',
            senderemail: 'ann@example.com',
            sendtoids: 'l-0004',
            ...more,
          });
        await send({ when: String(Date.UTC(2027, 0, 1)) });
        await send({});
      },
      ['email-message.scheduled', 'email-message.sent'],
    ],
  ])('%s', async (_, change, types) => {
    await listen();
    await change();
    // One more, so that events too many are seen too.
    await provider.turn('emit', { type: 'campaign.started' });
    const events = await told(types.length + 1);
    expect(typesOf(events)).toEqual([...types, 'campaign.started']);
  });

  it('is told only of the types that the endpoint wants', async () => {
    await listen({ types: ['list.deleted'] });
    await provider.call('POST', '/api/1/list/l-0001/record', { Company: 'C' });
    await provider.call('DELETE', '/api/1/list/l-0004');
    expect(typesOf(await told(1))).toEqual(['list.deleted']);
  });
});

describe('an event on demand', () => {
  it.each(eventTypes)('%s says what it is about', async (type) => {
    await listen();
    await provider.turn('emit', { type });
    const [event] = await told(1);
    const ids = Object.entries(event?.data).filter(([name]) => /Id$|^email$/.test(name));
    expect([event?.type, ids.length > 0, ids.every(([, value]) => typeof value === 'string')]).toEqual([
      type,
      true,
      true,
    ]);
  });

  it('happens in the account too', async () => {
    const submits = async () => {
      const [, forms] = (await provider.call('GET', '/api/1/form')).body;
      return (await provider.call('GET', `/api/1/form/${forms.entries[0].id}/report`)).body.result[0].submits;
    };
    const before = await submits();
    await provider.turn('emit', { type: 'form.submitted' });
    expect(await submits()).toBe(before + 1);
  });

  it('may be of a type that nobody knows, but not of none', async () => {
    await listen();
    await provider.turn('emit', { type: 'survey.answered', data: { surveyId: 's-1' } });
    expect(await told(1)).toEqual([
      expect.objectContaining({ type: 'survey.answered', data: { surveyId: 's-1' } }),
    ]);
    expect(await provider.turn('emit', {})).toMatchObject({ errorCode: 10001 });
  });
});
