import { fileURLToPath } from 'node:url';
import { compileElement } from '../compile.ts';
import { readDefinition } from '../definition.ts';
import { loadChecks } from '../load.ts';
import { toUsable } from '../usable.ts';
import { convertOpenApi } from './openapi.ts';
import type { Converted } from './rows.ts';

// Tests read fields without stating each shape first.
// oxlint-disable-next-line typescript/no-explicit-any
export type Loose = any;

const validate = loadChecks(fileURLToPath(new URL('../../../../elements', import.meta.url))).ofDefinition();

/** What is made has to be an element without a fault. @throws with what is wrong with it. */
export function checked({ definition, notes }: Converted): { definition: Loose; notes: string[] } {
  const read = readDefinition(definition);
  const { usable, problems } = toUsable(read, validate);
  const all = [...problems, ...compileElement(read, { usable }).problems];
  if (all.length > 0) throw new Error(JSON.stringify(all));
  return { definition, notes };
}

export function convert(document: unknown): { definition: Loose; notes: string[] } {
  return checked(convertOpenApi(document));
}
