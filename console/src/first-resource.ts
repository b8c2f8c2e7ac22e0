import type { Element, ResourceRow } from './elements.ts';

/** A resource that can be read without anything being known: a list, where there is one. */
export function firstResource({ resources }: Element): ResourceRow | undefined {
  const readable = resources.filter(
    ({ method, path, type, parameters = [] }) =>
      method === 'GET' &&
      (type === undefined || type === 'api') &&
      path.startsWith('/hubs/') &&
      !path.includes('{') &&
      !/\/(objects|ping)$/.test(path) &&
      !parameters.some(
        ({ required, type: kind }) => required && kind !== 'configuration' && kind !== 'value',
      ),
  );
  return readable[0];
}
