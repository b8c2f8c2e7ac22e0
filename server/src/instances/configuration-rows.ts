import { Type } from '#platform/http';
import type { Static } from '#platform/http';
import type { Element } from '#elements';
import { effectiveConfiguration } from './instance.ts';
import { maskConfiguration } from './secret.ts';

/** One value of an instance as the API shows it: the element's row, and what this account has there. */
export const configurationRow = Type.Object(
  {
    id: Type.Integer(),
    key: Type.String(),
    name: Type.String(),
    propertyValue: Type.Optional(Type.String({ description: 'Always text; secrets are masked' })),
  },
  { title: 'ConfigurationRow', additionalProperties: true },
);

export type ConfigurationView = Static<typeof configurationRow>;

/** Every row of the element with the account's value, and behind them the values that the element does not know. */
export function describeConfiguration(element: Element, given: Record<string, string>): ConfigurationView[] {
  const values = maskConfiguration(effectiveConfiguration(element, given), element);
  // A default may be the operator's own; what counts of it is in the value.
  const rows = element.configuration.map(({ defaultValue: _default, id, ...row }) => ({ id, ...row }));
  const known = new Set(rows.map(({ key }) => key));
  const unknown = Object.keys(values).filter((key) => !known.has(key));
  const all = [...rows, ...unknown.map((key) => ({ key, name: key }))];
  const taken = rows.map(({ id }) => id).filter((id) => typeof id === 'number');
  let next = Math.max(0, ...taken) + 1;
  return all.map((row) => {
    const id = 'id' in row && typeof row.id === 'number' ? row.id : next++;
    const value = Object.hasOwn(values, row.key) ? values[row.key] : undefined;
    return { ...row, id, ...(value === undefined ? {} : { propertyValue: value }) };
  });
}

/** By the row's id, else by its key. */
export function findRow(rows: ConfigurationView[], part: string): ConfigurationView | undefined {
  return rows.find(({ id }) => String(id) === part) ?? rows.find(({ key }) => key === part);
}
