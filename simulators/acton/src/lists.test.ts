import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startProvider } from './provider.test-support.ts';
import type { TestProvider } from './provider.test-support.ts';

let provider: TestProvider;
beforeAll(async () => void (provider = await startProvider()));
afterAll(async () => provider.close());
beforeEach(async () => {
  await provider.turn('reset');
  await provider.turn('limits', { perSecond: null });
});

const upload = (fields: Record<string, string>, file?: string) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  if (file !== undefined) data.set('file', new Blob([file], { type: 'text/csv' }), 'contacts.csv');
  return data;
};
const people = 'Email;Name\n"a@b.c";"One; two"\n"d@e.f";Three\n';

describe('lists', () => {
  it('pages lists and the rows of a list', async () => {
    const lists = await provider.call('GET', '/api/1/list?listingtype=CONTACT_LIST&count=2&offset=3');
    expect(lists.body).toMatchObject({ offset: 3, count: 1, totalCount: 4, result: [{ id: 'l-0004' }] });
    const { body } = await provider.call('GET', '/api/1/list/l-0001?count=2&offset=1&fields=Company');
    expect(body).toMatchObject({ listId: 'l-0001', offset: 1, count: 2, totalCount: 60 });
    expect([body.headers, body.data[0]]).toEqual([
      ['_contact_id_', 'Company'],
      ['l-0001:1', 'Company 1'],
    ]);
  });

  it('tells only records that were changed after a moment', async () => {
    const moment = Date.UTC(2026, 0, 15) + 1_000;
    provider.pass(5_000);
    await provider.call('PUT', '/api/1/list/l-0004/record/l-0004:1', { Company: 'New' });
    const { body } = await provider.call('GET', `/api/1/list/l-0004?modafter=${moment}`);
    expect(body.data.map(([id]: string[]) => id)).toEqual(['l-0004:1']);
  });

  it('makes a list from a CSV file in a job that is pending, running and done', async () => {
    const made = await provider.call(
      'POST',
      '/api/1/list',
      upload({ listname: 'New', fieldseparator: 'SEMICOLON' }, people),
    );
    const poll = async () => (await provider.call('GET', `/api/1/list/${made.body.jobId}/status`)).body;
    expect(await poll()).toEqual({ status: 'The job is pending' });
    provider.pass(60);
    expect(await poll()).toEqual({ status: 'The job is running' });
    provider.pass(60);
    const { details } = await poll();
    expect(details).toMatchObject({ status: 'ok', appendCount: 2 });
    const { body } = await provider.call('GET', `/api/1/list/${details.listId}`);
    expect(body.data.map(([, ...cells]: string[]) => cells)).toEqual([
      ['a@b.c', 'One; two'],
      ['d@e.f', 'Three'],
    ]);
  });

  it('adds, reads, upserts and deletes a record', async () => {
    const path = '/api/1/list/l-0004/record';
    const { body } = await provider.call('POST', path, { EMAIL: 'x@y.z', 'First Name': 'X' });
    expect(body).toMatchObject({ status: 'success', id: 'l-0004:3', contact_id: 'l-0004:3' });
    const again = await provider.call('PUT', `${path}?email=X@y.z`, { Company: 'C' });
    expect(again.body.message).toBe('Record updated');
    const record = (await provider.call('GET', `${path}/l-0004:3`)).body;
    expect(record.slice(0, 5)).toEqual(['l-0004:3', 'X', '', 'x@y.z', 'C']);
    expect((await provider.call('DELETE', `${path}/l-0004:3`)).status).toBe(200);
    expect((await provider.call('GET', `${path}/l-0004:3`)).body.errorCode).toBe(10008);
  });

  it.each([
    ['an unknown list', 'GET', '/api/1/list/l-9999', undefined, 10004],
    ['an unknown column', 'POST', '/api/1/list/l-0001/record', { Colour: 'red' }, 10010],
    ['an unknown job', 'GET', '/api/1/list/77/status', undefined, 10017],
    ['an unknown parameter', 'GET', '/api/1/list?page=1', undefined, 10001],
    [
      'another list to merge into',
      'PUT',
      '/api/1/list/l-0001',
      upload({ mergespecs: '[{"dstListId":"l-9"}]', fieldseparator: 'SEMICOLON' }, people),
      10025,
    ],
  ])('refuses %s', async (_case, method, path, body, errorCode) => {
    expect(await provider.call(method, path, body)).toMatchObject({ status: 400, body: { errorCode } });
  });
});
