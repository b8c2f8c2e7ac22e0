import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Gateway, HubReply } from '#gateway';
import type { Connection } from '#instances';
import { hydrate } from './hydrate.ts';

const connection = { element: { find: () => ({}) } } as unknown as Connection;
const never = new AbortController().signal;

function told(...objects: [objectType: string, objectId: string][]) {
  const changes = objects.map(([objectType, objectId]) => ({ objectType, objectId, eventType: 'UPDATED' }));
  return { objects: JSON.stringify(changes), providerData: '{"id":1}' };
}

/** A gateway that answers each path with a body. */
function answering(bodyOf: (path: string) => HubReply['body']) {
  const asked: string[] = [];
  const run: Gateway['run'] = async (_connection, { path }) => {
    asked.push(path);
    return { body: bodyOf(path), headers: {} };
  };
  return { gateway: { run }, asked };
}

describe('the records of a delivery', () => {
  it.each(['contacts', 'constructor', '__proto__'])('stand beside what was sent, as %s', async (name) => {
    const { gateway } = answering(() => '{"n":1.10}');
    const text = await hydrate(gateway, connection, told([name, '7']), never);
    expect(text).toBe(`{"id":1,"${name}":[{"n":1.10}]}`);
  });

  it.each([
    ['as text', (text: string) => text],
    ['as a stream', (text: string) => Readable.from([Buffer.from(text)])],
  ])('are left out when they are too large, %s', async (_, toBody) => {
    const large = JSON.stringify('x'.repeat(1024 * 1024));
    const { gateway } = answering((path) => toBody(path.endsWith('/7') ? large : '8'));
    const text = await hydrate(gateway, connection, told(['contacts', '7'], ['contacts', '8']), never);
    expect(text).toBe('{"id":1,"contacts":[8]}');
  });

  it('have four megabytes in all', async () => {
    const { gateway } = answering(() => JSON.stringify('x'.repeat(900_000)));
    const all = told(...Array.from({ length: 9 }, (_, id): [string, string] => ['contacts', String(id)]));
    const text = await hydrate(gateway, connection, all, never);
    expect(JSON.parse(text ?? '').contacts).toHaveLength(4);
  });

  it.each([
    ['a reply', () => new Promise<never>(() => {})],
    ['the end of a body', async () => ({ body: new Readable({ read() {} }), headers: {} })],
  ])('are waited for no longer when the process ends: %s', async (_, run) => {
    const ending = new AbortController();
    let asked = 0;
    const gateway = { run: () => (asked++, run()) };
    const reading = hydrate(gateway, connection, told(['contacts', '7'], ['contacts', '8']), ending.signal);
    ending.abort();
    await expect(reading).rejects.toThrow(/abort/i);
    expect(asked).toBe(1);
  });
});
