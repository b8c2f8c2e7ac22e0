import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { belowHub, openCatalog } from '#elements';
import { catalogFolder, startTestApp } from '#test/app';
import type { TestApp } from '#test/app';
import {
  playEventExample,
  playExample,
  readEventExamples,
  readExamples,
  readProvisioning,
} from '#test/golden';
import { startProvider } from '#test/provider';
import type { Provider } from '#test/provider';

const catalog = openCatalog(catalogFolder, {});
const folders = readdirSync(catalogFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

let provider: Provider;
let app: TestApp;

beforeAll(async () => {
  provider = await startProvider();
  const elementDefaults = Object.fromEntries(
    catalog.all().map(({ key }) => [key, { 'base.url': provider.url }]),
  );
  app = await startTestApp({ elementsFolder: catalogFolder, elementDefaults, allowHosts: [provider.host] });
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

describe('the catalog', () => {
  it('has a schema that is one, which no start checks', () => {
    const schema: unknown = JSON.parse(readFileSync(join(catalogFolder, 'element.schema.json'), 'utf8'));
    const ajv = new Ajv2020({ strict: false });
    expect([ajv.validateSchema(schema as object), ajv.errors]).toEqual([true, null]);
  });

  it('has no broken definition', () => {
    expect(catalog.faults).toEqual([]);
  });

  it('has an element in every folder, under the name of the folder', () => {
    expect(catalog.all().map(({ key }) => key)).toEqual(folders.map(({ name }) => name).sort());
  });
});

describe.each(catalog.all().map((element) => ({ key: element.key, element })))(
  'the element $key',
  ({ key, element }) => {
    const examples = readExamples(join(catalogFolder, key, 'examples'));
    const eventExamples = readEventExamples(join(catalogFolder, key, 'examples'));
    const provisioning = readProvisioning(join(catalogFolder, key, 'examples'));

    it('has an example for every resource that can be called', () => {
      const shown = new Set(
        examples.map(({ request }) => {
          const path = belowHub(request.path.split('?', 1)[0] ?? '');
          return element.find(request.method, path)?.resource;
        }),
      );
      const callable = element.resources.filter(
        ({ type }) => type === 'api' || type === 'apiNoDocumentation',
      );
      const missing = callable.filter((resource) => !shown.has(resource));
      expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    });

    it('has examples with names of their own', () => {
      const names = [...examples, ...eventExamples].map(({ name }) => name);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    });

    it('has an example of what its webhooks bring, if a script reads them', () => {
      expect(element.eventHooks.length === 0 || eventExamples.length > 0).toBe(true);
    });

    it.each(eventExamples)('$name', (example) =>
      playEventExample({ app, provider, element, provisioning }, example),
    );

    it.each(examples)('$name', (example) => playExample({ app, provider, element, provisioning }, example));
  },
);
