import type { Element } from '#elements';

/** Resources that every element has, whatever its own list: who is there, which objects, which fields. */
export function discover(element: Element, call: { method: string; path: string }): unknown {
  if (call.method !== 'GET') return undefined;
  if (call.path === '/ping') return { dateTime: new Date().toISOString(), endpoint: element.key };
  if (call.path === '/objects') return objectNames(element);
  return undefined;
}

function objectNames(element: Element): string[] {
  const stated = (element.definition['objects'] ?? []) as { name?: unknown }[];
  const names = [...stated.map(({ name }) => name), ...element.resources.map(({ objectName }) => objectName)];
  return [...new Set(names.filter((name): name is string => typeof name === 'string'))].sort();
}
