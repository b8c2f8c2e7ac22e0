import { hash, randomBytes } from 'node:crypto';

/**
 * SHA-256 of a secret, as it is stored and looked up. A plain hash is enough for secrets that we draw ourselves from
 * 128 bits or more; passwords, which people choose, need `hashPassword`.
 */
export function hashSecret(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/** 32 random bytes in base64: 44 characters, ending with `=`. */
export function newUserSecret(): string {
  return randomBytes(32).toString('base64');
}

/** 32 hexadecimal digits. */
export function newOrganizationSecret(): string {
  return randomBytes(16).toString('hex');
}

/** 30 random bytes in base64: 40 characters without padding. */
export function newElementToken(): string {
  return randomBytes(30).toString('base64');
}

/** The bearer token of the login exchange; base64url fits the token68 of RFC 6750 and URLs. */
export function newLoginToken(): string {
  return randomBytes(32).toString('base64url');
}
