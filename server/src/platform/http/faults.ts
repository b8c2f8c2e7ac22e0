import type { ErrorObject } from 'ajv';
import { patternsInWords } from './patterns.ts';

export type RequestPart = 'path' | 'query' | 'header' | 'body';

/** One sentence part for each fault; names are shown, values never (they may be secrets). */
export function faultsInWords(part: RequestPart, errors: readonly ErrorObject[], value: unknown): string[] {
  if (part === 'body' && (value === undefined || value === null)) return ['a JSON body is required'];
  return [...new Set(withoutBranches(errors).map((error) => inWords(part, error)))];
}

/** A failed union reports each of its branches too; only the union itself tells the caller something. */
function withoutBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  return errors.filter(
    (error) =>
      !unions.some((union) => error !== union && error.schemaPath.startsWith(`${union.schemaPath}/`)),
  );
}

function inWords(part: RequestPart, error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  const at = error.instancePath;
  switch (error.keyword) {
    case 'required':
      return `${nameOf(part, `${at}/${String(params['missingProperty'])}`)} is required`;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return `${nameOf(part, `${at}/${String(params['additionalProperty'] ?? params['unevaluatedProperty'])}`)} is not known`;
    case 'enum':
      return `${nameOf(part, at)} must be one of ${(params['allowedValues'] as unknown[]).map(String).join(', ')}`;
    case 'const':
      return `${nameOf(part, at)} must be ${String(params['allowedValue'])}`;
    case 'anyOf':
    case 'oneOf':
      return `${nameOf(part, at)} must be ${choices(error.schema)}`;
    default:
      return `${nameOf(part, at)} ${ruleInWords(error)}`;
  }
}

/** The validator's own words are for those who know JSON Schema. */
function ruleInWords({ keyword, params, message }: ErrorObject): string {
  const { type, limit, pattern } = params as { type?: unknown; limit?: number; pattern?: string };
  switch (keyword) {
    case 'type':
      return `must be ${[type].flat().map(typeInWords).join(' or ')}`;
    case 'minLength':
      return limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`;
    case 'maxLength':
      return `must have at most ${limit} characters`;
    case 'pattern':
      return patternsInWords.get(pattern ?? '') ?? `must match the pattern ${pattern}`;
    default:
      return message ?? 'is not valid';
  }
}

const types: Record<string, string> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a JSON object',
  array: 'a list',
};

function typeInWords(type: unknown): string {
  return types[String(type)] ?? String(type);
}

function choices(schema: unknown): string {
  const branches = Array.isArray(schema) ? (schema as Record<string, unknown>[]) : [];
  if (branches.length > 0 && branches.every((branch) => 'const' in branch))
    return `one of ${branches.map((branch) => String(branch['const'])).join(', ')}`;
  const words = branches.map((branch) =>
    'const' in branch ? String(branch['const']) : branch['type'] && typeInWords(branch['type']),
  );
  return words.length > 0 && words.every(Boolean) ? words.join(' or ') : 'of another form';
}

const partNames: Record<RequestPart, string> = {
  path: 'path parameter',
  query: 'query parameter',
  header: 'header',
  body: 'body',
};

/** `/list/0/name` → `body.list[0].name`, `query parameter "pageSize"`. */
function nameOf(part: RequestPart, pointer: string): string {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (part === 'body')
    return steps.reduce((name, step) => name + (/^\d+$/.test(step) ? `[${step}]` : `.${step}`), 'body');
  const [name, ...rest] = steps;
  if (name === undefined) return partNames[part];
  return `${partNames[part]} "${name}"${rest.map((step) => `[${step}]`).join('')}`;
}
