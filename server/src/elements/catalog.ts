import { compileElement } from './compile.ts';
import { loadCatalog } from './load.ts';
import { elementNotFound } from './errors.ts';
import type { DefinitionFault } from './errors.ts';
import type { Element } from './element.ts';

/** Ids of elements whose definition has none start here, in the order of their keys. */
const firstOwnId = 100_000;

export interface Catalog {
  /** All elements in the order of their keys. */
  all(): Element[];
  /** @throws 404 when no element has that key or id. */
  get(keyOrId: string): Element;
  find(keyOrId: string | number): Element | undefined;
  /** What was wrong with definitions that were left out. */
  faults: DefinitionFault[];
}

/**
 * Loads and compiles the catalog.
 *
 * @param defaults the operator's defaults: element key → configuration key → value.
 */
export async function openCatalog(
  folder: string,
  defaults: Record<string, Record<string, string>>,
): Promise<Catalog> {
  const { definitions, faults } = await loadCatalog(folder);
  const byKey = new Map<string, Element>();
  const byId = new Map<number, Element>();
  let nextId = firstOwnId;
  for (const { file, definition } of definitions) {
    const id = definition.id ?? nextId++;
    try {
      const element = compileElement({ ...definition, id }, defaults[definition.key]);
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
    get(keyOrId) {
      const element = find(keyOrId);
      if (!element) throw elementNotFound(keyOrId);
      return element;
    },
    faults,
  };
}
