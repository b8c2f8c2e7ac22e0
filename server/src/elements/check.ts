import { converters } from '#platform/ceql';
import { scriptModules } from '#platform/scripting';
import type { Script } from '#platform/scripting';
import type { Element, Hook, Problem, Resource } from './element.ts';

/** Says what is wrong with a script without running it; undefined when nothing is. */
export type SyntaxCheck = (script: Script) => Promise<string | undefined>;

/**
 * What of an element cannot work, and why: told when it is imported, so that nobody finds out by a call.
 * Nothing is called and no script is run.
 */
export async function findProblems(element: Element, checkSyntax: SyntaxCheck): Promise<Problem[]> {
  const problems = [...element.problems, ...ofWhole(element)];
  const syntax = new Map<string, Promise<string | undefined>>();
  for (const hook of element.eventHooks) {
    const fault = await checkSyntax(hook);
    for (const reason of [...(fault ? [fault] : []), ...ofHook(hook)]) problems.push({ reason });
  }
  for (const resource of element.resources) {
    const about = { method: resource.method, path: resource.path };
    for (const reason of ofResource(element, resource)) problems.push({ ...about, reason });
    for (const hook of [...resource.preRequestHooks, ...resource.postRequestHooks]) {
      let checked = syntax.get(hook.body);
      if (!checked) syntax.set(hook.body, (checked = checkSyntax(hook)));
      const fault = await checked;
      for (const reason of [...(fault ? [fault] : []), ...ofHook(hook)]) problems.push({ ...about, reason });
    }
  }
  return problems;
}

function ofWhole(element: Element): Problem[] {
  const problems: Problem[] = [];
  const { definition } = element;
  const relative = element.resources.some(
    ({ vendorPath }) => vendorPath !== '' && !/^https?:/i.test(vendorPath),
  );
  const base = element.configuration.find(({ key }) => key === 'base.url');
  if (relative && !base)
    problems.push({ reason: "There is no configuration 'base.url': paths of the provider lead nowhere." });
  else if (relative && !base?.defaultValue && !base?.required)
    problems.push({
      reason:
        "The configuration 'base.url' has no default, and no account must give it: paths of the provider lead nowhere without.",
    });
  if (definition['protocolType'] === 'jdbc')
    problems.push({
      reason: 'It speaks to a database (protocolType jdbc); only providers with HTTP can be called.',
    });
  return problems;
}

/** HEAD is answered like GET. */
const servedMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

function ofResource(element: Element, resource: Resource): string[] {
  const reasons: string[] = [];
  if (resource.kind === 'java')
    reasons.push('It was Java code of the old product (kind java), which is not part of the definition.');
  if (resource.type === 'formulaAsResource')
    reasons.push('It runs a formula, and formulas cannot be run by an element here yet.');
  if (resource.type.startsWith('api') && !servedMethods.has(resource.method))
    reasons.push(`Nobody can call it: the API takes no ${resource.method}.`);
  const { nextResource } = resource;
  if (nextResource && !element.nextOf(resource))
    reasons.push(`nextResource ${nextResource.method} ${nextResource.path} does not exist in the element.`);
  for (const { type, converter, name } of resource.requestParameters) {
    if (type === 'path' && !resource.path.includes(`{${name}}`))
      reasons.push(`Parameter '${name}' takes a variable of the path, which has none of that name.`);
    if (converter && !Object.hasOwn(converters, converter))
      reasons.push(
        `The converter '${converter}' of parameter '${name}' is not known: the value is passed on as it is.`,
      );
  }
  return reasons;
}

function ofHook({ name, body }: Hook): string[] {
  const required = [...body.matchAll(/\brequire\(\s*['"]([^'"]+)['"]\s*\)/g)].map((match) => match[1] ?? '');
  return [...new Set(required)]
    .filter((library) => !scriptModules.has(library))
    .map((library) => `The hook "${name}" requires '${library}', which scripts here do not have.`);
}
