import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { sealBroken, wrongKeyVersion } from './errors.ts';

/** A 256-bit key and its number; a box names the number of the key that it was sealed with. */
export interface SealingKey {
  readonly version: number;
  readonly bytes: Buffer;
}

/*
 * A box: format (1 byte), key version (4 bytes, big-endian), iv (12), tag (16), ciphertext.
 * Random 96-bit ivs are safe for 2^32 boxes of one key (NIST SP 800-38D §8.3), far more than an organization makes.
 */
const FORMAT = 1;
const VERSION_AT = 1;
const IV_AT = 5;
const TAG_AT = IV_AT + 12;
const TEXT_AT = TAG_AT + 16;
const KEY_BYTES = 32;

export function newKey(version = 1): SealingKey {
  return { version, bytes: randomBytes(KEY_BYTES) };
}

/**
 * Seals a text with AES-256-GCM. The context (such as `instance 7 secrets`) is not stored, but opening needs the same
 * one: a box that is copied to another row does not open there.
 */
export function seal(key: SealingKey, plaintext: string, context: string): Buffer {
  return sealBytes(key, Buffer.from(plaintext, 'utf8'), context);
}

/** The text of a box; fails when the box, its context or the key is not the one of `seal`. */
export function open(key: SealingKey, box: Buffer, context: string): string {
  return openBytes(key, box, context).toString('utf8');
}

/** A key as a box under the master key, to be stored. */
export function wrapKey(master: SealingKey, key: SealingKey, context = ''): Buffer {
  const content = Buffer.alloc(4 + KEY_BYTES);
  content.writeUInt32BE(key.version);
  key.bytes.copy(content, 4);
  return sealBytes(master, content, `key ${context}`);
}

export function unwrapKey(master: SealingKey, wrapped: Buffer, context = ''): SealingKey {
  const content = openBytes(master, wrapped, `key ${context}`);
  return { version: content.readUInt32BE(), bytes: content.subarray(4) };
}

function sealBytes(key: SealingKey, content: Buffer, context: string): Buffer {
  const head = Buffer.alloc(TAG_AT);
  head.writeUInt8(FORMAT);
  head.writeUInt32BE(key.version, VERSION_AT);
  const iv = randomBytes(TAG_AT - IV_AT);
  iv.copy(head, IV_AT);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv);
  cipher.setAAD(additionalData(head, context));
  const text = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([head, cipher.getAuthTag(), text]);
}

function openBytes(key: SealingKey, box: Buffer, context: string): Buffer {
  if (box.length < TEXT_AT || box[0] !== FORMAT) throw sealBroken();
  const version = box.readUInt32BE(VERSION_AT);
  if (version !== key.version) throw wrongKeyVersion(version, key.version);
  const options = { authTagLength: TEXT_AT - TAG_AT };
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, box.subarray(IV_AT, TAG_AT), options);
  decipher.setAAD(additionalData(box, context));
  decipher.setAuthTag(box.subarray(TAG_AT, TEXT_AT));
  try {
    return Buffer.concat([decipher.update(box.subarray(TEXT_AT)), decipher.final()]);
  } catch (error) {
    throw sealBroken(error);
  }
}

/** Format and key version are authenticated with the context. */
function additionalData(box: Buffer, context: string): Buffer {
  return Buffer.concat([box.subarray(0, IV_AT), Buffer.from(context, 'utf8')]);
}
