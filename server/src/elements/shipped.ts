import { compileElement } from './compile.ts';
import { loadCatalog } from './load.ts';
import type { Checks } from './load.ts';
import { withIds } from './row-ids.ts';
import type { DefinitionFault } from './errors.ts';
import type { Element } from './element.ts';

/** Ids of elements whose definition has none start here, in the order of their keys. */
const firstOwnId = 100_000;

/** The elements that come with the server, as files. */
export interface ShippedCatalog {
  /** All elements in the order of their keys. */
  all(): Element[];
  find(keyOrId: string | number): Element | undefined;
  /** The operator's own defaults of an element's configuration. */
  defaultsOf(key: string): Record<string, string> | undefined;
  /** What was wrong with definitions that were left out. */
  faults: DefinitionFault[];
  checks: Checks;
}

/**
 * Loads and compiles the catalog.
 *
 * @param defaults the operator's defaults: element key → configuration key → value.
 * @param cacheFolder of `loadCatalog`.
 */
export function openCatalog(
  folder: string,
  defaults: Record<string, Record<string, string>>,
  cacheFolder?: string,
): ShippedCatalog {
  const { definitions, faults, checks } = loadCatalog(folder, cacheFolder);
  const byKey = new Map<string, Element>();
  const byId = new Map<number, Element>();
  let nextId = firstOwnId;
  for (const { file, definition } of definitions) {
    const id = definition.id ?? nextId++;
    try {
      const element = compileElement(withIds({ ...definition, id }), { defaults: defaults[definition.key] });
      for (const { method, path, reason } of element.problems)
        faults.push({ file, path: '/resources', reason: `${method ?? ''} ${path ?? ''} ${reason}`.trim() });
      if (element.problems.length > 0) continue;
      byKey.set(element.key, element);
      byId.set(id, element);
    } catch (error) {
      faults.push({ file, path: '/resources', reason: (error as Error).message });
    }
  }
  const find = (keyOrId: string | number) =>
    /^\d+$/.test(String(keyOrId)) ? byId.get(Number(keyOrId)) : byKey.get(String(keyOrId));
  return {
    all: () => [...byKey.values()],
    find,
    defaultsOf: (key) => (Object.hasOwn(defaults, key) ? defaults[key] : undefined),
    faults,
    checks,
  };
}
