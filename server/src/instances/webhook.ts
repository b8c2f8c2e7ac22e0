import { canFail } from '#kernel/error';
import type { Log } from '#kernel/log';
import type { Calls, Target } from '#calls';
import type { Element, Hook, Resource } from '#elements';
import { webhookRefused } from './errors.ts';
import { effectiveConfiguration } from './instance.ts';
import { lifecycleInput } from './provision.ts';

interface Parts {
  calls: Calls;
  log: Log;
  /** Where the provider is to call for an instance. */
  webhookUrl(element: Element, instanceId: number): string;
}

/** The instance whose events are switched on or off. */
interface Subject {
  element: Element;
  /** As it is stored, without defaults. */
  configuration: Record<string, string>;
  tenant: string;
  instanceId: number;
}

/** Whether changes are to be learned by calls of the provider. */
export function wantsWebhook(element: Element, given: Record<string, string>): boolean {
  const values = effectiveConfiguration(element, given);
  const type = values['event.vendor.type'] || values['event.notification.type'] || 'webhook';
  return values['event.notification.enabled'] === 'true' && type !== 'polling';
}

/**
 * Tells the provider to call us, by the definition's `onProvisionWebhook` resources. Scripts and templates have our URL as
 * `{webhookCallbackUrl}`.
 *
 * @returns values to store, such as the id of the provider's subscription.
 * @throws 400 or 502 with what the provider said.
 */
export async function registerWebhook(parts: Parts, subject: Subject): Promise<Record<string, string>> {
  const { element } = subject;
  const stored: Record<string, string> = {};
  for (const resource of element.ofType('onProvisionWebhook')) {
    const reply = await run(parts, subject, resource, stored);
    if (reply.error)
      throw webhookRefused(element.name, reply.status, reply.error.message ?? reply.error.providerMessage);
    Object.assign(stored, reply.configuration);
  }
  return stored;
}

/** Tells the provider to call us no more. It may refuse: what it sends then finds no instance that wants it. */
export async function removeWebhook(parts: Parts, subject: Subject): Promise<void> {
  for (const resource of subject.element.ofType('onDeleteWebhook')) {
    await canFail(run(parts, subject, resource, {}), 'events are off whatever the provider says', (error) =>
      parts.log.warn(
        { instanceId: subject.instanceId, err: error },
        'The provider could not be told that no events are wanted any more',
      ),
    );
  }
}

async function run(parts: Parts, subject: Subject, resource: Resource, stored: Record<string, string>) {
  const { element, tenant, instanceId } = subject;
  const webhookCallbackUrl = parts.webhookUrl(element, instanceId);
  const given = effectiveConfiguration(element, { ...subject.configuration, ...stored });
  const target: Target = { element, configuration: { ...given, webhookCallbackUrl }, tenant, instanceId };
  const reply = await parts.calls.execute(
    withUrl(resource, webhookCallbackUrl),
    lifecycleInput(resource.method, resource.path),
    target,
  );
  if (reply.body.kind === 'stream') reply.body.stream.destroy();
  return reply;
}

/** Scripts have the place as a text that the platform fills in. */
function withUrl(resource: Resource, url: string): Resource {
  const filled = (hooks: Hook[]) =>
    hooks.map((hook) => ({ ...hook, body: hook.body.replaceAll('{webhookCallbackUrl}', url) }));
  return {
    ...resource,
    preRequestHooks: filled(resource.preRequestHooks),
    postRequestHooks: filled(resource.postRequestHooks),
  };
}
