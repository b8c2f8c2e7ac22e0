import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDateFormat } from './date-format.ts';
import { readDatePattern } from './date-pattern.ts';
import { findTimeZone } from './time-zone.ts';
import { writeDate } from './write-date.ts';

function write(pattern: string, atMs: number, zone = 'GMT'): string {
  const pieces = readDatePattern(pattern);
  if (typeof pieces === 'string') throw new Error(pieces);
  return writeDate(pieces, atMs, findTimeZone(zone) ?? 'missing');
}

function read(format: string | undefined, value: unknown, zone = 'GMT'): string | undefined {
  const reader = readDateFormat(format);
  if (typeof reader === 'string') throw new Error(reader);
  const found = reader(value, findTimeZone(zone) ?? 'missing');
  return found === undefined ? undefined : new Date(found).toISOString();
}

const moment = Date.UTC(2024, 4, 1, 15, 7, 9, 45);
const midnight = Date.UTC(2024, 0, 7, 0, 0, 0, 0);

describe('writing a date', () => {
  it.each([
    ["yyyy-MM-dd'T'HH:mm:ss'Z'", 'GMT', '2024-05-01T15:07:09Z'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSZ", 'America/New_York', '2024-05-01T11:07:09.045-0400'],
    ["yyyy-MM-dd'T'HH:mm:ssX", 'UTC', '2024-05-01T15:07:09Z'],
    ["yyyy-MM-dd'T'HH:mm:ssX", 'America/New_York', '2024-05-01T11:07:09-04'],
    ["yyyy-MM-dd'T'HH:mm:ssX", 'Asia/Kolkata', '2024-05-01T20:37:09+0530'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", 'GMT+5:30', '2024-05-01T20:37:09+05:30'],
    ['MM/dd/yyyy hh:mm a', 'PST', '05/01/2024 08:07 AM'],
    ['EEE, d MMM yyyy HH:mm:ss z', 'GMT', 'Wed, 1 May 2024 15:07:09 GMT'],
    ['EEEE d MMMM yy, h a', 'Europe/Berlin', 'Wednesday 1 May 24, 5 PM'],
    ['z', 'America/Los_Angeles', 'PDT'],
    ['yyyyMMddHHmmssSSS', 'GMT', '20240501150709045'],
    ["D u k K 'o''clock' G", 'GMT', "122 3 15 3 o'clock AD"],
  ])('%s in %s', (pattern, zone, text) => {
    expect(write(pattern, moment, zone)).toBe(text);
  });

  it.each([
    ['HH', '00'],
    ['kk', '24'],
    ['hh a', '12 AM'],
    ['K a', '0 AM'],
    ['EEE', 'Sun'],
    ["''", "'"],
  ])('%s at midnight', (pattern, text) => {
    expect(write(`${pattern}d`, midnight)).toBe(`${text}7`);
  });
});

describe('a pattern that is none', () => {
  it.each([
    ["yyyy-MM-dd'T", 'a quote that does not end'],
    ['yyyy-MM-ddTHH:mm', 'the letter T'],
    ['ww', 'the letter w'],
    ["'today'", 'no field of a date'],
    ['', 'no field of a date'],
  ])('%j is told of: it has %s', (pattern, fault) => {
    expect(readDatePattern(pattern)).toContain(fault);
  });
});

describe('reading a date', () => {
  const at = '2024-05-01T15:07:09.000Z';
  it.each<[format: string | undefined, zone: string, value: unknown, found: string | undefined]>([
    ["yyyy-MM-dd'T'HH:mm:ss'Z'", 'GMT', '2024-05-01T15:07:09Z', at],
    ["yyyy-MM-dd'T'HH:mm:ss", 'America/New_York', '2024-05-01T11:07:09', at],
    // An offset that the pattern does not have counts nevertheless.
    ["yyyy-MM-dd'T'HH:mm:ss", 'GMT', '2024-05-01T11:07:09-0400', at],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSZ", 'GMT', '2024-05-01T11:07:09.045-04:00', '2024-05-01T15:07:09.045Z'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSZ", 'GMT', '2024-05-01T15:07:09.045Z', '2024-05-01T15:07:09.045Z'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSZ", 'GMT', '2024-05-01T15:07:09.045123Z', '2024-05-01T15:07:09.045Z'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", 'GMT', '2024-05-01T15:07:09Z', at],
    ['MM/dd/yyyy hh:mm:ss a', 'PST', '5/1/2024 8:07:09 am', at],
    ['EEE, d MMM yyyy HH:mm:ss z', 'GMT', 'Wed, 01 May 2024 08:07:09 PDT', at],
    ['d MMMM yyyy', 'GMT', '1 may 2024', '2024-05-01T00:00:00.000Z'],
    ['yyyyMMddHHmmss', 'GMT', '20240501150709', at],
    ['yyyy-DDD', 'GMT', '2024-122', '2024-05-01T00:00:00.000Z'],
    ['yyyy-MM-dd', 'GMT', '2024-05-01 and more', '2024-05-01T00:00:00.000Z'],
    ['dd.MM.yy', 'GMT', '01.05.24', '2024-05-01T00:00:00.000Z'],
    ['milliseconds', 'GMT', 1714576029000, at],
    ['Milliseconds', 'GMT', '1714576029000', at],
    ['seconds', 'GMT', 1714576029, at],
    ['microseconds', 'GMT', 1714576029000000, at],
    ["yyyy-MM-dd'T'HH:mm:ss", 'GMT', 1714576029000, at],
    [undefined, 'GMT', '2024-05-01T15:07:09+00:00', at],
    [undefined, 'GMT', 1714576029, at],
    ['yyyy-MM-dd', 'GMT', '2024-02-31', undefined],
    ['HH:mm', 'GMT', '25:00', undefined],
    ['milliseconds', 'GMT', '2024-05-01', undefined],
    ['milliseconds', 'GMT', 1e30, undefined],
    ['yyyy-MM-dd', 'GMT', 'yesterday', undefined],
    ['yyyy-MM-dd', 'GMT', '', undefined],
    ['yyyy-MM-dd', 'GMT', null, undefined],
    ['yyyy-MM-dd', 'GMT', { date: 1 }, undefined],
    ['yyyy-MM-dd HH:mm z', 'GMT', '2024-05-01 10:00 Nowhere', undefined],
  ])('%s in %s: %j', (format, zone, value, found) => {
    expect(read(format, value, zone)).toBe(found);
  });
});

describe('what was written is read as the same moment', () => {
  const moments = fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2060, 0) });
  const zones = fc.constantFrom(
    'GMT',
    'America/New_York',
    'Asia/Kolkata',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'GMT-03:30',
  );
  const day = fc.constantFrom(
    'yyyy-MM-dd',
    'dd.MM.yyyy',
    'EEE, d MMM yyyy',
    'MMMM d, yyyy',
    'yyyyMMdd',
    'yyyy-D',
  );
  const time = fc.constantFrom('HH:mm:ss', 'hh:mm:ss a', 'K:mm:ss a', 'kk:mm:ss', 'HHmmss', "H'h'm'm's's'");
  const offset = fc.constantFrom('Z', 'X', 'XX', 'XXX', ' Z', " 'GMT'Z");

  it('to the second, by any pattern with an offset, in any zone', () => {
    fc.assert(
      fc.property(moments, zones, day, time, offset, (atMs, zone, days, times, offsets) => {
        const pattern = `${days}'T'${times}${offsets}`;
        const expected = new Date(Math.floor(atMs / 1000) * 1000).toISOString();
        expect(read(pattern, write(pattern, atMs, zone))).toBe(expected);
      }),
    );
  });

  it('to the millisecond, and as the same text where summer time gives two moments one name', () => {
    fc.assert(
      fc.property(moments, zones, (atMs, zone) => {
        const pattern = "yyyy-MM-dd'T'HH:mm:ss.SSS";
        const text = write(pattern, atMs, zone);
        expect(write(pattern, Date.parse(read(pattern, text, zone) ?? ''), zone)).toBe(text);
      }),
    );
  });

  it.each([
    ["z'A'E'A'y", 'A'.repeat(50_000)],
    [`z${"'A'y'A'M".repeat(20)}`, 'A'.repeat(100)],
    [`${'y1M1'.repeat(12)}'end'`, '1'.repeat(100)],
    [`${"MMM''".repeat(12)}`, "May'".repeat(25)],
  ])('takes no time for %s and a text that does not end as it should', (pattern, text) => {
    const startedMs = performance.now();
    expect(read(pattern, `${text}!`)).toBeUndefined();
    expect(performance.now() - startedMs).toBeLessThan(500);
  });

  it('has one time zone, and at most 100 characters', () => {
    expect(readDateFormat('yyyy z Z')).toContain('has more than one time zone');
    expect(read('yyyy', `2024${' '.repeat(97)}`)).toBeUndefined();
  });

  it('and no text or pattern makes it fail', () => {
    const pattern = fc.stringMatching(/^[GyYMLdDEuaHkKhmsSzZX' :./-]{1,20}$/);
    fc.assert(
      fc.property(pattern, fc.anything(), moments, zones, (format, value, atMs, zone) => {
        const reader = readDateFormat(format);
        if (typeof reader === 'string') return;
        reader(value, findTimeZone(zone) ?? '');
        reader(write(format, atMs, zone), findTimeZone(zone) ?? '');
      }),
    );
  });
});

describe('a time zone', () => {
  it.each([
    ['GMT', 'UTC'],
    ['America/New_York', 'America/New_York'],
    ['PST', 'America/Los_Angeles'],
    ['GMT+5', '+05:00'],
    ['UTC-03:30', '-03:30'],
    ['+0530', '+05:30'],
    ['Nowhere/Land', undefined],
    ['+99:00', undefined],
    ['', undefined],
  ])('%j is %s', (name, zone) => {
    expect(findTimeZone(name)).toBe(zone);
  });
});
