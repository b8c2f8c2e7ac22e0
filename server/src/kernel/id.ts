import { randomBytes } from 'node:crypto';

/** A request id as the API shows it: 24 hexadecimal digits. */
export function newRequestId(): string {
  return randomBytes(12).toString('hex');
}
