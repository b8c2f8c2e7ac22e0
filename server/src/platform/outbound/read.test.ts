import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readText } from './read.ts';

it('reads a body of several pieces, and drops a byte order mark', async () => {
  const pieces = ['\ufeffGr', Buffer.from('üß').subarray(0, 1), Buffer.from('üß').subarray(1), 'e'];
  expect(await readText(Readable.from(pieces, { objectMode: true }), 100)).toBe('Grüße');
});

it('takes exactly as much as it may, and ends a body that has more', async () => {
  const body = () => Readable.from([Buffer.alloc(60), Buffer.alloc(40)]);
  expect(await readText(body(), 100)).toHaveLength(100);
  const large = body();
  await expect(readText(large, 99)).rejects.toThrow('larger than the 99 bytes');
  expect(large.destroyed).toBe(true);
});

it('fails for a body that breaks off, before it is read or while it is', async () => {
  const broken = new Readable({ read() {} });
  const reading = readText(broken, 100);
  broken.push('half');
  broken.destroy(new Error('broken'));
  await expect(reading).rejects.toThrow('broken');
  await expect(readText(broken, 100)).rejects.toThrow('broken');
  const closed = new Readable({ read() {} });
  const waiting = readText(closed, 100);
  closed.destroy();
  await expect(waiting).rejects.toThrow('closed before its end');
});
