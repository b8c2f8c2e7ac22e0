import { describe, expect, it } from 'vitest';
import { newKey, open, seal, unwrapKey, wrapKey } from './sealing.ts';

const key = newKey(3);
const context = 'instance 7 secrets';

describe('a sealed text', () => {
  it.each(['', 'secret', 'Ünïcödé 🔑', 'x'.repeat(100_000)])('opens to the same text (%#)', (plaintext) => {
    expect(open(key, seal(key, plaintext, context), context)).toBe(plaintext);
  });

  it('looks different each time and does not show the text', () => {
    const boxes = [seal(key, 'secret', context), seal(key, 'secret', context)];
    expect(boxes[0]?.equals(boxes[1] ?? Buffer.alloc(0))).toBe(false);
    expect(boxes[0]?.toString('latin1')).not.toContain('secret');
  });

  it('does not open when any one of its bytes is changed', () => {
    const box = seal(key, 'secret', context);
    for (const at of box.keys()) {
      const changed = Buffer.from(box);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => open(key, changed, context)).toThrow(/cannot be opened|sealed with version/);
    }
  });

  it('does not open when it is cut short or made longer', () => {
    const box = seal(key, 'secret', context);
    for (let length = 0; length < box.length; length += 1) {
      expect(() => open(key, box.subarray(0, length), context)).toThrow(/cannot be opened/);
    }
    expect(() => open(key, Buffer.concat([box, Buffer.from([0])]), context)).toThrow(/cannot be opened/);
  });

  it('does not open in another context', () => {
    expect(() => open(key, seal(key, 'secret', context), 'instance 8 secrets')).toThrow(/cannot be opened/);
  });

  it('does not open with another key of the same version', () => {
    expect(() => open(newKey(3), seal(key, 'secret', context), context)).toThrow(/cannot be opened/);
  });

  it('names the version of its key when another one is tried', () => {
    const other = { version: 4, bytes: key.bytes };
    expect(() => open(other, seal(key, 'secret', context), context)).toThrow(
      'A stored secret was sealed with version 3 of its key, but version 4 is in use.',
    );
  });
});

describe('a wrapped key', () => {
  const master = newKey();

  it('comes back with its version', () => {
    expect(unwrapKey(master, wrapKey(master, key, 'organization 1'), 'organization 1')).toEqual(key);
  });

  it('opens neither for another owner nor with another master key', () => {
    const wrapped = wrapKey(master, key, 'organization 1');
    expect(() => unwrapKey(master, wrapped, 'organization 2')).toThrow(/cannot be opened/);
    expect(() => unwrapKey(newKey(), wrapped, 'organization 1')).toThrow(/cannot be opened/);
  });

  it('is no sealed text: one does not open as the other', () => {
    expect(() => open(master, wrapKey(master, key, 'c'), 'c')).toThrow(/cannot be opened/);
  });
});
