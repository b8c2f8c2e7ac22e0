import type { Operation, Parameter } from './operations.ts';

/** What a person has chosen, by the name of the parameter; the address of the page holds it. */
export type Given = Record<string, string>;

/** A call as it will be made. */
export interface Request {
  method: string;
  /** Below the API's base, with its query. */
  path: string;
  headers: Record<string, string>;
  /** JSON text. */
  body: string | undefined;
  /** Fields of a form; files are taken from the page. */
  form: { name: string; value: string | File }[] | undefined;
}

interface Choice {
  operation: Operation;
  hub: string;
  given: Given;
  body: string;
  files: Record<string, File>;
}

export function toRequest({ operation, hub, given, body, files }: Choice): Request {
  const of = (place: Parameter['in']) =>
    operation.parameters.filter((one) => one.in === place && (given[one.name] ?? '') !== '');
  const path = operation.path.replace(/\{([^{}]*)\}/g, (_, name: string) =>
    encodeURIComponent(given[name] ?? ''),
  );
  const query = new URLSearchParams(of('query').map(({ name }) => [name, given[name] ?? '']));
  const form = operation.isForm
    ? operation.parameters
        .filter((one) => one.in === 'formData')
        .flatMap(({ name, type }) => {
          const value = type === 'file' ? files[name] : given[name];
          return value === undefined || value === '' ? [] : [{ name, value }];
        })
    : undefined;
  return {
    method: operation.method,
    path: `/hubs/${encodeURIComponent(hub)}${path}${query.size > 0 ? `?${query.toString()}` : ''}`,
    headers: Object.fromEntries(of('header').map(({ name }) => [name, given[name] ?? ''])),
    body: operation.body && body.trim() !== '' ? body : undefined,
    form,
  };
}

/** The names of what has to be given and is not. */
export function missing({ operation, given, body, files }: Choice): string[] {
  const names = operation.parameters
    .filter(
      ({ name, isRequired, type }) =>
        isRequired && (type === 'file' ? !files[name] : (given[name] ?? '') === ''),
    )
    .map(({ name }) => name);
  return operation.body?.isRequired && body.trim() === '' ? [...names, operation.body.name] : names;
}
