import { apiUrl } from './api.ts';

export interface SnippetParts {
  method: string;
  /** Below the API's base. */
  path: string;
  userSecret: string;
  elementToken: string;
}

/** How the same call is made from elsewhere, by the name of the language. */
export function snippets({ method, path, userSecret, elementToken }: SnippetParts): Record<string, string> {
  const url = `${apiUrl}${path}`;
  const authorization = `User ${userSecret}, Element ${elementToken}`;
  return {
    curl: `curl -X ${method} '${url}' \\\n  -H 'Authorization: ${authorization}'`,
    TypeScript: [
      `const reply = await fetch('${url}', {`,
      `  method: '${method}',`,
      `  headers: { authorization: '${authorization}' },`,
      '});',
      'console.log(await reply.json());',
    ].join('\n'),
    Python: [
      'import json, urllib.request',
      '',
      `request = urllib.request.Request('${url}', method='${method}')`,
      `request.add_header('Authorization', '${authorization}')`,
      'print(json.load(urllib.request.urlopen(request)))',
    ].join('\n'),
  };
}
