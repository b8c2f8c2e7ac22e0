import { LigandError } from './api.ts';

/** What is wrong, by the field that it is about: `parameters.0.name` is one of a row. */
export type Faults = Record<string, string>;

/**
 * The sentences of a refusal by their fields. The server names them in two ways: `The resource is not valid: path must …; it must have
 * required property 'method'.` and `'name' is missing: …`.
 */
export function readFaults(error: unknown): Faults {
  if (!(error instanceof LigandError) || (error.status !== 400 && error.status !== 409)) return {};
  const { message } = error;
  const list = /is not valid: (.*)\.$/s.exec(message)?.[1];
  const entries =
    list === undefined
      ? message.split(/(?<=\.)\s+(?=')/).flatMap(readQuoted)
      : list.split('; ').flatMap(readPart);
  return Object.fromEntries(entries);
}

function readPart(fault: string): [string, string][] {
  const [, missing] = /^(?:(?:it|[\w.]+) )?must have required property '(\w+)'/.exec(fault) ?? [];
  const [, owner = ''] = /^([\w.]+\.\d+) must have required/.exec(fault) ?? [];
  if (missing) return [[owner ? `${owner}.${missing}` : missing, fault]];
  const [, given] = /^([\w, ]+) must be given$/.exec(fault) ?? [];
  if (given) return given.split(', ').map((field) => [field, fault]);
  const [, field] = /^([\w.]+) /.exec(fault) ?? [];
  return field && field !== 'it' ? [[field, fault]] : [];
}

function readQuoted(sentence: string): [string, string][] {
  const [, field] = /^'(\w+)' /.exec(sentence) ?? [];
  return field ? [[field, sentence]] : [];
}

/** The faults of one row of a list. */
export function faultsOfRow(faults: Faults, list: string, index: number): Faults {
  const start = `${list}.${index}.`;
  return Object.fromEntries(
    Object.entries(faults).flatMap(([field, fault]) =>
      field.startsWith(start) ? [[field.slice(start.length), fault]] : [],
    ),
  );
}
