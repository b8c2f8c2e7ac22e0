import { strToU8, zipSync } from 'fflate';
import type { Element } from '../element.ts';
import { toOpenApi } from '../docs/open-api.ts';
import { writeSwagger } from '../docs/swagger.ts';
import { operationsOf } from './operations.ts';
import { writeCode } from './write-code.ts';
import { writeTypes } from './write-types.ts';

/** A package of JavaScript, with types, that calls an account connected with the element. */
export interface ClientPackage {
  /** Of the package, and of the folder in the archive. */
  name: string;
  zip: Uint8Array;
}

/**
 * Writes the package from what the element says of itself at this moment.
 *
 * @param baseUrl `https://host` of this server, for the examples.
 */
export function writePackage(element: Element, baseUrl: string): ClientPackage {
  const openApi = toOpenApi(writeSwagger(element, { baseUrl }));
  const operations = operationsOf(openApi);
  const name = `ligand-${element.key.toLowerCase()}`;
  const schemas = (openApi['components'] as { schemas: Record<string, unknown> }).schemas;
  const files: Record<string, string> = {
    'package.json': json({
      name,
      version: '1.0.0',
      description: `Client of ${element.name}, by way of Ligand`,
      type: 'module',
      sideEffects: false,
      engines: { node: '>=20' },
      exports: { '.': { types: './index.d.ts', default: './index.js' }, './openapi.json': './openapi.json' },
    }),
    'README.md': readme(element.name, name, baseUrl, operations[0]?.name),
    'openapi.json': json(openApi),
    'index.js': writeCode(operations, element.hub),
    'index.d.ts': writeTypes(operations, schemas),
  };
  const entries = Object.entries(files).map(([file, text]) => [`${name}/${file}`, strToU8(text)]);
  return { name, zip: zipSync(Object.fromEntries(entries)) };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function readme(element: string, name: string, baseUrl: string, first: string | undefined): string {
  const call = first === undefined ? '' : `\nconsole.log(await client[${JSON.stringify(first)}]());`;
  return `# ${name}

A client of ${element}: JavaScript (ES modules) with TypeScript types, for Node 20 and newer and for bundlers. It needs nothing but \`fetch\`, and
calls the account that the token is of by way of ${baseUrl}. Keep the secrets on a server.

\`\`\`js
import { createClient, each, ElementError } from '${name}';

const client = createClient({
  baseUrl: ${JSON.stringify(baseUrl)},
  userSecret: '…',
  elementToken: '…',
});${call}
\`\`\`

- A function for each operation of \`openapi.json\`, called by its operationId with \`{ path, query, headers, json }\`.
- \`each(client.getThings, { query })\` gives the rows of a list page by page.
- What fails is an \`ElementError\` with \`status\`, \`message\`, \`providerMessage\` and \`requestId\`.
- A reply that is no JSON, such as a file, is given as the \`Response\` of \`fetch\`; a form or a file is sent as \`body\`.
`;
}
