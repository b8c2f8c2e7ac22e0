import { randomFillSync } from 'node:crypto';

const idBytes = 12;
/** Random bytes are drawn for many ids at once: one draw costs more than an id. */
const pool = Buffer.alloc(idBytes * 256);
let used = pool.length;

/** A request id as the API shows it: 24 hexadecimal digits. */
export function newRequestId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += idBytes;
  return pool.toString('hex', used - idBytes, used);
}
