import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPollUrl } from './poll-url.ts';

const sinceMs = Date.UTC(2024, 4, 1, 10, 0, 0, 5);

function write(text: string, configuration: Record<string, string> = {}) {
  const url = readPollUrl(text);
  if (Array.isArray(url)) throw new Error(url.join(' '));
  return url.write({ sinceMs, configuration });
}

describe('the URL of a plan', () => {
  it.each([
    ['/hubs/crm/contacts', '/contacts', {}],
    ['/contacts', '/contacts', {}],
    ['contacts', '/contacts', {}],
    ['/elements/api-v2/hubs/crm/contacts?a=1', '/contacts', { a: '1' }],
    ['https://api.example.com/elements/api-v2/hubs/crm/contacts', '/contacts', {}],
    ['/lists/${configuration.list id}/contacts', '/lists/a%2Fb/contacts', {}],
    [
      "/hubs/crm/contacts?where=updated>'${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}'&orderBy=updated",
      '/contacts',
      { where: "updated>'2024-05-01T10:00:00Z'", orderBy: 'updated' },
    ],
    ["/c?where=a >= '${date:yyyy}' and b+c=1", '/c', { where: "a >= '2024' and b+c=1" }],
    ['/c?where=a%3E%27x%27+and+b', '/c', { where: "a>'x' and b" }],
    ['/c?where=100%', '/c', { where: '100%' }],
    [
      '/c?at=${epoch}&s=${epoch:s}&us=${epoch:us}',
      '/c',
      { at: '1714557600005', s: '1714557600', us: '1714557600005000' },
    ],
    ['/c?at=${dateTimeZone:America/New_York:HH:mm Z}', '/c', { at: '06:00 -0400' }],
    ['/c?at=${dateTimeZone:GMT+05:30:HH:mm}', '/c', { at: '15:30' }],
    ['/c?k=${configuration.list id}&none=${configuration.x}', '/c', { k: 'a/b', none: '' }],
    ['/c?a=1&a=2&flag', '/c', { a: ['1', '2'], flag: '' }],
  ])('%s', (text, path, query) => {
    expect(write(text, { 'list id': 'a/b' })).toEqual({ path, query });
  });

  it('says whether it asks for a time', () => {
    const hasTime = (text: string) => (readPollUrl(text) as { hasTime: boolean }).hasTime;
    expect(hasTime('/c?at=${epoch}')).toBe(true);
    expect(hasTime('/c?at=${configuration.x}')).toBe(false);
  });

  it.each([
    ['', 'has no path'],
    ['/', 'has no path'],
    ['?a=1', 'has no path'],
    ['https://elsewhere.example/contacts', 'must be a path of a hub'],
    ['/c?at=${today}', 'the token ${today} is unknown'],
    ['/c?at=${epoch:h}', '${epoch:h} must be'],
    ['/c?at=${date:}', 'no field of a date'],
    ['/c?at=${gmtDate:yyyy-MM-ddTHH}', 'the letter T'],
    ['/c?at=${dateTimeZone:Mars:yyyy}', 'the time zone Mars is unknown'],
    ['/c?at=${dateTimeZone:yyyy}', 'must be ${dateTimeZone:<zone>:<pattern>}'],
  ])('%j is refused: %s', (text, fault) => {
    expect(String(readPollUrl(text))).toContain(fault);
  });

  it('brings every value to the query as it was, encoded or not', () => {
    const value = fc.string({ unit: 'grapheme' }).filter((text) => !/[\uE000\uE001]|\$\{/.test(text));
    fc.assert(
      fc.property(value, (text) => {
        expect(write(`/c?v=${encodeURIComponent(text)}`).query).toEqual({ v: text });
      }),
    );
  });
});
