import { LRUCache } from 'lru-cache';
import type { InstanceOutline } from '#instances';
import { settingsOf } from '../settings.ts';
import { isFields, parseObject, readPlanFields } from './plan.ts';
import type { ReadPlans } from './plan.ts';

/** What an instance's configuration says of polling. */
export interface InstancePolling extends ReadPlans {
  intervalMinutes: number;
}

const defaultIntervalMinutes = 15;
/** What people write who want none; more would not fit the column, nor a life. */
const longestIntervalMinutes = 999_999_999;

/** All that is read here has keys that begin so. */
export const pollingKeyPrefix = 'event.';

const pollingKeys = [
  'event.notification.enabled',
  'event.vendor.type',
  'event.notification.type',
  'event.poller.configuration',
  'event.poller.refresh_interval',
  'event.poller.urls',
  'event.metadata',
  'event.objects',
];

/** Of each definition, what its instances say: most say the same, and share what was read. */
const known = new WeakMap<object, LRUCache<string, InstancePolling>>();
const keptCharacters = 200_000;

/** How the objects of an instance are polled; no objects where its events are off, or come by webhook. */
export function pollingOf(polled: InstanceOutline): InstancePolling {
  const { element, instance, configuration } = polled;
  let ofElement = known.get(element.definition);
  if (!ofElement) {
    ofElement = new LRUCache({ maxSize: keptCharacters, sizeCalculation: (_, { length }) => length });
    known.set(element.definition, ofElement);
  }
  const said = JSON.stringify(
    [instance.configuration, configuration].map((values) => pollingKeys.map((key) => values[key])),
  );
  let found = ofElement.get(said);
  if (!found) {
    found = { ...readSource(polled), intervalMinutes: intervalOf(configuration) };
    ofElement.set(said, found);
  }
  return found;
}

function readSource(polled: InstanceOutline): ReadPlans {
  const { enabled, vendorType } = settingsOf(polled);
  if (!enabled || vendorType !== 'polling') return { plans: [], faults: [] };
  const { element, instance, configuration } = polled;
  // What the account says itself goes before any default of the definition, in whichever way it says it.
  for (const values of [instance.configuration, configuration]) {
    for (const find of [fromConfiguration, fromMetadata, fromUrls]) {
      const objects = find(values, configuration, element.definition['objects']);
      if (objects) return readPlanFields(objects);
    }
  }
  return { plans: [], faults: [] };
}

type Values = Readonly<Record<string, string>>;
type Source = (
  values: Values,
  effective: Values,
  definedObjects: unknown,
) => Record<string, unknown> | undefined;

const fromConfiguration: Source = (values) => {
  const text = values['event.poller.configuration']?.trim();
  if (!text) return undefined;
  const objects = parseObject(text);
  // Some definitions have an empty plan, to have the row.
  return objects && Object.keys(objects).length > 0 ? objects : undefined;
};

const anyObject = '{objectName}';

/** `event.metadata` has plans for all objects that can be polled, `event.objects` says which are. */
const fromMetadata: Source = (values, effective) => {
  if (!values['event.metadata'] && !values['event.objects']) return undefined;
  const metadata = parseObject(effective['event.metadata'] ?? '');
  const plans = metadata?.['polling'];
  if (!isFields(plans)) return undefined;
  const wanted = splitNames(effective['event.objects'] ?? '');
  const names = wanted.length > 0 ? wanted : Object.keys(plans).filter((name) => name !== anyObject);
  const entries = names.flatMap((name): [string, unknown][] => {
    if (Object.hasOwn(plans, name)) return [[name, plans[name]]];
    const general = plans[anyObject];
    if (!isFields(general)) return [];
    return [[name, { ...general, url: String(general['url'] ?? '').replaceAll(anyObject, name) }]];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
};

/** `event.poller.urls`: URLs with `|` or lines between, or names of objects with commas between. */
const fromUrls: Source = (values, _effective, definedObjects) => {
  const pieces = (values['event.poller.urls'] ?? '')
    .split(/[|\n]/)
    .flatMap((piece) => (/[?/]/.test(piece) ? [piece.trim()] : splitNames(piece)))
    .filter((piece) => piece !== '');
  const entries = pieces.map((url): [string, unknown] => {
    const path = url.split('?', 1)[0] ?? '';
    const name = path.split('/').filter(Boolean).at(-1) ?? url;
    return [name, { url: url.includes('/') ? url : `/${url}`, ...fromObject(definedObjects, name) }];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
};

/** The definition knows the id and the dates of its objects. */
function fromObject(definedObjects: unknown, name: string): Record<string, unknown> {
  const rows = Array.isArray(definedObjects) ? (definedObjects as unknown[]) : [];
  const row = rows.find((one) => isFields(one) && one['name'] === name);
  if (!isFields(row)) return {};
  return {
    idField: row['primaryKeyName'],
    datesConfiguration: {
      createdDateField: row['createdDateName'],
      createdDateFormat: row['createdDateFormat'],
      updatedDateField: row['updatedDateName'],
      updatedDateFormat: row['updatedDateFormat'],
    },
  };
}

function splitNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function intervalOf(configuration: Values): number {
  const minutes = Math.ceil(Number(configuration['event.poller.refresh_interval'] || Number.NaN));
  return minutes > 0 ? Math.min(minutes, longestIntervalMinutes) : defaultIntervalMinutes;
}
