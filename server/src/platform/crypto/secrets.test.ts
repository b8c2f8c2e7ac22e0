import { describe, expect, it } from 'vitest';
import { hashPassword, unmatchableHash, verifyPassword } from './password.ts';
import {
  hashSecret,
  newElementToken,
  newLoginToken,
  newOrganizationSecret,
  newUserSecret,
} from './secrets.ts';

describe('secrets', () => {
  it.each([
    ['user secret', newUserSecret, /^[A-Za-z0-9+/]{43}=$/],
    ['organization secret', newOrganizationSecret, /^[0-9a-f]{32}$/],
    ['element token', newElementToken, /^[A-Za-z0-9+/]{40}$/],
    ['login token', newLoginToken, /^[\w-]{43}$/],
  ])('%s has its shape and is never the same', (_name, make, shape) => {
    const made = Array.from({ length: 100 }, make);
    for (const each of made) expect(each).toMatch(shape);
    expect(new Set(made).size).toBe(100);
  });

  it('are hashed with SHA-256', () => {
    expect(hashSecret('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

describe('passwords', () => {
  it('verify against their hash, which differs each time', async () => {
    const [one, two] = await Promise.all([hashPassword('pässwörd'), hashPassword('pässwörd')]);
    expect(one).not.toBe(two);
    expect(await verifyPassword('pässwörd', one)).toBe(true);
    expect(await verifyPassword('pässwörd'.normalize('NFD'), one)).toBe(true);
    expect(await verifyPassword('passwort', one)).toBe(false);
    expect(await verifyPassword('', one)).toBe(false);
  });

  it.each(['', 'plain', 'scrypt$15$8$3', 'argon2id$8$1', 'md5$1$2$3$AAAA$AAAA', unmatchableHash()])(
    'do not verify against %s',
    async (stored) => {
      expect(await verifyPassword('pässwörd', stored)).toBe(false);
    },
  );

  it('verify against hashes of another cost than today', async () => {
    // RFC 9106 has vectors only with a secret; this one is of the reference program: echo -n password | argon2 somesalt -id -t 2 -m 16
    const salt = Buffer.from('somesalt').toString('base64');
    const hash = Buffer.from('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7', 'hex');
    const stored = `argon2id$65536$2$${salt}$${hash.toString('base64')}`;
    expect(await verifyPassword('password', stored)).toBe(true);
  });

  it('verify against hashes of scrypt, which were made before', async () => {
    // RFC 7914 §12: P = "pleaseletmein", S = "SodiumChloride", N = 16384, r = 8, p = 1, first 32 bytes
    const salt = Buffer.from('SodiumChloride').toString('base64');
    const hash = Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex');
    expect(await verifyPassword('pleaseletmein', `scrypt$14$8$1$${salt}$${hash.toString('base64')}`)).toBe(
      true,
    );
  });
});
