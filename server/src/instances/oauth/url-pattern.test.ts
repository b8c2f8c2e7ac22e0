import { describe, expect, it } from 'vitest';
import { matchesPattern, patternFault } from './url-pattern.ts';

describe('a pattern of URLs', () => {
  it.each([
    ['https://app.example.com/auth', 'https://app.example.com/auth', true],
    ['https://app.example.com/auth', 'https://app.example.com/auth/more', false],
    ['https://app.example.com/auth', 'http://app.example.com/auth', false],
    ['https://app.example.com', 'https://app.example.com/', true],
    ['https://app.example.com', 'https://app.example.com/auth', false],
    ['https://app.example.com/*', 'https://app.example.com/a/b?c=d', true],
    ['https://*.example.com/auth', 'https://a.b.example.com/auth', true],
    ['https://*.example.com/auth', 'https://example.com/auth', false],
    ['HTTPS://*.Example.com/auth', 'https://x.EXAMPLE.com/auth', true],
    ['^https:\\/\\/.*\\.example\\.com\\/.*$', 'https://x.example.com/anything', true],
    ['https://app.example.com/*/end*x', 'https://app.example.com/1/end2x', true],
    ['https://app.example.com/*a*a', 'https://app.example.com/a', false],
    ['http://localhost:*/auth', 'http://localhost:3000/auth', true],
    ['https://app.example.com/?tenant=*', 'https://app.example.com/?tenant=5', true],
  ])('%s, %s: %s', (pattern, url, expected) => {
    expect(patternFault(pattern)).toBeUndefined();
    expect(matchesPattern(pattern, url)).toBe(expected);
  });

  it.each([
    'https://evil.example/?.example.com/auth',
    'https://evil.example#.example.com/auth',
    'https://evil.example\\.example.com/auth',
    'https://user@x.example.com/auth',
    'https://x.example.com:8443/auth',
    'https://x.example.com.evil.example/auth',
    'javascript:alert(1)//.example.com/auth',
    'https://x.example.com/auth#at',
    'nothing',
    '',
  ])('https://*.example.com/auth is not %s', (url) => {
    expect(matchesPattern('https://*.example.com/auth', url)).toBe(false);
  });

  it.each([
    '*',
    'https://*',
    'https://*/auth',
    'https://*.com/auth',
    'https://app*.com',
    'https://.*',
    'app.example.com',
    'javascript://*.example.com',
    'https://(a|b).example.com',
    'https://app.example.com/[a-z]+',
    'https://',
    '',
  ])('may not be %s', (pattern) => {
    expect(patternFault(pattern)).toEqual(expect.any(String));
  });

  it('takes no longer for many stars', () => {
    const pattern = `https://app.example.com/${'*a'.repeat(500)}`;
    expect(matchesPattern(pattern, `https://app.example.com/${'a'.repeat(1500)}b`)).toBe(false);
  });
});
