import { describe, expect, it, vi } from 'vitest';
import { AppError } from '#kernel/error';
import { filtered, minuteMs, setThings } from '#test/polling-things';
import type { Thing } from '#test/polling-things';
import { createEventStore } from '../event-store.ts';
import { createRecorder } from '../recorder.ts';
import type { Recorder } from '../recorder.ts';

const set = setThings();

describe('a process that dies', () => {
  const never = () => new Promise<never>(() => {});

  it('in the middle of pages is followed by another, which goes on there; what it says later does not count', async () => {
    const things: Thing[] = [];
    const { id, told } = await set.open(filtered, things, {}, 2);
    for (const name of ['a', 'b', 'c', 'd', 'e'])
      things.push({ id: name, created: set.now(), updated: set.now() });
    const { answer } = set.stage;
    let revive = () => {};
    set.stage.answer = (call, instanceId) =>
      call.query['nextPage'] === '2'
        ? new Promise((resolve) => (revive = () => resolve(answer(call, instanceId))))
        : answer(call, instanceId);
    const dead = set.stage.poller().pollNow(id);
    await vi.waitFor(async () => expect(await told()).toHaveLength(2));
    // It has noted where it goes on as soon as it asks for that page.
    await vi.waitFor(() => expect(set.stage.calls.some(({ query }) => query['nextPage'] === '2')).toBe(true));
    const second = set.stage.poller();
    expect(await second.pollNow(id)).toEqual([]);
    await set.endLeases();
    set.stage.answer = answer;
    set.stage.calls.length = 0;
    await second.pollNow(id);
    expect(set.stage.calls[0]?.query['nextPage']).toBe('2');
    const { checkpoint_at } = (await set.rowOf(id)) ?? {};
    revive();
    expect(await dead).toEqual([]);
    expect((await set.rowOf(id))?.checkpoint_at).toEqual(checkpoint_at);
    expect(await told()).toEqual(['a CREATED', 'b CREATED', 'c CREATED', 'd CREATED', 'e CREATED']);
  });

  it.each([
    ['before an event is stored', false],
    ['after an event is stored', true],
  ])('%s has told of it once in the end, also when the page has moved on', async (_, isStored) => {
    const things: Thing[] = [];
    const { id, told } = await set.open(filtered, things);
    things.push({ id: 'a', created: set.now(), updated: set.now() });
    const recorder = createRecorder(createEventStore(set.stage.storage), () => {});
    let isReached = false;
    const dying: Recorder = {
      async record(events) {
        if (isStored) await recorder.record(events);
        isReached = true;
        return never();
      },
    };
    void set.stage.poller({ recorder: dying }).pollNow(id);
    await vi.waitFor(() => expect(isReached).toBe(true));
    await set.endLeases();
    things.push({ id: 'b', created: set.now(), updated: set.now() });
    await set.stage.poller().pollNow(id);
    expect(await told()).toEqual(['a CREATED', 'b CREATED']);
  });

  it('while it waits for a provider leaves nothing for others to do when it is closed in order', async () => {
    const { id } = await set.open(filtered, []);
    const closing = set.stage.poller();
    let revive = () => {};
    set.stage.answer = () =>
      new Promise((resolve) => (revive = () => resolve({ records: [], next: 'more' })));
    const polled = closing.pollNow(id);
    await vi.waitFor(() => expect(set.stage.calls.length).toBeGreaterThan(1));
    const closed = closing.close();
    revive();
    await closed;
    await polled;
    expect(await set.rowOf(id)).toMatchObject({ leased_by: null, failures: 0, progress: { token: 'more' } });
  });
});

describe('an event that was stored while the poll failed', () => {
  it.each([
    ['as they come', {}],
    ['object by object', { 'event.notification.order': 'object' }],
  ])('is told once, with changes %s', async (_, order) => {
    const things: Thing[] = [];
    const { id, told } = await set.open(filtered, things, order);
    things.push({ id: 'a', created: set.now(), updated: set.now() });
    things.push({ id: 'b', created: set.now(), updated: set.now() });
    const recorder = createRecorder(createEventStore(set.stage.storage), () => {});
    const cutOff: Recorder = {
      async record(events) {
        await recorder.record(events);
        throw new Error('the connection broke');
      },
    };
    await set.stage.poller({ recorder: cutOff }).pollNow(id);
    expect(await set.rowOf(id)).toMatchObject({ failures: 1 });
    await set.stage.poller().pollNow(id);
    expect(await told()).toEqual(['a CREATED', 'b CREATED']);
  });
});

