import type { Catalog, Element } from '#elements';
import type { ExchangeLog } from '#usage';
import { checkConfiguration } from './configuration.ts';
import { elementGone, provisionInvalid } from './errors.ts';
import { toPlainText } from './instance.ts';
import type { Instance } from './instance.ts';
import type { InstancePatch } from './instances.ts';
import { provision } from './provision.ts';
import type { InstanceRecords } from './record.ts';
import type { InstanceChange, InstanceStore } from './store.ts';
import { traced } from './trace.ts';
import { registerWebhook, removeWebhook, wantsWebhook } from './webhook.ts';

interface Parts {
  store: InstanceStore;
  records: InstanceRecords;
  catalog: Catalog;
  provisioning: Parameters<typeof provision>[0];
  exchangeLog: ExchangeLog;
}

/**
 * Changes an instance. With `providerData` the account is connected again, under the same id and token; a failure
 * there changes nothing.
 */
export async function changeInstance(parts: Parts, instance: Instance, patch: InstancePatch): Promise<void> {
  const change: InstanceChange = {};
  if (patch.name !== undefined) change.name = toPlainText(patch.name);
  if (patch.tags) change.tags = [...new Set(patch.tags.map(toPlainText))];
  if (patch.disabled !== undefined) change.disabled = patch.disabled;
  Object.assign(change, await changeCredentials(parts, instance, patch));
  if (Object.keys(change).length === 0) return;
  await parts.store.update(instance.organizationId, instance.id, change);
}

async function changeCredentials(
  { records, catalog, provisioning, exchangeLog }: Parts,
  instance: Instance,
  patch: InstancePatch,
): Promise<InstanceChange> {
  const { organizationId, id } = instance;
  if (!patch.configuration && !patch.providerData) return {};
  const element = await catalog.findOf(instance, instance);
  if (!element) throw elementGone(instance.elementKey);
  if (!patch.providerData) {
    const { values: checked, faults } = checkConfiguration(
      element,
      provisioning.settingRules,
      patch.configuration ?? {},
      instance.configuration,
    );
    if (faults.length > 0) throw provisionInvalid(faults);
    const values = await switchWebhook(provisioning, instance, element, checked);
    return records.sealConfiguration(organizationId, id, element, values);
  }
  const external = patch.externalAuthentication ?? 'none';
  const request = {
    configuration: patch.configuration ?? {},
    providerData: patch.providerData,
    externalAuthentication: external,
    stored: instance.configuration,
  };
  const provisioned = await traced(
    { exchangeLog, provisioning },
    instance,
    { ...request, element, traceId: patch.traceId },
    (parts) => provision(parts, element, request, String(organizationId)),
  );
  const configuration = await switchWebhook(provisioning, instance, element, provisioned);
  return {
    ...(await records.sealConfiguration(organizationId, id, element, configuration)),
    external_authentication: external,
    valid: true,
    invalid_reason: null,
    newCredentials: true,
  };
}

/** Switches the provider's calls on or off where a change of the configuration does. @returns what is to be stored. */
async function switchWebhook(
  provisioning: Parts['provisioning'],
  { id, organizationId, configuration: before }: Instance,
  element: Element,
  after: Record<string, string>,
): Promise<Record<string, string>> {
  const wanted = wantsWebhook(element, after);
  if (wanted === wantsWebhook(element, before)) return after;
  const subject = { element, tenant: String(organizationId), instanceId: id };
  if (!wanted) {
    await removeWebhook(provisioning, { ...subject, configuration: before });
    return after;
  }
  return { ...after, ...(await registerWebhook(provisioning, { ...subject, configuration: after })) };
}
