import { Type, route } from '#platform/http';
import type { FastifyInstance, FastifyReply } from '#platform/http';
import type { Principal } from '#accounts';
import type { EventDesk } from './desk.ts';
import { askedRows, deliveryQuery, eventQuery, pageQuery, readFilter } from './list.ts';
import type { EventFilter } from './filter-store.ts';
import {
  callbackReply,
  deliveryReply,
  eventReply,
  showAttempt,
  showCallback,
  showDelivery,
  showEvent,
} from './show.ts';

const tags = ['Events'];
const id = Type.String({ pattern: '^-?[0-9]{1,15}$', description: 'Id of the instance' });
const eventId = Type.String({ maxLength: 40, description: 'Id of the event' });
const eventsQuery = Type.Object({ ...pageQuery, ...eventQuery });
const listQuery = Type.Object({ ...pageQuery, ...deliveryQuery });
const filterQuery = Type.Object(deliveryQuery);
const replayReply = Type.Object(
  { replayed: Type.Integer({ description: 'Deliveries that go out again' }) },
  { title: 'Replayed' },
);
const countsReply = Type.Record(Type.String(), Type.Integer());

type Query = {
  page?: string;
  pageSize?: string;
  nextPage?: string;
  from?: string;
  to?: string;
  where?: string;
  hydrate?: string;
};

/** Events and deliveries, for those who want to see them: of the account, or of one instance. */
export function mountEvents(app: FastifyInstance, desk: EventDesk): void {
  for (const path of ['/instances/events', '/instances/:id/events']) {
    const params = Type.Object(path.includes(':id') ? { id } : {});
    const where = path.includes(':id') ? ' of an instance' : '';
    mountReading(app, desk, path, params, where);
    mountDeliveries(app, desk, path, params, where);
    mountReplay(app, desk, path, params, where);
  }
  mountSubscriptions(app, desk);
  route(app, {
    method: 'GET',
    path: '/instances/events/callbacks',
    access: 'user:any',
    audit: 'none',
    summary: 'Where events go, and whether it takes them: circuit, held deliveries. Those with trouble first',
    tags,
    schema: { response: { 200: Type.Array(callbackReply) } },
    handler: async ({ principal }) => (await desk.callbacks(principal)).map(showCallback),
  });
}

type Params = ReturnType<typeof Type.Object>;

/** The instance of the path, when there is one. */
async function instanceOf(desk: EventDesk, principal: Principal, params: object): Promise<EventFilter> {
  if (!('id' in params)) return { onlyOfInstances: true };
  const instanceId = Number(params.id);
  await desk.checkInstance(principal, instanceId);
  return { instanceId };
}

function mountReading(app: FastifyInstance, desk: EventDesk, path: string, params: Params, of: string): void {
  route(app, {
    method: 'GET',
    path,
    access: 'user:any',
    audit: 'none',
    summary: `Events${of}, the newest first`,
    tags,
    schema: { params, querystring: eventsQuery, response: { 200: Type.Array(eventReply) } },
    handler: async ({ principal, params: given, query }, reply) => {
      const filter = { ...readFilter(query as Query), ...(await instanceOf(desk, principal, given)) };
      const asked = askedRows(query as Query, true);
      const { events, deliveries } = await desk.events(principal, filter, asked);
      return asked.finish(events, reply).map((event) => showEvent(event, deliveries));
    },
  });
  route(app, {
    method: 'GET',
    path: `${path}/:eventId`,
    access: 'user:any',
    audit: 'none',
    summary: `One event${of}`,
    tags,
    schema: { params: Type.Object({ ...params.properties, eventId }), response: { 200: eventReply } },
    handler: async ({ principal, params: given }) => {
      const { instanceId } = await instanceOf(desk, principal, given);
      const { event, deliveries } = await desk.event(
        principal,
        (given as { eventId: string }).eventId,
        instanceId,
      );
      return showEvent(event, deliveries);
    },
  });
}

async function listDeliveries(
  desk: EventDesk,
  principal: Principal,
  filter: EventFilter,
  query: Query,
  reply: FastifyReply,
) {
  const isHydrated = query.hydrate === 'true';
  const asked = askedRows(query, isHydrated);
  const { deliveries, events } = await desk.deliveries(principal, filter, asked, isHydrated);
  return asked
    .finish(deliveries, reply)
    .map((delivery) => showDelivery(delivery, events.get(delivery.eventId)));
}

