import { badRequest } from '../errors.ts';
import type { Provider } from '../simulator.ts';
import { makeHappen } from './make-happen.ts';
import type { Endpoint, Webhooks } from './webhooks.ts';

/** What a person does in the settings of the account, and events of any type. */
export function mountWebhooks({ app, state, nowMs }: Provider, webhooks: Webhooks): void {
  // What a call has changed is told after its reply, so that no endpoint can delay it.
  app.addHook('onResponse', async () => webhooks.send(state.happened.splice(0)));

  app.post('/_simulator/webhooks', async (request) => webhooks.add(readEndpoint(request.body)));
  app.delete<{ Params: { id: string } }>('/_simulator/webhooks/:id', async (request, reply) => {
    if (webhooks.remove(request.params.id)) return {};
    return reply.code(404).send({ message: 'No such webhook' });
  });
  app.post('/_simulator/emit', async (request) => {
    const { type, data = {} } = (request.body ?? {}) as { type?: unknown; data?: object };
    if (typeof type !== 'string' || type === '') throw badRequest('type is missing');
    const happening = { type, data: { ...makeHappen(state, type, nowMs()), ...data } };
    state.happened.push(happening);
    return happening;
  });
  app.post('/_simulator/resend-webhooks', async () => ({ resent: webhooks.resend() }));
}

function readEndpoint(body: unknown): Pick<Endpoint, 'url'> & Partial<Endpoint> {
  const { url, secret, types, retryMs } = (body ?? {}) as Partial<Endpoint>;
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) throw badRequest('url is missing');
  return {
    url,
    ...(secret === undefined ? {} : { secret: String(secret) }),
    ...(Array.isArray(types) ? { types: types.map(String) } : {}),
    ...(typeof retryMs === 'number' ? { retryMs } : {}),
  };
}
