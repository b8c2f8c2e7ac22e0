import type { Catalog } from '#elements';
import type { Connection } from './connections.ts';
import { effectiveConfiguration } from './instance.ts';
import type { Instance } from './instance.ts';
import type { OutlineRow } from './store.ts';

/** What a look through all instances tells of one: a connection without secrets, with a part of its configuration. */
export type InstanceOutline = Pick<Connection, 'element' | 'configuration'> & {
  instance: Pick<Instance, 'id' | 'disabled' | 'configuration'>;
};

/** Pages of outlines; instances whose element has left the catalog are left out. */
export async function* toOutlines(
  pages: AsyncIterable<OutlineRow[]>,
  catalog: Pick<Catalog, 'findOf'>,
): AsyncGenerator<InstanceOutline[]> {
  for await (const rows of pages) {
    const outlines: InstanceOutline[] = [];
    // One after the other: the first of an element brings it into the catalog's memory.
    for (const { id, disabled, configuration, ...row } of rows) {
      const scope = { organizationId: row.organization_id, accountId: row.account_id };
      const element = await catalog.findOf({ elementId: row.element_id, elementKey: row.element_key }, scope);
      if (!element) continue;
      outlines.push({
        instance: { id, disabled, configuration },
        element,
        configuration: effectiveConfiguration(element, configuration),
      });
    }
    yield outlines;
  }
}
