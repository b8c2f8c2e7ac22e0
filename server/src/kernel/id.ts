import { randomFillSync } from 'node:crypto';

const idBytes = 12;
const secondBytes = 4;
const drawnBytes = idBytes - secondBytes;
/** Random bytes are drawn for many ids at once: one draw costs more than an id. */
const pool = Buffer.alloc(drawnBytes * 256);
let used = pool.length;

/**
 * A request id as the API shows it: 24 hexadecimal digits. The first eight are the second in which it was made, so that an index
 * grows at its end, whatever its size.
 */
export function newRequestId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += drawnBytes;
  const second = Math.floor(Date.now() / 1000);
  return second.toString(16).padStart(2 * secondBytes, '0') + pool.toString('hex', used - drawnBytes, used);
}
