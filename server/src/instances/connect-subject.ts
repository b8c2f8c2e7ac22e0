import type { ConnectGrant } from '#accounts';
import type { Catalog, ConfigurationRow, Element } from '#elements';
import { askedAgain, askedRows, keptValues } from './connect-rules.ts';
import {
  connectElementForeign,
  connectElementsMissing,
  connectElementsOther,
  elementGone,
} from './errors.ts';
import type { Instance } from './instance.ts';
import type { InstanceDesk } from './instances.ts';

/** What may be connected. @throws 400 */
export function elementKeys(found: readonly Element[], before: Instance | undefined): string[] {
  const keys = [...new Set(found.map(({ key }) => key))];
  if (!before) {
    if (keys.length === 0) throw connectElementsMissing();
    return keys;
  }
  if (keys.some((key) => key !== before.elementKey)) throw connectElementsOther(before.id, before.elementKey);
  return [before.elementKey];
}

/** What a session connects. */
export interface Subject {
  element: Element;
  /** The account, where it is connected again. */
  before: Instance | undefined;
  /** What that was connected with. */
  kept: Record<string, string>;
  /** What the person is asked. */
  rows: ConfigurationRow[];
}

/** @throws 403 for an element that the session is not for, 404 for an account that was deleted since. */
export async function subjectOf(
  { desk, catalog }: { desk: InstanceDesk; catalog: Catalog },
  { row, caller, configuration: given }: ConnectGrant,
  key: string,
): Promise<Subject> {
  if (!row.elements.includes(key)) throw connectElementForeign(key);
  if (row.again_instance_id === null) {
    const { element } = await desk.apps.lend(await catalog.get(key, caller), caller, given);
    return { element, before: undefined, kept: {}, rows: askedRows(element, given) };
  }
  const before = await desk.get(caller, row.again_instance_id);
  const known = await catalog.findOf(before, before);
  if (!known) throw elementGone(before.elementKey);
  const kept = keptValues(known, before.configuration);
  const { element } = await desk.apps.lend(known, caller, { ...kept, ...given });
  return { element, before, kept, rows: askedAgain(element, given, kept) };
}

/** What the widget shows of an account that is connected again. */
export function toAgain(subject: Subject | undefined): { name: string; kept: string[] } | undefined {
  if (!subject?.before) return undefined;
  const { before, kept, rows } = subject;
  return {
    name: before.name,
    kept: rows.map(({ key }) => key).filter((key) => kept[key] !== undefined),
  };
}
