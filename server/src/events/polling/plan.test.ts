import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connection } from '#instances';
import { pollingOf } from './plan-source.ts';
import { checkPollPlan, readPlans } from './plan.ts';

const documented = {
  contacts: {
    url: "/hubs/crm/contacts?where=updated>'${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}'",
    idField: 'id',
    filterByUpdatedDate: true,
    filterByCurrentDate: false,
    createdCheckTolerance: 60,
    pageSize: 20,
    pollDelay: 60,
    datesConfiguration: {
      updatedDateField: 'updated',
      updatedDateFormat: "yyyy-MM-dd'T'HH:mm:ss'Z'",
      updatedDateTimezone: 'GMT',
      createdDateField: 'created',
      createdDateFormat: 'milliseconds',
      createdDateTimezone: 'GMT',
    },
  },
};

describe('a plan', () => {
  it('is read in the documented form, as JSON or as JSON in a string, with numbers and flags as text', () => {
    const asText = JSON.parse(JSON.stringify(documented), (_key, value: unknown) =>
      typeof value === 'object' ? value : String(value),
    ) as object;
    for (const text of [documented, asText, JSON.stringify(documented)].map((one) => JSON.stringify(one))) {
      const { plans, faults } = readPlans(text);
      expect(faults).toEqual([]);
      expect(plans).toMatchObject([
        {
          objectName: 'contacts',
          idField: 'id',
          pageSize: 20,
          delayMs: 60_000,
          createdToleranceMs: 60_000,
          skipsOld: true,
          skipsFuture: false,
          updated: { path: 'updated' },
          created: { path: 'created' },
          detectsDeletes: false,
        },
      ]);
    }
  });

  it('tells of all faults at once', () => {
    const faults = checkPollPlan(
      JSON.stringify({
        a: { url: '/a?x=${now}', idField: {} },
        b: {
          url: '/b',
          pageSize: 0,
          pollDelay: 'soon',
          filterByUpdatedDate: 'perhaps',
          datesConfiguration: {
            updatedDateField: 'u',
            updatedDateFormat: 'yyyy-MM-ddTHH',
            createdDateTimezone: 'Mars',
          },
        },
        c: 'c',
        d: { url: '/d?since=${epoch}', detectDeletes: true },
        '': { url: '/e' },
      }),
    );
    expect(faults).toHaveLength(10);
    expect(faults.every((fault) => /^event\.poller\.configuration: .*\.$/.test(fault))).toBe(true);
    expect(faults.join('\n')).toMatchInlineSnapshot(`
      "event.poller.configuration: a: the token \${now} is unknown; there are \${date:<pattern>}, \${gmtDate:<pattern>}, \${dateTimeZone:<zone>:<pattern>}, \${epoch}, \${epoch:s}, \${epoch:us} and \${configuration.<key>}.
      event.poller.configuration: a: idField must be a text.
      event.poller.configuration: b: pageSize must be a whole number from 1 to 10000.
      event.poller.configuration: b: pollDelay must be a whole number from 0 to 86400.
      event.poller.configuration: b: filterByUpdatedDate must be true or false.
      event.poller.configuration: b: createdDateTimezone: the time zone Mars is unknown.
      event.poller.configuration: b: updatedDateFormat: the date pattern yyyy-MM-ddTHH has the letter T, which stands for nothing here; text goes in single quotes.
      event.poller.configuration: c: the entry must be an object with url and idField.
      event.poller.configuration: d: detectDeletes needs the whole list: the url must not have a token of time.
      event.poller.configuration: : the name of the object must have 1 to 200 characters."
    `);
  });

  it.each(['', 'contacts', '[]', '1', 'null', '{"a":'])('%j is no plan', (text) => {
    expect(checkPollPlan(text)).toEqual([expect.stringContaining('must be a JSON object')]);
  });

  it('of any content is read or refused, and nothing fails', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.record({ url: fc.string(), datesConfiguration: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (plan) => {
        const { plans, faults } = readPlans(JSON.stringify(plan));
        expect(plans.length + faults.length).toBeGreaterThanOrEqual(Object.keys(plan).length);
      }),
    );
  });
});

describe('an instance', () => {
  const on = { 'event.notification.enabled': 'true', 'event.vendor.type': 'polling' };
  const objects = [
    {
      name: 'contacts',
      primaryKeyName: 'key',
      updatedDateName: 'changed',
      updatedDateFormat: 'milliseconds',
    },
  ];
  const polling = (given: Record<string, string>, defaults: Record<string, string> = {}) =>
    pollingOf({
      instance: { configuration: given },
      element: { definition: { objects } },
      configuration: { ...on, ...defaults, ...given },
    } as unknown as Connection);
  const urls = (...args: Parameters<typeof polling>) =>
    polling(...args).plans.map(({ objectName, urlText }) => `${objectName} ${urlText}`);
  const plan = (name: string) => JSON.stringify({ [name]: { url: `/${name}` } });

  it.each<[string, Record<string, string>, Record<string, string>, string[]]>([
    ['nothing is said', {}, {}, []],
    [
      'events are off',
      { 'event.notification.enabled': 'false' },
      { 'event.poller.configuration': plan('a') },
      [],
    ],
    [
      'events come by webhook',
      { 'event.vendor.type': 'webhooks' },
      { 'event.poller.configuration': plan('a') },
      [],
    ],
    ['the definition has a plan', {}, { 'event.poller.configuration': plan('a') }, ['a /a']],
    [
      'the instance has its own',
      { 'event.poller.configuration': plan('b') },
      { 'event.poller.configuration': plan('a') },
      ['b /b'],
    ],
    [
      'the instance has the old kind',
      { 'event.poller.urls': '/hubs/crm/b' },
      { 'event.poller.configuration': plan('a') },
      ['b /hubs/crm/b'],
    ],
    ['the plan is empty', {}, { 'event.poller.configuration': '{}', 'event.poller.urls': 'a' }, ['a /a']],
    [
      'there are many URLs',
      { 'event.poller.urls': "/hubs/crm/a?where=x>'${date:yyyy}'|\n/b\n\nc, d" },
      {},
      ["a /hubs/crm/a?where=x>'${date:yyyy}'", 'b /b', 'c /c', 'd /d'],
    ],
    [
      'metadata has plans',
      {},
      { 'event.metadata': JSON.stringify({ polling: { a: { url: '/a' }, b: { url: '/b' } } }) },
      ['a /a', 'b /b'],
    ],
    [
      'the instance chooses some of them',
      { 'event.objects': 'b, c' },
      {
        'event.metadata': JSON.stringify({
          polling: { a: { url: '/a' }, b: { url: '/b' }, '{objectName}': { url: '/any/{objectName}' } },
        }),
      },
      ['b /b', 'c /any/c'],
    ],
  ])('whose configuration says that %s', (_, given, defaults, found) => {
    expect(urls(given, defaults)).toEqual(found);
  });

  it('has id and dates of an object from the definition, where the old kind of plan has none', () => {
    expect(polling({ 'event.poller.urls': 'contacts' }).plans).toMatchObject([
      { idField: 'key', updated: { path: 'changed' }, created: undefined },
    ]);
  });

  it.each([
    ['', 15],
    ['1', 1],
    ['0.5', 1],
    ['never', 15],
    ['-3', 15],
    ['999999999', 999_999_999],
    ['99999999999999999999', 999_999_999],
  ])('is polled, for an interval of %j, every %d minutes', (text, minutes) => {
    expect(polling({ 'event.poller.refresh_interval': text }).intervalMinutes).toBe(minutes);
  });
});
