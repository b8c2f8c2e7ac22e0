import type { Connected, Loose, Reply } from './client.ts';
import type { Scene } from './scene.ts';
import { waitFor } from './wait.ts';

/** An event hook that makes one event of what it is told, and fails when asked to. */
export const eventHook = {
  type: 'event',
  mimeType: 'application/javascript',
  body: `if (events.boom) throw new Error('boom');
    done({ events: [{ event_object_type: 'contacts', event_object_id: events.id, event_type: 'created' }] });`,
};

/** An instance as the URL of a webhook names it. */
export const encoded = (id: number) => Buffer.from(String(id)).toString('base64');

type Told = { id: number; key: string };

/** Events of a scene, whose provider is the customer's callback too. */
export function webhooksOf(scene: Scene) {
  return {
    /** A new account with events on. */
    async subscribe(configuration: Record<string, unknown> = {}, more = {}): Promise<Connected & Told> {
      const made = await scene.connect([], { hooks: [eventHook], ...more });
      const { status, body, text } = await scene.app.call('PATCH', `/instances/${made.id}`, {
        json: {
          configuration: {
            'event.notification.enabled': true,
            'event.notification.callback.url': `${scene.provider.url}/callback`,
            ...configuration,
          },
        },
      });
      if (status !== 200) throw new Error(text);
      return { ...made, key: body.element.key as string };
    },
    /** What a provider calls us with. */
    tell: (to: Told, json: unknown, headers = {}): Promise<Reply> =>
      scene.app.call('POST', `/events/${to.key}/${encoded(to.id)}`, { authorization: null, json, headers }),
    /** The event of this path, once it was delivered. */
    isDone: (path: string): Promise<Loose> =>
      waitFor(async () => {
        const { body } = await scene.app.call('GET', path);
        return body.status === 'NOTIFIED' ? (body as Loose) : undefined;
      }),
  };
}
