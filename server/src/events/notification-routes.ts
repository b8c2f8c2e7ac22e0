import { cutPage, pageHeaders, pageNumber, readPage } from '#kernel/page';
import { Type, pagingQuery, replyPage, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import type { EventDesk } from './desk.ts';
import { channelNotOffered, mailNotOffered, topicsMissing } from './errors.ts';
import type { NotificationDesk } from './notification-desk.ts';
import { deliveryReply, showDelivery, showNotification } from './show.ts';

const tags = ['Notifications'];
const number = Type.String({ pattern: '^-?[0-9]{1,15}$' });
const id = Type.Object({ id: number });
const text = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*$', description });
const topic = text(200, 'What it is about; whoever subscribes to it is told');
const notificationReply = Type.Object(
  {
    id: Type.Integer(),
    from: Type.String(),
    topic: Type.String(),
    severity: Type.String({ description: 'low, medium or high' }),
    message: Type.Unknown(),
    createdDate: Type.String(),
    active: Type.Boolean({ description: 'Not acknowledged yet' }),
    acknowledged: Type.Boolean(),
  },
  { additionalProperties: true },
);
const subscriptionReply = Type.Object({
  id: Type.Integer(),
  channel: Type.String(),
  topics: Type.Array(Type.String()),
  config: Type.Record(Type.String(), Type.Unknown()),
});
const listed = Type.Union([Type.String(), Type.Array(Type.String())]);
const reading = { access: 'user:any' as const, audit: 'none' as const, tags };
const writing = { access: 'user:createElementInstances' as const, tags };

/** Messages of the customer to its own subscribers. Their deliveries are beside those of events. */
export function mountNotifications(app: FastifyInstance, desk: NotificationDesk, events: EventDesk): void {
  mountMessages(app, desk);
  mountSubscriptions(app, desk);
  mountDeliveries(app, events);
}

function mountMessages(app: FastifyInstance, desk: NotificationDesk): void {
  route(app, {
    ...writing,
    method: 'POST',
    path: '/notifications',
    audit: 'notification.create',
    summary: 'Tell the subscribers of a topic something',
    schema: {
      body: Type.Object({
        topic,
        severity: Type.Optional(
          Type.Union([Type.Literal('low'), Type.Literal('medium'), Type.Literal('high')]),
        ),
        message: Type.Optional(text(100_000, 'What is told')),
        from: Type.Optional(text(200, 'Who tells it; else the e-mail address of the caller')),
      }),
      response: { 200: notificationReply },
    },
    handler: async ({ principal, body }) =>
      showNotification(
        await desk.create(principal, {
          topic: body.topic,
          severity: body.severity ?? 'low',
          message: body.message ?? '',
          from: body.from ?? principal.email,
        }),
      ),
  });
  route(app, {
    ...reading,
    method: 'GET',
    path: '/notifications',
    needs: 'A topic, by one of its two names',
    summary: 'Notifications of topics, the newest first',
    schema: {
      querystring: Type.Object({
        ...pagingQuery,
        'topics[]': Type.Optional(listed),
        topics: Type.Optional(listed),
      }),
      response: { 200: Type.Array(notificationReply) },
    },
    handler: async ({ principal, query }, reply) => {
      const topics = [query['topics[]'], query.topics]
        .flat()
        .flatMap((value) => (value ?? '').split(','))
        .map((value) => value.trim().replaceAll('\0', ''))
        .filter((value) => value !== '');
      if (topics.length === 0) throw topicsMissing();
      const asked = readPage(query, { defaultSize: 200, maxSize: 1000 });
      const page = pageNumber(asked);
      const { rows, total } = await desk.list(principal, topics, { page, pageSize: asked.pageSize });
      const headers = pageHeaders({ number: page, size: asked.pageSize, returned: rows.length, total });
      return replyPage(reply, { rows: rows.map(showNotification), headers });
    },
  });
  for (const [method, path, audit, summary, act] of [
    ['GET', '/notifications/:id', 'none', 'One notification', desk.get],
    ['DELETE', '/notifications/:id', 'notification.delete', 'Delete a notification', desk.remove],
    [
      'PUT',
      '/notifications/:id/acknowledge',
      'notification.acknowledge',
      'Say that a notification was seen',
      desk.acknowledge,
    ],
  ] as const)
    route(app, {
      ...(method === 'GET' ? reading : writing),
      method,
      path,
      audit,
      summary,
      schema: { params: id, response: { 200: notificationReply } },
      handler: async ({ principal, params }) => showNotification(await act(principal, Number(params.id))),
    });
  route(app, {
    ...writing,
    method: 'POST',
    path: '/notifications/emails',
    audit: 'notification.email',
    summary: 'Send an e-mail: this server sends none, and answers 501',
    schema: {
      body: Type.Object({
        to: text(320, 'Address'),
        from: Type.Optional(Type.String({ maxLength: 320 })),
        subject: Type.Optional(Type.String({ maxLength: 1000 })),
        message: Type.Optional(Type.String({ maxLength: 100_000 })),
      }),
    },
    handler: () => {
      throw mailNotOffered();
    },
  });
}

function mountSubscriptions(app: FastifyInstance, desk: NotificationDesk): void {
  route(app, {
    ...writing,
    method: 'POST',
    path: '/notifications/subscriptions',
    audit: 'notification.subscribe',
    summary: 'Have the notifications of topics posted to a URL',
    schema: {
      body: Type.Object({
        channel: text(20, 'webhook'),
        topics: Type.Array(topic, { minItems: 1, maxItems: 100 }),
        config: Type.Object(
          { url: Type.String({ pattern: '^https?://[^\\s\\u0000]+$', maxLength: 4000 }) },
          { additionalProperties: true },
        ),
      }),
      response: { 200: subscriptionReply },
    },
    handler: ({ principal, body }) => {
      if (body.channel !== 'webhook') throw channelNotOffered(body.channel);
      return desk.subscribe(principal, { topics: body.topics, config: body.config });
    },
  });
  route(app, {
    ...reading,
    method: 'GET',
    path: '/notifications/subscriptions',
    summary: 'Subscriptions to topics',
    schema: { querystring: Type.Object(pagingQuery), response: { 200: Type.Array(subscriptionReply) } },
    handler: async ({ principal, query }, reply) =>
      replyPage(reply, cutPage(await desk.subscriptions(principal), query)),
  });
  for (const [method, audit, summary, act] of [
    ['GET', 'none', 'One subscription', desk.subscription],
    ['DELETE', 'notification.unsubscribe', 'End a subscription', desk.unsubscribe],
  ] as const)
    route(app, {
      ...(method === 'GET' ? reading : writing),
      method,
      path: '/notifications/subscriptions/:id',
      audit,
      summary,
      schema: { params: id, response: { 200: subscriptionReply } },
      handler: ({ principal, params }) => act(principal, Number(params.id)),
    });
}

function mountDeliveries(app: FastifyInstance, events: EventDesk): void {
  const hydrate = Type.Optional(Type.String({ description: 'true adds notification and subscription' }));
  const querystring = Type.Object({ hydrate });
  route(app, {
    ...reading,
    method: 'GET',
    path: '/notifications/:id/subscriptions/deliveries',
    summary: 'Deliveries of one notification, or of one event',
    schema: { params: id, querystring, response: { 200: Type.Array(deliveryReply) } },
    handler: async ({ principal, params, query }) => {
      const { deliveries, event } = await events.deliveriesOfOne(principal, Number(params.id));
      return deliveries.map((delivery) =>
        showDelivery(delivery, query.hydrate === 'true' ? event : undefined),
      );
    },
  });
  route(app, {
    ...reading,
    method: 'GET',
    path: '/notifications/:id/subscriptions/:subscriptionId/deliveries',
    summary: 'The delivery of one notification to one subscription',
    schema: {
      params: Type.Object({ id: number, subscriptionId: number }),
      querystring,
      response: { 200: deliveryReply },
    },
    handler: async ({ principal, params, query }) => {
      const subscriptionId = Number(params.subscriptionId);
      const { delivery, event } = await events.deliveryTo(principal, Number(params.id), subscriptionId);
      return showDelivery(delivery, query.hydrate === 'true' ? event : undefined);
    },
  });
}
