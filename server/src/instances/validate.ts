import { AppError } from '#kernel/error';
import type { Element, Resource } from '#elements';
import type { InstanceCall } from './call.ts';
import type { Connections } from './connections.ts';
import { connectAgain, validationFailed } from './errors.ts';
import type { Instance } from './instance.ts';
import { lifecycleInput } from './provision.ts';
import type { InstanceStore } from './store.ts';

/** Whether an account still works, and how that is known. */
export interface Validity {
  id: number;
  valid: boolean;
  /** Whether the provider was asked: not every element has a way to. */
  checked: boolean;
  message: string;
  providerMessage?: string | undefined;
}

interface Parts {
  call: InstanceCall;
  connections: Connections;
  store: InstanceStore;
}

/**
 * Asks the provider by the definition's `provisionAuthValidation` resources, else by its `GET /ping`, and keeps the
 * answer.
 *
 * @throws 502 when the provider cannot tell at this moment, 403 when the instance is disabled; nothing changes then.
 */
export async function validateInstance(
  parts: Parts,
  element: Element,
  instance: Instance,
): Promise<Validity> {
  const { id, valid, name, invalidReason } = instance;
  const resources = checksOf(element);
  if (resources.length === 0) {
    const message = `${element.name} has no resource that checks an account: ${
      valid ? 'nothing is known against it' : 'its credentials were refused before'
    }.`;
    return { id, valid, checked: false, message, providerMessage: invalidReason };
  }
  // A refusal of before is not the last word: calls, and the refresh before them, must be tried.
  if (!valid) await mark(parts, instance, true, undefined);
  try {
    const refused = await ask(parts, element, { ...instance, valid: true }, resources);
    if (!refused) {
      return { id, valid: true, checked: true, message: `${element.name} accepts the account.` };
    }
    await mark(parts, instance, false, refused.reason);
    const { message } = connectAgain(name, refused.reason);
    return { id, valid: false, checked: true, message, providerMessage: refused.reason };
  } catch (error) {
    if (!valid) await mark(parts, instance, false, invalidReason);
    throw error;
  }
}

function checksOf(element: Element): Resource[] {
  const checks = element.ofType('provisionAuthValidation');
  const ping = element.find('GET', '/ping')?.resource;
  return checks.length > 0 ? checks : ping ? [ping] : [];
}

/** Undefined when the provider accepts the account. */
async function ask(
  { call, connections }: Parts,
  element: Element,
  instance: Instance,
  resources: Resource[],
): Promise<{ reason: string | undefined } | undefined> {
  const connection = await connections.toConnection(instance);
  for (const resource of resources) {
    try {
      const reply = await call(connection, resource, lifecycleInput(resource.method, resource.path));
      if (reply.body.kind === 'stream') reply.body.stream.destroy();
      if (!reply.error) continue;
      const said = reply.error.providerMessage ?? reply.error.message;
      // A check says by any refusal that the account is none; another resource only by these.
      const isCheck =
        resource.type === 'provisionAuthValidation' && reply.status < 500 && reply.status !== 429;
      if (!isCheck && reply.status !== 401 && reply.status !== 403)
        throw validationFailed(element.name, reply.status, said);
      return { reason: said ?? `status ${reply.status}` };
    } catch (error) {
      if (error instanceof AppError && error.code === 'credentials-dead')
        return { reason: error.providerMessage };
      throw error;
    }
  }
  return undefined;
}

async function mark(
  { store, connections }: Parts,
  { organizationId, id }: Instance,
  valid: boolean,
  reason: string | undefined,
): Promise<void> {
  await store.update(organizationId, id, { valid, invalid_reason: reason ?? null });
  connections.forget(id);
}