describe('a provider that fails', () => {
  it('is asked less and less often, and at once for all that has been missed when the account is changed', async () => {
    const things: Thing[] = [];
    const { id, poller, told } = await set.open(filtered, things);
    const { answer } = set.stage;
    const before = await set.rowOf(id);
    things.push({ id: 'a', created: set.now(), updated: set.now() });
    set.stage.answer = () =>
      Promise.reject(new AppError('provider-failed', 502, 'It is down.', { providerMessage: 'oops' }));
    const waits: number[] = [];
    for (let failures = 0; failures < 6; failures++) {
      expect(await poller.pollNow(id)).toMatchObject([{ error: 'It is down. The provider said: oops' }]);
      waits.push(((await set.rowOf(id))?.next_poll_at.getTime() ?? 0) - set.now());
    }
    expect(waits.map((wait) => wait / minuteMs)).toEqual([15, 30, 60, 120, 120, 120]);
    expect(await set.rowOf(id)).toMatchObject({
      failures: 6,
      last_error: expect.stringContaining('It is down.'),
      checkpoint_at: before?.checkpoint_at,
    });
    set.stage.answer = answer;
    await poller.reconcile(id);
    expect((await set.rowOf(id))?.next_poll_at.getTime()).toBe(set.now());
    await poller.pollNow(id);
    expect(await set.rowOf(id)).toMatchObject({ failures: 0, last_error: null });
    expect(await told()).toEqual(['a CREATED']);
  });

  it('is left alone for as long as it asks for', async () => {
    const { id, poller } = await set.open(filtered, []);
    set.stage.answer = () =>
      Promise.reject(
        new AppError('provider-refused', 429, 'Too much.', { headers: { 'retry-after': '7200' } }),
      );
    await poller.pollNow(id);
    expect((await set.rowOf(id))?.next_poll_at.getTime()).toBe(set.now() + 120 * minuteMs);
  });

  it('in the middle of pages is asked for the rest, and from the start when it refuses the place', async () => {
    const things: Thing[] = [];
    const { id, poller, told } = await set.open(filtered, things, {}, 1);
    for (const name of ['a', 'b', 'c']) things.push({ id: name, created: set.now(), updated: set.now() });
    const { answer } = set.stage;
    const failAt = (place: string | undefined, error: AppError) => {
      set.stage.answer = (call, instanceId) =>
        call.query['nextPage'] === place ? Promise.reject(error) : answer(call, instanceId);
    };
    failAt('1', new AppError('provider-failed', 502, 'It is down.'));
    await poller.pollNow(id);
    expect((await set.rowOf(id))?.progress).toMatchObject({ token: '1' });
    failAt('1', new AppError('provider-refused', 400, 'The cursor is too old.'));
    await poller.pollNow(id);
    expect((await set.rowOf(id))?.progress).toBeNull();
    set.stage.answer = answer;
    await poller.pollNow(id);
    expect(await told()).toEqual(['a CREATED', 'b CREATED', 'c CREATED']);
  });

  it.each([
    ['no list', { records: 'text' as unknown as unknown[] }, "The reply to the poll of 'things' is no list"],
    ['records without ids', { records: [{ key: 1 }] }, "No record of 'things' has the field 'id'"],
  ])('to give what can be read, with %s, is told of in words', async (_, reply, message) => {
    const { id, poller } = await set.open(filtered, []);
    set.stage.answer = () => Promise.resolve(reply);
    await poller.pollNow(id);
    expect((await set.rowOf(id))?.last_error).toContain(message);
  });

  it.each([
    ['disabled', { disabled: true }, 'the instance is disabled'],
    [
      'not connected any more',
      { valid: false, invalidReason: 'revoked' },
      'Connect the account again. The provider said: revoked',
    ],
  ])('is not asked for an instance that is %s', async (_, state, error) => {
    const { id, poller } = await set.open(filtered, []);
    set.stage.calls.length = 0;
    const { instance } = set.stage.connectionOf(id);
    Object.assign(instance, state);
    await poller.pollNow(id);
    expect(set.stage.calls).toEqual([]);
    expect((await set.rowOf(id))?.last_error).toContain(error);
    expect((await set.rowOf(id))?.next_poll_at.getTime()).toBe(set.now() + 360 * minuteMs);
    Object.assign(instance, { disabled: false, valid: true });
    await poller.reconcile(id);
    expect((await set.rowOf(id))?.next_poll_at.getTime()).toBe(set.now());
  });
});
