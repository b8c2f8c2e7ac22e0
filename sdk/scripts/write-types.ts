import openapiTypes, { astToString } from 'openapi-typescript';

type Json = Record<string, unknown>;

const base = '/elements/api-v2';

/** `src/api-types.ts`: the types of the API, from the document that the server writes of itself. */
export async function writeTypes(openapi: string): Promise<string> {
  const document = JSON.parse(openapi) as { paths: Record<string, Json>; components: Json };
  const paths = Object.entries(document.paths)
    .filter(([path]) => path.startsWith(base))
    .map(([path, item]) => [path.slice(base.length), withoutFailures(item)]);
  const { responses: _responses, ...components } = document.components;
  const nodes = await openapiTypes({ ...document, paths: Object.fromEntries(paths), components } as never, {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    alphabetize: false,
  });
  const lines = astToString(nodes).split('\n');
  // A path says `?: never` for each method that it does not have.
  const told = lines.filter((line) => !/^ +\w+\?: never;$/.test(line) || /requestBody/.test(line));
  return `// Written by \`npm run reference\` from docs/reference/openapi.json; do not edit.\n${told.join('\n')}`;
}

/** A failure is a LigandError, whatever failed. */
function withoutFailures(item: Json): Json {
  const methods = Object.entries(item as Record<string, Json>).map(([method, operation]) => {
    const replies = Object.entries(operation['responses'] as Json);
    return [
      method,
      { ...operation, responses: Object.fromEntries(replies.filter(([status]) => status < '300')) },
    ];
  });
  return Object.fromEntries(methods) as Json;
}
