import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { FastifyInstance } from '#platform/http';
import { settings } from '../src/config.ts';
import { flag, folder } from '../src/config-values.ts';
import type { ValueType } from '../src/config-values.ts';
export { writeTypes } from '../../sdk/scripts/write-types.ts';

/** Where the generated reference is kept. */
export const referenceFolder = fileURLToPath(new URL('../../docs/reference', import.meta.url));

/** The types of the client, which are generated too. */
export const typesFile = fileURLToPath(new URL('../../sdk/src/api-types.ts', import.meta.url));

/** What writes it anew. */
export const command = 'npm run reference';

interface Setting {
  env: string;
  flag?: string;
  type: ValueType<unknown>;
  default: unknown;
  secret: boolean;
  about: string;
}

/** `settings.md`: every setting, from the table that the server itself reads. */
export function writeSettings(): Promise<string> {
  const sections = Object.values<Setting>(settings).map((each) => {
    const shape = each.type === flag ? '' : ` <${each.type.shows}>`;
    const names = [each.flag && `\`--${each.flag}${shape}\``, `\`${each.env}\``].filter(Boolean).join(' or ');
    const notes = [
      `Default: ${defaultOf(each)}.`,
      each.secret ? 'Secret: it has no command line option.' : '',
    ];
    return `## ${each.env}\n\n${names}\n\n${each.about} ${notes.join(' ').trim()}\n`;
  });
  const text = [
    '# Settings',
    `Written by \`${command}\` from server/src/config.ts; do not edit.`,
    'A setting is taken from the command line (`npm start -- --port 8080`), else from the environment, else from a file' +
      ' `.env` in the current folder, else it is the default. A variable that is set to nothing counts as not set.',
    ...sections,
  ].join('\n\n');
  return pretty(text, 'settings.md');
}

function defaultOf({ default: value, type }: Setting): string {
  if (typeof value === 'number' || typeof value === 'boolean') return `\`${value}\``;
  if (typeof value !== 'string' || value === '') return 'none';
  // The folders of whoever writes this are nobody else's.
  return type === folder ? `\`${value.slice(value.lastIndexOf('/') + 1)}/\`` : `\`${value}\``;
}

type Json = Record<string, unknown>;

/** `openapi.json`: the document that the app serves, in an order that does not depend on when a route was added. */
export async function writeOpenapi(app: FastifyInstance): Promise<string> {
  const reply = await app.inject({ url: '/elements/api-v2/docs/json' });
  const document = reply.json<Json>();
  const paths = sorted(document['paths'] as Json);
  const ordered = {
    ...document,
    // The version of the API, not of the program: that changes with each release.
    info: { ...(document['info'] as Json), version: 'api-v2' },
    paths: Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, sorted(item as Json)])),
  };
  return pretty(JSON.stringify(ordered), 'openapi.json');
}

function sorted(record: Json): Json {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

async function pretty(text: string, file: string): Promise<string> {
  const filepath = `${referenceFolder}/${file}`;
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}
