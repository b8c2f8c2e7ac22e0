import { describe, expect, it } from 'vitest';
import { defaultPasswordPolicy, isExpired, passwordFaults } from './password-policy.ts';

const owner = { firstName: 'Grace', lastName: 'Hopper', email: 'admiral@navy.example' };

describe('a password under the default policy', () => {
  it.each(['Correct-horse7', 'Zażółć gęślą 1!', 'Aa1!Aa1!'])('may be %s', (password) =>
    expect(passwordFaults(password, defaultPasswordPolicy, owner)).toEqual([]),
  );

  it.each([
    ['Aa1!', 'at least 8 characters'],
    ['aaaaaaa1!', 'uppercase'],
    ['AAAAAAA1!', 'lowercase'],
    ['Aaaaaaaa!', 'numeric'],
    ['Aaaaaaaa1', 'special character'],
    ['Aa1!-grAce-', 'first name'],
    ['Aa1!-hoPPer-', 'last name'],
    ['Aa1!-Admiral-', 'username'],
    ['Aa1!-admiral@NAVY.example', 'username'],
  ])('may not be %s, and the fault says: %s', (password, part) => {
    const faults = passwordFaults(password, defaultPasswordPolicy, owner);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(part);
  });

  it('is told of all its faults at once', () =>
    expect(passwordFaults('grace', defaultPasswordPolicy, owner)).toHaveLength(5));

  it('may hold names that are too short to mean anything', () =>
    expect(passwordFaults('Aa1!Aa1!', defaultPasswordPolicy, { ...owner, firstName: 'Aa' })).toEqual([]));
});

it('a policy says which special characters there are', () => {
  const policy = { ...defaultPasswordPolicy, symbolCharacterSet: '!@' };
  expect(passwordFaults('Correct?horse7', policy, owner).join()).toContain('special character');
  expect(passwordFaults('Correct?horse7!', policy, owner).join()).toContain('special character');
  expect(passwordFaults('Correct!horse7', policy, owner)).toEqual([]);
});

it.each([
  [0, 4000, false],
  [180, 179, false],
  [180, 180, true],
])('a password that may be %i days old is after %i days expired: %s', (expirationDays, days, expected) => {
  const changed = new Date('2030-01-01T00:00:00Z');
  const policy = { ...defaultPasswordPolicy, expirationDays };
  expect(isExpired(changed, policy, changed.getTime() + days * 86_400_000)).toBe(expected);
});
