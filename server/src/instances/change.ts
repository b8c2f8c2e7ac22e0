import { authenticationKind } from '#calls';
import type { Catalog, Element } from '#elements';
import type { ExchangeLog } from '#usage';
import { checkConfiguration } from './configuration.ts';
import { elementGone, provisionInvalid } from './errors.ts';
import { isMadeWith, toPlainText, toTags } from './instance.ts';
import type { Instance } from './instance.ts';
import type { InstancePatch } from './instances.ts';
import { appKey } from './oauth/apps.ts';
import type { OauthApps } from './oauth/apps.ts';
import { throughProxy } from './oauth/proxies.ts';
import type { OauthProxies } from './oauth/proxies.ts';
import { provision } from './provision.ts';
import type { InstanceRecords } from './record.ts';
import { withoutMasks } from './secret.ts';
import type { InstanceChange, InstanceStore } from './store.ts';
import { traced } from './trace.ts';
import { registerWebhook, removeWebhook, wantsWebhook } from './webhook.ts';

interface Parts {
  store: InstanceStore;
  records: InstanceRecords;
  catalog: Catalog;
  apps: OauthApps;
  proxies: OauthProxies;
  provisioning: Parameters<typeof provision>[0];
  exchangeLog: ExchangeLog;
}

/**
 * Changes an instance. With `providerData`, or an element that authenticates otherwise, the account is connected again,
 * under the same id and token; a failure there changes nothing.
 */
export async function changeInstance(parts: Parts, instance: Instance, patch: InstancePatch): Promise<void> {
  const change: InstanceChange = {};
  if (patch.name !== undefined) change.name = toPlainText(patch.name);
  if (patch.tags) change.tags = toTags(patch.tags);
  if (patch.disabled !== undefined) change.disabled = patch.disabled;
  Object.assign(change, await changeCredentials(parts, instance, patch));
  if (Object.keys(change).length === 0) return;
  await parts.store.update(instance.organizationId, instance.id, change);
}

async function changeCredentials(
  { records, catalog, apps, proxies, provisioning, exchangeLog }: Parts,
  instance: Instance,
  patch: InstancePatch,
): Promise<InstanceChange> {
  const { organizationId, id } = instance;
  const moved = await findOther(catalog, instance, patch.element);
  if (!patch.configuration && !patch.providerData && !moved) return {};
  const before = await catalog.findOf(instance, instance);
  const known = moved ?? before;
  if (!known) throw elementGone(instance.elementKey);
  const given = await throughProxy(proxies, instance, patch);
  const place = moved ? { element_id: moved.id, element_key: moved.key } : {};
  const authenticatesOtherwise =
    moved !== undefined && (!before || authenticationKind(before) !== authenticationKind(moved));
  const { [appKey]: _app, ...own } = instance.configuration;
  if (!patch.providerData && !authenticatesOtherwise) {
    const { element } = await apps.lend(known, instance, {
      ...instance.configuration,
      ...withoutMasks(given),
    });
    const { values: checked, faults } = checkConfiguration(
      element,
      provisioning.settingRules,
      given,
      instance.configuration,
    );
    if (faults.length > 0) throw provisionInvalid(faults);
    const values = await switchWebhook(provisioning, instance, before, element, checked);
    return { ...place, ...(await records.sealConfiguration(organizationId, id, element, values)) };
  }
  // New consent is given to the client that is stored by now, whichever it was before.
  const { element, app } = await apps.lend(known, instance, { ...own, ...withoutMasks(given) });
  const external = patch.externalAuthentication ?? 'none';
  const request = {
    configuration: given,
    providerData: patch.providerData,
    externalAuthentication: external,
    stored: own,
  };
  const made = await traced(
    { exchangeLog, provisioning },
    instance,
    { ...request, element, traceId: patch.traceId },
    (parts) => provision(parts, element, request, String(organizationId)),
  );
  const provisioned = app ? { ...made, [appKey]: app.apiKey } : made;
  const configuration = await switchWebhook(provisioning, instance, before, element, provisioned);
  return {
    ...place,
    ...(await records.sealConfiguration(organizationId, id, element, configuration)),
    external_authentication: external,
    valid: true,
    invalid_reason: null,
    newCredentials: true,
  };
}

/**
 * The element that an instance is to move to; undefined when it is the one that it has, as in an echo of the instance.
 *
 * @throws 404 when its account can see no such element.
 */
async function findOther(
  catalog: Catalog,
  instance: Instance,
  named: string | undefined,
): Promise<Element | undefined> {
  const { elementId, elementKey } = instance;
  if (named === undefined || named === String(elementId) || named === elementKey) return undefined;
  const element = await catalog.get(named, instance);
  return isMadeWith({ element_id: elementId, element_key: elementKey }, element) ? undefined : element;
}

/** Switches the provider's calls on or off where a change of the configuration does. @returns what is to be stored. */
async function switchWebhook(
  provisioning: Parts['provisioning'],
  { id, organizationId, configuration }: Instance,
  before: Element | undefined,
  element: Element,
  after: Record<string, string>,
): Promise<Record<string, string>> {
  const wanted = wantsWebhook(element, after);
  const had = before !== undefined && wantsWebhook(before, configuration);
  const moved = before?.id !== element.id;
  if (wanted === had && !moved) return after;
  const subject = { tenant: String(organizationId), instanceId: id };
  const stored = wanted
    ? await registerWebhook(provisioning, { ...subject, element, configuration: after })
    : {};
  if (had) await removeWebhook(provisioning, { ...subject, element: before, configuration });
  return { ...after, ...stored };
}
