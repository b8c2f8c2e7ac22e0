import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startProvider } from '../provider.test-support.ts';
import type { TestProvider } from '../provider.test-support.ts';

let provider: TestProvider;
beforeAll(async () => void (provider = await startProvider()));
afterAll(async () => provider.close());
beforeEach(async () => {
  await provider.turn('reset');
  await provider.turn('limits', { perSecond: null });
});

const form = (fields: Record<string, string>) => new URLSearchParams(fields);
const csv = (text: string) => {
  const data = new FormData();
  data.set('file', new Blob([text], { type: 'text/csv' }), 'emails.csv');
  return data;
};

describe('messages', () => {
  it('pages messages of a type under msgresult', async () => {
    const { body } = await provider.call('GET', '/api/1/message?type=DRAFT&count=1&offset=1');
    expect(body).toMatchObject({ offset: 1, count: 1, totalCount: 2 });
    expect(body.msgresult).toMatchObject([{ msgId: 'd-0002', msgType: 'DRAFT' }]);
  });

  it('makes, changes and deletes a draft', async () => {
    const made = await provider.call(
      'POST',
      '/api/1/message',
      form({ type: 'draft', title: 'T', subject: 'S' }),
    );
    expect(made.body).toMatchObject({ status: 'success' });
    const { id } = made.body;
    expect((await provider.call('PUT', `/api/1/message/${id}`, form({ htmlbody: '<p>x</p>' }))).status).toBe(
      200,
    );
    expect((await provider.call('GET', `/api/1/message/${id}/l-0001:0`)).body).toBe('<p>x</p>');
    expect((await provider.call('DELETE', `/api/1/message/${id}`)).status).toBe(200);
    expect(await provider.call('GET', `/api/1/message/${id}/report`)).toEqual({
      status: 400,
      body: { errorCode: 10030, message: 'Invalid or deleted message' },
    });
  });

  it('sends a draft to a list without those who opted out, and reports it', async () => {
    const sent = await provider.call('POST', '/api/1/message/d-0001/send', form({ sendtoids: 'l-0001' }));
    const { body } = await provider.call('GET', `/api/1/message/${sent.body.id}/report`);
    expect(body).toMatchObject({ sent: 58, title: 'Autumn Offer', sentto: ['l-0001'] });
  });

  it('schedules what is sent later', async () => {
    const fields = { sendtorecids: 'l-0004:1', when: String(Date.UTC(2027, 0, 1) / 1000) };
    const { body } = await provider.call('POST', '/api/1/message/t-0001/send', form(fields));
    expect(body.message).toBe('Message scheduled');
  });

  it.each([
    ['a sender that is not verified', 'd-0001', { sendtoids: 'l-0001', senderemail: 'x@y.z' }, 10122],
    ['nobody to send to', 'd-0001', {}, 10121],
    ['an unknown list', 'd-0001', { sendtoids: 'l-9999' }, 10004],
    ['an unknown message', 'd-9999', { sendtoids: 'l-0001' }, 10030],
    ['an unknown field', 'd-0001', { sendtoids: 'l-0001', colour: 'red' }, 10122],
  ])('refuses to send with %s', async (_case, id, fields, errorCode) => {
    const { status, body } = await provider.call('POST', `/api/1/message/${id}/send`, form(fields as never));
    expect({ status, errorCode: body.errorCode }).toEqual({ status: 400, errorCode });
  });

  it('drills down, and refuses other verbs', async () => {
    const { body } = await provider.call('GET', '/api/1/message/s-0001-2409/report/BOUNCED');
    expect(body).toMatchObject({ totalCount: 2, result: [{ recId: 'l-0001:3' }, { recId: 'l-0001:6' }] });
    expect((await provider.call('GET', '/api/1/message/s-0001-2409/report/X')).body.errorCode).toBe(10089);
    expect((await provider.call('GET', '/api/1/message/x/report/SENT')).status).toBe(404);
  });

  it('reports a month day by day', async () => {
    const { body } = await provider.call('GET', '/api/1/message/report?period=2602');
    expect([body.month, body.counts.length]).toEqual(['February 2026', 28]);
    expect((await provider.call('GET', '/api/1/message/report?period=2613')).body.errorCode).toBe(10160);
  });
});

describe('opt-outs and subscriptions', () => {
  it('takes addresses from a CSV file out and in again', async () => {
    await provider.call('PUT', '/api/1/list/optout', csv('Email\n"new@example.com"\n'));
    const { body } = await provider.call('GET', '/api/1/list/optout');
    expect(body.result.map((one: { email: string }) => one.email)).toContain('new@example.com');
    await provider.call('PUT', '/api/1/list/optin', csv('new@example.com'));
    expect((await provider.call('GET', '/api/1/list/optout')).body.totalCount).toBe(2);
  });

  it('opts one address out of one category and back in', async () => {
    const change = (action: string) =>
      provider.call(
        'PUT',
        '/api/1/subscription/optout',
        form({ email: 'a@b.c', category: 'Events', action }),
      );
    const count = async () =>
      (await provider.call('GET', '/api/1/subscription/optout?category=Events')).body.totalCount;
    await change('optout');
    expect(await count()).toBe(1);
    await change('optin');
    expect(await count()).toBe(0);
    expect((await change('maybe')).status).toBe(400);
  });
});

describe('what every operation looks at', () => {
  it.each([
    ['an unknown query parameter', 'GET', '/api/1/campaigns?x=1', undefined, 400, { errorCode: 10122 }],
    ['a wrong content type', 'POST', '/api/1/logo', { name: 'x' }, 415, { errorCode: 415 }],
    ['more than 1000 at once', 'GET', '/api/1/message?count=1001', undefined, 400, { errorCode: 10122 }],
    ['no file', 'PUT', '/api/1/list/optout', new FormData(), 400, { errorCode: 10121 }],
    [
      'an unknown unified contact',
      'GET',
      '/ucl/v2/12345/contact/id/x',
      undefined,
      404,
      { errors: ['Contact not found'] },
    ],
    [
      'an unknown object',
      'GET',
      '/custom-objects/v1/12345/schema/x',
      undefined,
      404,
      { status: '404 NOT_FOUND' },
    ],
    ['an unknown path', 'GET', '/api/1/nothing', undefined, 404, { httpCode: '404' }],
  ])('refuses %s', async (_case, method, path, body, status, shape) => {
    expect(await provider.call(method, path, body)).toMatchObject({ status, body: shape });
  });

  it('keeps every digit of a number', async () => {
    const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
    const fields = { Company: rawJSON('12345678901234567890') };
    const { body } = await provider.call('POST', '/api/1/list/l-0001/record', fields);
    const record = await provider.call('GET', `/api/1/list/l-0001/record/${body.id}`);
    expect(record.body).toContain('12345678901234567890');
  });
});
