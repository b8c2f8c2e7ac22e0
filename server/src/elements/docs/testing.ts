import { Validator } from '@seriousme/openapi-schema-validator';
import { expect } from 'vitest';
import { compileElement } from '../compile.ts';
import type { ElementDefinition } from '../element.ts';

export type Any = any; // oxlint-disable-line typescript/no-explicit-any -- documents are read as their readers do

export const baseUrl = 'https://ligand.example';

export function element(given: Partial<ElementDefinition>) {
  return compileElement({ id: 7, key: 'sample', name: 'Sample', configuration: [], ...given });
}

const validator = new Validator();

export async function faultsOf(document: object): Promise<unknown> {
  const result = await validator.validate(structuredClone(document) as Record<string, unknown>);
  return result.valid ? undefined : result.errors;
}

/** What the schema of Swagger 2.0 cannot say, and stricter validators do. */
export function expectConsistent(document: Any): void {
  const ids: string[] = [];
  const shapes = Object.keys(document.paths).map((path) => path.replace(/\{[^{}]*\}/g, '{}'));
  expect(new Set(shapes).size).toBe(shapes.length);
  for (const [path, verbs] of Object.entries<Any>(document.paths)) {
    const variables = [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]);
    expect(new Set(variables).size).toBe(variables.length);
    for (const one of Object.values<Any>(verbs)) {
      ids.push(one.operationId);
      const inPath = one.parameters.filter((parameter: Any) => parameter.in === 'path');
      expect(inPath.map(({ name }: Any) => name).sort()).toEqual([...variables].sort());
      const places = one.parameters.map((parameter: Any) => `${parameter.in} ${parameter.name}`);
      expect(new Set(places).size).toBe(places.length);
      const bodies = one.parameters.filter((parameter: Any) => parameter.in === 'body').length;
      const forms = one.parameters.filter((parameter: Any) => parameter.in === 'formData').length;
      expect(bodies <= 1 && !(bodies && forms)).toBe(true);
    }
  }
  expect(new Set(ids).size).toBe(ids.length);
  JSON.stringify(document, (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string' && value.startsWith('#/definitions/'))
      expect(document.definitions).toHaveProperty([value.slice('#/definitions/'.length)]);
    return value;
  });
}
