import FindMyWay from 'find-my-way';
import type { Resource, ResourceMatch } from './element.ts';

/** Types of resources that a caller can call; all others run at moments of an instance's life. */
const callable = new Set(['api', 'apiNoDocumentation']);

/** In place of `*`, which the router would read as anything: a sign that no path has. */
const star = '\uE000';

type Method = Parameters<ReturnType<typeof FindMyWay>['find']>[0];

/**
 * Matches a method and a path to a resource: a literal segment beats `{name}`.
 * Variable names are ours to choose in a definition, so the tree only sees positions (`:v0`).
 */
export function createRouter(
  resources: Resource[],
  onUnmatchable: (resource: Resource, reason: string) => void,
): (method: string, path: string) => ResourceMatch | undefined {
  const router = FindMyWay({ ignoreTrailingSlash: true, maxParamLength: 2000 });
  for (const resource of resources) {
    if (!callable.has(resource.type)) continue;
    try {
      const { pattern, names } = toPattern(resource.path);
      const method = resource.method as Method;
      if (!router.hasRoute(method, pattern)) router.on(method, pattern, () => {}, { resource, names });
    } catch (error) {
      onUnmatchable(resource, (error as Error).message);
    }
  }
  return (method, path) => {
    const found = router.find(method as Method, path.replaceAll('*', star));
    if (!found) return undefined;
    const { resource, names } = found.store as { resource: Resource; names: string[] };
    const pathVariables: Record<string, string> = {};
    names.forEach((name, index) => (pathVariables[name] = found.params[`v${index}`] ?? ''));
    return { resource, pathVariables };
  };
}

/** The path without the names of its variables. */
export function shapeOf(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}');
}

function toPattern(path: string): { pattern: string; names: string[] } {
  // What the router would read as its own syntax, or could not tell apart.
  if (/\}\{|\}[?(]|\([^/]*\{|\{[^}]*$/.test(path)) throw new Error(`the path ${path} cannot be matched`);
  const names: string[] = [];
  const pattern = path
    .split(/(\{[^}]*\})/)
    .map((part) => {
      if (part.startsWith('{')) return `:v${names.push(part.slice(1, -1)) - 1}`;
      return part.replaceAll(':', '::').replaceAll('*', star);
    })
    .join('');
  return { pattern, names };
}
