import { cutPage } from '#kernel/page';
import { Type, pageOnly, replyPage, route } from '#platform/http';
import type { FastifyInstance } from '#platform/http';
import type { Instances } from '#instances';
import { jobNotFound } from './errors.ts';
import type { JobRow, JobScope, JobStore } from './job-store.ts';

const path = '/jobs';
const tags = ['Jobs'];
const params = Type.Object({
  id: Type.String({
    pattern: '^-?[0-9]{1,15}$',
    description: 'Id of the job, which is that of its instance',
  }),
});
const reply = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  method: Type.String(),
  uri: Type.String({ description: 'The account that is polled' }),
  disabled: Type.Boolean(),
  trigger: Type.Object({ intervalMinutes: Type.Integer() }),
  objects: Type.Array(Type.String()),
  userId: Type.Integer(),
  createdDate: Type.String(),
  nextDate: Type.Optional(Type.String()),
  lastDate: Type.Optional(Type.String()),
  lastError: Type.Optional(Type.String()),
});

/** What the platform does again and again for an account: each instance that is polled for events is one job. */
export function mountJobs(
  app: FastifyInstance,
  store: JobStore,
  instances: Pick<Instances, 'configure'>,
): void {
  const get = async (scope: JobScope, id: string) => {
    const row = await store.find(scope, Number(id));
    if (!row) throw jobNotFound(id);
    return show(row);
  };
  const common = { tags, mayBeResource: true } as const;
  route(app, {
    ...common,
    method: 'GET',
    path,
    access: 'user:any',
    audit: 'none',
    summary: 'List the jobs: one for each connected account that is polled for events',
    schema: { querystring: pageOnly, response: { 200: Type.Array(reply) } },
    handler: async ({ principal, query }, sent) =>
      replyPage(sent, cutPage((await store.list(principal)).map(show), query)),
  });
  route(app, {
    ...common,
    method: 'GET',
    path: `${path}/:id`,
    access: 'user:any',
    audit: 'none',
    summary: 'One job',
    schema: { params, response: { 200: reply } },
    handler: ({ principal, params: { id } }) => get(principal, id),
  });
  route(app, {
    ...common,
    method: 'DELETE',
    path: `${path}/:id`,
    access: 'user:createElementInstances',
    audit: 'job.remove',
    summary: 'End a job: switches the events of its connected account off',
    schema: { params },
    exists: ({ principal, params: { id } }) => get(principal, id),
    handler: async ({ principal, params: { id } }) => {
      await instances.configure(principal, Number(id), { 'event.notification.enabled': 'false' });
      return {};
    },
  });
  for (const [deed, paused, summary] of [
    ['disable', true, 'Pause a job: nothing is polled, and nothing forgotten'],
    ['enable', false, 'Let a paused job go on: it tells what has changed meanwhile'],
  ] as const) {
    route(app, {
      tags,
      method: 'PUT',
      path: `${path}/:id/${deed}`,
      access: 'user:createElementInstances',
      audit: `job.${deed}`,
      summary,
      schema: { params, response: { 200: reply } },
      exists: ({ principal, params: { id } }) => get(principal, id),
      handler: async ({ principal, params: { id } }) => {
        await store.pause(principal, Number(id), paused);
        return get(principal, id);
      },
    });
  }
}

function show(row: JobRow) {
  const id = Number(row.instance_id);
  return {
    id: String(id),
    name: `Polling of ${row.instance_name}`,
    description: `Polls ${row.objects.join(', ')} of the element instance ${id} (${row.element_key})`,
    method: 'GET',
    uri: `/elements/api-v2/instances/${id}`,
    disabled: row.paused,
    trigger: { intervalMinutes: row.interval_minutes },
    objects: row.objects,
    userId: Number(row.user_id),
    createdDate: row.enabled_at.toISOString(),
    nextDate: row.paused ? null : row.next_poll_at.toISOString(),
    lastDate: row.last_polled_at?.toISOString(),
    lastError: row.last_error,
  };
}
