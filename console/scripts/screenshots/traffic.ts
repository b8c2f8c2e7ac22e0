import { setTimeout as sleep } from 'node:timers/promises';
import { runOn } from '../../../server/test/support/database-server.ts';
import type { Loose } from '../../../server/test/support/client.ts';
import { provider } from '../../test/scene.ts';

/** A call of the API as the first user. @throws when it is refused, unless it may fail */
export type Ask = (
  method: string,
  path: string,
  json?: unknown,
  more?: { instance?: number; mayFail?: boolean },
) => Promise<Loose>;

/** Calls are written every two seconds. */
const writtenMs = 5_000;

const marketing = '/hubs/marketing';

/** Calls that go well, and some that do not. @returns one of each */
export async function makeCalls(ask: Ask, working: number, desk: number) {
  await ask('PUT', `/instances/${working}/logging`, { minutes: 30 });
  const of = (instance: number) => (method: string, path: string, json?: unknown) =>
    ask(method, path, json, { instance, mayFail: true });
  const [acton, tickets] = [of(working), of(desk)];
  const [list] = await acton('GET', `${marketing}/lists?pageSize=5`);
  const [{ id }] = await acton('POST', `${marketing}/lists/${list.id}/contacts`, {
    'First Name': 'Mara',
    'Last Name': 'Lindqvist',
    Email: 'mara@example.com',
  });
  for (let round = 0; round < 4; round++) {
    await acton('GET', `${marketing}/lists/${list.id}/contacts?pageSize=20`);
    await tickets('GET', '/hubs/helpdesk/tickets');
    await acton('GET', `${marketing}/campaigns?pageSize=10`);
    await acton('GET', `${marketing}/accounts`);
    await tickets('GET', `/hubs/helpdesk/tickets/${round + 1}`);
  }
  await tickets('GET', '/hubs/helpdesk/tickets/99');
  await acton('GET', `${marketing}/lists/l-9999/contacts`);
  await turn(ask, working, 'fail-next', { count: 1, status: 503, path: '/api/1/list' });
  await acton('GET', `${marketing}/lists`);
  await acton('PATCH', `${marketing}/lists/${list.id}/contacts/${id}`, { Email: 'mara.l@example.com' });
  await acton('GET', `${marketing}/lists/${list.id}/contacts?pageSize=50`);
  await sleep(writtenMs);
  const calls = await ask('GET', '/usage?elementApi=true&pageSize=100');
  const find = (isFailed: boolean) =>
    calls.find(
      ({ response_status: status, element_key: key }: Loose) =>
        key === provider.key && status >= 500 === isFailed,
    ).request_id;
  return { call: find(false), failedCall: find(true) };
}

/** A knob of the simulated provider. */
async function turn(ask: Ask, instance: number, knob: string, json: object) {
  const { configuration } = await ask('GET', `/instances/${instance}`);
  await fetch(`${configuration['base.url']}/_simulator/${knob}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  });
}

/** Changes at the provider, told to an application that works and to one that is down. */
export async function hearOfChanges(ask: Ask, ids: { working: number; desk: number }, apps: string) {
  const listen = (path: string) => ({
    'event.notification.enabled': 'true',
    'event.vendor.type': 'webhook',
    'event.notification.callback.url': `http://${apps}${path}`,
  });
  const change = (id: number, path: string) =>
    ask('PATCH', `/instances/${id}`, { configuration: listen(path) });
  const told = (type: string, contactId: string) =>
    ask('POST', `/events/${provider.key}/${btoa(String(ids.working))}`, { type, contactId });
  await change(ids.working, '/events');
  for (const [at, type] of ['created', 'updated', 'updated', 'deleted', 'updated', 'created'].entries())
    await told(`contact.${type}`, `l-0001:${12 + at}`);
  await untilSome(ask, 'delivered');
  await change(ids.working, '/crm/events');
  await told('contact.updated', 'l-0001:12');
  await untilSome(ask, 'retry');
  const deliveries = await ask('GET', '/instances/events/deliveries?pageSize=100');
  const of = (state: string): number => deliveries.find(({ status }: Loose) => status === state).id;
  const [event] = await ask('GET', '/instances/events?pageSize=1');
  return { event: event.id, delivery: of('delivered'), failedDelivery: of('retry') };
}

async function untilSome(ask: Ask, state: string): Promise<void> {
  for (let turns = 0; turns < 60; turns++) {
    const rows = await ask('GET', '/instances/events/deliveries?pageSize=100');
    if (rows.some(({ status }: Loose) => status === state)) return;
    await sleep(250);
  }
  throw new Error(`No delivery became '${state}'.`);
}

/** An account whose refresh token a newer consent has ended dies with its access token; the other lives on. */
export async function lose(ask: Ask, dead: number, working: number) {
  await turn(ask, working, 'expire-access-tokens', {});
  await ask('GET', `${marketing}/accounts`, undefined, { instance: working });
  await ask('GET', `${marketing}/accounts`, undefined, { instance: dead, mayFail: true });
  await sleep(writtenMs);
}

/**
 * Makes a week of what has happened in a minute: calls lie some minutes apart, and are counted as often as on a day of work, of which few fail
 * and none waits for a machine that takes pictures. Nothing else of the product is touched by hand.
 */
export async function age(databaseUrl: string): Promise<void> {
  await runOn(
    databaseUrl,
    `update usage_call one set at = now() - interval '97 seconds' * newer.rank
     from (select id, row_number() over (order by id desc) rank from usage_call) newer where newer.id = one.id`,
  );
  await runOn(
    databaseUrl,
    `update usage_count set duration_ms = provider_ms + calls * 7, longest_ms = least(longest_ms, 250)`,
  );
  const [hour, day] = ['hour', 'day'].map((part) => `extract(${part} from hour)::int`);
  await runOn(
    databaseUrl,
    `insert into usage_count
     select organization_id, account_id, 'hour', hour, instance_id, element_key, status, passed, busy.calls,
       busy.calls * (ms + 7), busy.calls * ms, ms * 4
     from (select organization_id, account_id, instance_id, element_key, status, passed, sum(calls) calls from usage_count
         where span = 'hour' group by 1, 2, 3, 4, 5, 6) counted,
       generate_series(date_trunc('hour', now()) - interval '7 days', date_trunc('hour', now()) - interval '1 hour', '1 hour') hour,
       lateral (select 38 + (${hour} * 7 + ${day} * 13) % 29 ms) took,
       lateral (select (calls * greatest(0.4, 12 - abs(${hour} - 13) * 1.4)
         * (case when extract(isodow from hour) > 5 then 0.3 else 1 end)
         * (case when status >= 400 then (${hour} + ${day} * 3) % 11 / 40.0 else 1 end))::int calls) busy
     where busy.calls > 0
     on conflict do nothing`,
  );
}
