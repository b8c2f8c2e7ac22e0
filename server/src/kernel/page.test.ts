import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from './error.ts';
import { decodePageToken, encodePageToken, readPage } from './page.ts';

const limits = { defaultSize: 200, maxSize: 1000 };

describe('page tokens', () => {
  it('come back as they went', () => {
    const states = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer()), { noNullPrototype: true });
    fc.assert(
      fc.property(states, (state) => {
        const token = encodePageToken(state);
        expect(token).toMatch(/^[\w-]+$/);
        expect(JSON.stringify(decodePageToken(token))).toBe(JSON.stringify(state));
      }),
    );
  });

  const good = encodePageToken({ page: 2 });
  it.each([
    '',
    'abc',
    '***',
    `${good}x`,
    good.slice(0, -1),
    `${good} `,
    good.replace(/^./, '!'),
    'eyJwYWdlIjoyfQ',
  ])('refuse %j', (token) => {
    expect(() => decodePageToken(token)).toThrow(
      expect.objectContaining({ status: 400, message: expect.stringContaining('altered') }),
    );
  });

  it('refuse whatever else is sent, with nothing but a 400', () => {
    fc.assert(
      fc.property(fc.string(), (token) => {
        expect(() => decodePageToken(token)).toThrow(AppError);
      }),
    );
  });
});

describe('readPage', () => {
  it.each([
    [{}, { page: 1, pageSize: 200, token: undefined }],
    [
      { page: '3', pageSize: '10' },
      { page: 3, pageSize: 10, token: undefined },
    ],
    [
      { page: '', pageSize: '' },
      { page: 1, pageSize: 200, token: undefined },
    ],
    [
      { page: 'abc', nextPage: 't' },
      { page: 1, pageSize: 200, token: 't' },
    ],
  ])('reads %j', (query, expected) => {
    expect(readPage(query, limits)).toEqual(expected);
  });

  it.each([
    [{ page: '0' }, "'page' must be"],
    [{ page: 'abc' }, "not 'abc'"],
    [{ page: '-1' }, "not '-1'"],
    [{ page: '1.5' }, "not '1.5'"],
    [{ page: '1e9' }, "not '1e9'"],
    [{ page: '1000000000' }, "'page' must be"],
    [{ pageSize: '0' }, "'pageSize' must be"],
    [{ pageSize: '1001' }, 'at most 1000'],
    [{ page: '0', pageSize: 'x' }, "'pageSize' must be"],
  ])('refuses %j', (query, message) => {
    expect(() => readPage(query, limits)).toThrow(
      expect.objectContaining({ status: 400, message: expect.stringContaining(message) }),
    );
  });
});
