import { apiUrl } from './api.ts';

export interface SnippetParts {
  method: string;
  /** Below the API's base. */
  path: string;
  userSecret: string;
  elementToken: string;
  headers?: Record<string, string>;
  /** JSON text. */
  body?: string | undefined;
  /** Fields of a form; of a file its name. */
  form?: { name: string; value: string; isFile: boolean }[] | undefined;
}

interface Parts extends SnippetParts {
  url: string;
  all: [name: string, value: string][];
}

/** How the same call is made from elsewhere, by the name of the language. */
export function snippets(given: SnippetParts): Record<string, string> {
  const authorization = `User ${given.userSecret}, Element ${given.elementToken}`;
  const parts: Parts = {
    ...given,
    url: `${apiUrl}${given.path}`,
    all: Object.entries({
      Authorization: authorization,
      ...(given.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...given.headers,
    }),
  };
  return { curl: toCurl(parts), TypeScript: toTypeScript(parts), Python: toPython(parts) };
}

/** Inside single quotes of a shell nothing is special but the quote. */
const shell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
/** JSON's strings are those of JavaScript and of Python. */
const quoted = (text: string) => (/['\\\n\r\u2028\u2029]/.test(text) ? JSON.stringify(text) : `'${text}'`);

function toCurl({ method, url, all, body, form }: Parts): string {
  return [
    `curl -X ${method} ${shell(url)}`,
    ...all.map(([name, value]) => `-H ${shell(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${shell(body)}`]),
    ...(form ?? []).map(({ name, value, isFile }) =>
      isFile ? `-F ${shell(`${name}=@${value}`)}` : `--form-string ${shell(`${name}=${value}`)}`,
    ),
  ].join(' \\\n  ');
}

function toTypeScript({ method, url, all, body, form }: Parts): string {
  return [
    ...(form?.some(({ isFile }) => isFile) ? ["import { openAsBlob } from 'node:fs';", ''] : []),
    ...(form ? ['const form = new FormData();'] : []),
    ...(form ?? []).map(({ name, value, isFile }) =>
      isFile
        ? `form.set(${quoted(name)}, await openAsBlob(${quoted(value)}), ${quoted(value)});`
        : `form.set(${quoted(name)}, ${quoted(value)});`,
    ),
    `const reply = await fetch(${quoted(url)}, {`,
    `  method: '${method}',`,
    '  headers: {',
    ...all.map(([name, value]) => `    ${quoted(name)}: ${quoted(value)},`),
    '  },',
    ...(body === undefined ? [] : [`  body: ${quoted(body)},`]),
    ...(form ? ['  body: form,'] : []),
    '});',
    'console.log(reply.status, await reply.text());',
  ].join('\n');
}

function toPython(parts: Parts): string {
  const { method, url, all, body, form } = parts;
  if (form) return formInPython({ ...parts, form });
  return [
    'import urllib.request',
    '',
    'request = urllib.request.Request(',
    `    ${quoted(url)},`,
    `    method='${method}',`,
    ...(body === undefined ? [] : [`    data=${quoted(body)}.encode(),`]),
    '    headers={',
    ...all.map(([name, value]) => `        ${quoted(name)}: ${quoted(value)},`),
    '    },',
    ')',
    'print(urllib.request.urlopen(request).read().decode())',
  ].join('\n');
}

/** Forms are no matter of Python's own library. */
function formInPython({ method, url, all, form }: Parts & { form: NonNullable<Parts['form']> }): string {
  return [
    'import requests',
    '',
    'reply = requests.request(',
    `    '${method}',`,
    `    ${quoted(url)},`,
    '    headers={',
    ...all.map(([name, value]) => `        ${quoted(name)}: ${quoted(value)},`),
    '    },',
    '    files=[',
    ...form.map(
      ({ name, value, isFile }) =>
        `        (${quoted(name)}, ${isFile ? `open(${quoted(value)}, 'rb')` : `(None, ${quoted(value)})`}),`,
    ),
    '    ],',
    ')',
    'print(reply.status_code, reply.text)',
  ].join('\n');
}
