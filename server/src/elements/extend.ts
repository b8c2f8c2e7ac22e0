import { parseJson } from '#kernel/json';
import { compileElement } from './compile.ts';
import type { Element, ElementDefinition } from './element.ts';
import type { ElementRow } from './store.ts';

type Row = Record<string, unknown>;

/** An account's own resources on a shipped element, as they are stored. */
export function readExtension(row: Pick<ElementRow, 'definition'>): { resources: Row[] } {
  return parseJson(row.definition) as unknown as { resources: Row[] };
}

/** A shipped element with an account's own resources in front, so that they win over those of the same path. */
export function extendElement(
  base: Element,
  row: ElementRow,
  defaults: Record<string, string> | undefined,
): Element {
  const own = readExtension(row).resources.map((resource) => ({
    ...resource,
    ownerAccountId: row.account_id,
  }));
  const definition: ElementDefinition = {
    ...base.definition,
    extended: true,
    resources: [...own, ...(base.definition.resources ?? [])],
  };
  return compileElement(definition, { defaults, ownAccountId: row.account_id });
}
