import { describe, expect, it } from 'vitest';
import type { Exchange } from '#platform/outbound';
import { toExchangeRecord } from './exchange.ts';
import type { ShownExchange } from './exchange.ts';

const planted = 'Sup3r/Planted+"Secret"';
const origin = {
  organizationId: 1,
  accountId: 2,
  instanceId: 7,
  elementKey: 'shop',
  requestId: 'a',
  traceTag: undefined,
};
const exchange = (more: Partial<Exchange>): Exchange => ({
  method: 'POST',
  url: 'https://shop.example/books',
  requestHeaders: {},
  requestBody: undefined,
  startedAtMs: 5,
  durationMs: 1.4,
  status: 200,
  replyHeaders: {},
  replyBody: undefined,
  failure: undefined,
  ...more,
});
const shown = (more: Partial<Exchange>, secrets = [planted]) =>
  JSON.parse(toExchangeRecord(origin, exchange(more), secrets).content) as ShownExchange;

describe('a logged exchange', () => {
  it.each<[string, Partial<Exchange>]>([
    [
      'in a header by its name',
      { requestHeaders: { Authorization: 'Basic dXNlcjpwYXNz', 'x-api-key': 'abc' } },
    ],
    ['in a reply’s header', { replyHeaders: { 'set-cookie': ['session=abcdef'] } }],
    ['in the query', { url: 'https://shop.example/books?access_token=abcdef' }],
    ['in JSON', { requestBody: '{"a":[{"client_secret":"abcdef"}]}' }],
    ['in a JSON number', { requestBody: '{"pin":12345678901234567890}' }],
    ['in JSON that is cut off', { replyBody: '{"access_token":"abcdef","a":"…' }],
    ['in a form', { requestBody: 'grant_type=x&client_secret=abcdef' }],
    ['in XML', { requestBody: '<a><Password>abcdef</Password></a>' }],
    ['behind why it failed', { failure: 'token=abcdef is wrong', status: undefined }],
  ])('has no secret %s', (_where, more) => {
    expect(JSON.stringify(shown(more))).not.toMatch(/abc|dXNlcjpwYXNz|12345678901234567890/);
  });

  it.each<[string, Partial<Exchange>]>([
    ['in a path', { url: `https://shop.example/${encodeURIComponent(planted)}/books` }],
    ['in a query', { url: `https://shop.example/books?who=${encodeURIComponent(planted)}` }],
    ['in a header of any name', { requestHeaders: { 'x-shop': planted } }],
    ['in JSON of any name', { replyBody: JSON.stringify({ echo: planted }) }],
    ['in a text', { replyBody: `You are ${planted}!` }],
  ])('has no secret of the account %s', (_where, more) => {
    expect(JSON.stringify(shown(more))).not.toContain('Planted');
  });

  it('shows everything else, numbers to the last digit', () => {
    expect(
      shown({
        url: 'https://shop.example/books?title=Emma',
        requestHeaders: { accept: 'application/json' },
        requestBody: '{"id":12345678901234567890,"title":"Emma"}',
        replyBody: 'fine',
        replyHeaders: { 'x-own': 'a' },
      }),
    ).toEqual({
      method: 'POST',
      url: 'https://shop.example/books?title=Emma',
      durationMs: 1,
      request: {
        headers: { accept: 'application/json' },
        body: '{"id":12345678901234567890,"title":"Emma"}',
      },
      response: { status: 200, headers: { 'x-own': 'a' }, body: 'fine' },
    });
  });

  it('does not take out what is too short to be told from other words', () => {
    expect(shown({ replyBody: 'a cat' }, ['cat'])).toMatchObject({ response: { body: 'a cat' } });
  });
});