function mountDeliveries(
  app: FastifyInstance,
  desk: EventDesk,
  path: string,
  params: Params,
  of: string,
): void {
  const common = { method: 'GET' as const, access: 'user:any' as const, audit: 'none' as const, tags };
  route(app, {
    ...common,
    path: `${path}/deliveries`,
    summary: `Deliveries of events${of}, the newest first`,
    schema: { params, querystring: listQuery, response: { 200: Type.Array(deliveryReply) } },
    handler: async ({ principal, params: given, query }, reply) => {
      const filter = { ...readFilter(query as Query), ...(await instanceOf(desk, principal, given)) };
      return listDeliveries(desk, principal, filter, query as Query, reply);
    },
  });
  route(app, {
    ...common,
    path: `${path}/deliveries/counts`,
    summary: `How many deliveries${of} there are of each status`,
    schema: { params, querystring: filterQuery, response: { 200: countsReply } },
    handler: async ({ principal, params: given, query }) =>
      desk.counts(principal, {
        ...readFilter(query as Query),
        ...(await instanceOf(desk, principal, given)),
      }),
  });
  if (of !== '') return;
  route(app, {
    ...common,
    path: `${path}/deliveries/:deliveryId`,
    summary: 'One delivery with its attempts: what was sent and what the callback answered, without secrets',
    schema: {
      params: Type.Object({ deliveryId: Type.String({ pattern: '^-?[0-9]{1,15}$' }) }),
      response: { 200: deliveryReply },
    },
    handler: async ({ principal, params: given }) => {
      const { delivery, attempts } = await desk.delivery(principal, Number(given.deliveryId));
      return { ...showDelivery(delivery), attemptsData: attempts.map(showAttempt) };
    },
  });
}

function mountReplay(app: FastifyInstance, desk: EventDesk, path: string, params: Params, of: string): void {
  const common = {
    method: 'POST' as const,
    access: 'user:createElementInstances' as const,
    audit: 'event.replay' as const,
    tags,
  };
  route(app, {
    ...common,
    path: `${path}/replay`,
    summary: `Deliver events${of} again: those of a filter or a time range, to the callback that their instance has now`,
    description:
      'Without `from`, `to` or `where` those that have failed. A receiver sees the same id as before.',
    schema: { params, querystring: filterQuery, response: { 200: replayReply } },
    handler: async ({ principal, params: given, query }) => {
      const asked = readFilter(query as Query);
      const filter = Object.keys(asked).length === 0 ? { statuses: ['failed' as const] } : asked;
      return {
        replayed: await desk.replay(principal, { ...filter, ...(await instanceOf(desk, principal, given)) }),
      };
    },
  });
  route(app, {
    ...common,
    path: `${path}/:eventId/replay`,
    summary: `Deliver one event${of} again`,
    schema: { params: Type.Object({ ...params.properties, eventId }), response: { 200: replayReply } },
    handler: async ({ principal, params: given }) => {
      const { instanceId } = await instanceOf(desk, principal, given);
      const { event } = await desk.event(principal, (given as { eventId: string }).eventId, instanceId);
      return { replayed: await desk.replay(principal, { eventIds: [event.id] }) };
    },
  });
}

/** The same deliveries where clients of the hosted product look for them. */
function mountSubscriptions(app: FastifyInstance, desk: EventDesk): void {
  const path = '/notifications/subscriptions/deliveries';
  route(app, {
    method: 'GET',
    path,
    access: 'user:any',
    audit: 'none',
    summary: 'Deliveries to all callbacks, the newest first',
    tags,
    schema: { querystring: listQuery, response: { 200: Type.Array(deliveryReply) } },
    handler: ({ principal, query }, reply) =>
      listDeliveries(desk, principal, readFilter(query as Query), query as Query, reply),
  });
  route(app, {
    method: 'PUT',
    path,
    access: 'user:createElementInstances',
    audit: 'event.release',
    summary: 'Let queued deliveries go, and their callbacks take events again',
    tags,
    schema: { querystring: filterQuery, response: { 200: Type.Array(deliveryReply) } },
    handler: async ({ principal, query }) =>
      (await desk.release(principal, readFilter(query as Query))).map((delivery) => showDelivery(delivery)),
  });
}
