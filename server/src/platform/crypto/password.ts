import { argon2, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's password storage cheat sheet names 19 MiB and 2 passes first among its equal choices. */
const COST = { memoryKib: 19_456, passes: 2 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const hashForm = /^(argon2id(?:\$\d+){2}|scrypt(?:\$\d+){3})\$([^$]+)\$([^$]+)$/;

/** A salted hash that names its own cost, so that the cost can grow while old hashes still verify. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await byArgon2(toBytes(password), salt, COST);
  return toText(salt.toString('base64'), hash.toString('base64'));
}

/** False for a wrong password and for a text that is no hash of ours. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, cost = '', salt = '', hash = ''] = hashForm.exec(stored) ?? [];
  const [scheme, ...numbers] = cost.split('$');
  const [first = 0, second = 0, third = 0] = numbers.map(Number);
  const [text, nonce] = [toBytes(password), Buffer.from(salt, 'base64')];
  let actual: Buffer;
  if (scheme === 'argon2id') actual = await byArgon2(text, nonce, { memoryKib: first, passes: second });
  // What was kept before.
  else if (scheme === 'scrypt') actual = await byScrypt(text, nonce, { N: 2 ** first, r: second, p: third });
  else return false;
  const expected = Buffer.from(hash, 'base64');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/**
 * A hash that no password has. Verifying against it where there is no user takes as long as for a user with a wrong
 * password, so that the time of the answer does not tell who exists.
 */
export function unmatchableHash(): string {
  const [salt, hash] = [SALT_BYTES, HASH_BYTES].map((bytes) => randomBytes(bytes).toString('base64'));
  return toText(salt ?? '', hash ?? '');
}

function toText(salt: string, hash: string): string {
  return ['argon2id', COST.memoryKib, COST.passes, salt, hash].join('$');
}

/** One person may type é as one code point, another as two. */
function toBytes(password: string): Buffer {
  return Buffer.from(password.normalize('NFC'));
}

function byArgon2(message: Buffer, nonce: Buffer, { memoryKib, passes }: typeof COST): Promise<Buffer> {
  const options = { message, nonce, memory: memoryKib, passes, parallelism: 1, tagLength: HASH_BYTES };
  return new Promise((resolve, reject) => {
    argon2('argon2id', options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function byScrypt(text: Buffer, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const maxmem = 256 * cost.N * cost.r;
    scrypt(text, salt, HASH_BYTES, { ...cost, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
