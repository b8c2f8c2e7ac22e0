import { isRow } from '../row-ids.ts';
import { convertOauth } from './oauth.ts';
import type { Reader } from './reader.ts';
import { configurationRow, enumerate, headerRow, parameterRow, secret } from './rows.ts';
import type { Notes } from './rows.ts';

type Row = Record<string, unknown>;

/** How an element authenticates, as parts of its definition. */
export interface ConvertedAuthentication {
  type: string;
  configuration: Row[];
  parameters: Row[];
}

/** Of several schemes that are needed together, the first of these says what the element's authentication is. */
const ranks = ['oauth2', 'oauth2Password', 'basic', 'apiKey', 'custom'];

/** Makes the authentication that the document asks for most: one security scheme, or several that go together. */
export function convertAuthentication(reader: Reader, notes: Notes): ConvertedAuthentication {
  const { document } = reader;
  const components = isRow(document['components']) ? document['components'] : {};
  const schemes = reader.resolve(components['securitySchemes'] ?? document['securityDefinitions']);
  const names = Object.keys(schemes);
  const wanted = mostAsked(document, new Set(names)) ?? names.slice(0, 1);
  if (wanted.length === 0) {
    notes.add('The document does not say how calls are authenticated: none of them carries credentials.');
    return { type: 'custom', configuration: [], parameters: [] };
  }
  const others = names.filter((name) => !wanted.includes(name));
  if (others.length > 0)
    notes.add(
      `Of several security schemes ${wanted.map((name) => `'${name}'`).join(' with ')} is used, not ${enumerate(others)}.`,
    );
  const parts = wanted.map((name, index) =>
    convertScheme(reader, reader.resolve(schemes[name]), name, index, notes),
  );
  return {
    type: ranks.find((rank) => parts.some(({ type }) => type === rank)) ?? 'custom',
    configuration: parts.flatMap(({ configuration }) => configuration),
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

/** The alternative that most operations take, each its own or the document's; the first of equals. */
function mostAsked(document: Row, known: ReadonlySet<string>): string[] | undefined {
  const counts = new Map<string, { names: string[]; count: number }>();
  const count = (security: unknown) => {
    const [first] = (Array.isArray(security) ? security : [])
      .filter(isRow)
      .map((one) => Object.keys(one).filter((name) => known.has(name)))
      .filter((names) => names.length > 0 && names.length < 10);
    if (!first) return;
    const mark = JSON.stringify(first);
    const entry = counts.get(mark) ?? { names: first, count: 0 };
    counts.set(mark, { ...entry, count: entry.count + 1 });
  };
  count(document['security']);
  for (const item of Object.values(isRow(document['paths']) ? document['paths'] : {})) {
    for (const operation of Object.values(isRow(item) ? item : {}))
      if (isRow(operation)) count(operation['security'] ?? document['security']);
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count)[0]?.names;
}

function convertScheme(
  reader: Reader,
  scheme: Row,
  name: string,
  index: number,
  notes: Notes,
): ConvertedAuthentication {
  const kind = scheme['type'] === 'http' ? String(scheme['scheme']).toLowerCase() : String(scheme['type']);
  switch (kind) {
    case 'basic':
      return {
        type: 'basic',
        configuration: [
          configurationRow('username', 'User Name'),
          configurationRow('password', 'Password', secret),
        ],
        parameters: [],
      };
    case 'bearer':
      return {
        type: 'apiKey',
        configuration: [configurationRow('api.token', 'Token', secret)],
        parameters: [headerRow('Authorization', 'Bearer ${configuration.api.token}')],
      };
    case 'apiKey':
      return convertApiKey(scheme, index, notes);
    case 'oauth2':
      return convertOauth(reader, scheme, notes);
    default:
      notes.add(
        `The security scheme '${name}' (${kind}) is not known here: add what calls need as parameters of the element.`,
      );
      return { type: 'custom', configuration: [], parameters: [] };
  }
}

/** @param index of the scheme among those that go together: each has a key of its own. */
function convertApiKey(scheme: Row, index: number, notes: Notes): ConvertedAuthentication {
  const field = typeof scheme['name'] === 'string' && scheme['name'] !== '' ? scheme['name'] : 'api_key';
  const key = index === 0 ? 'api.key' : `api.key.${index + 1}`;
  const place = String(scheme['in']);
  if (/^authorization$/i.test(field) && place === 'header')
    notes.add(
      `The API key is the whole of the header Authorization: give it with its prefix, such as Bearer, in ${key}.`,
    );
  const configuration = [
    configurationRow(key, index === 0 ? 'API Key' : `API Key ${index + 1}`, {
      description: `${field} (${place})`,
      ...secret,
    }),
  ];
  if (place === 'cookie')
    return {
      type: 'apiKey',
      configuration,
      parameters: [headerRow('Cookie', `${field}=\${configuration.${key}}`)],
    };
  const row = parameterRow(key, 'configuration', place === 'query' ? 'query' : 'header', {
    vendorName: field,
    required: false,
  });
  return { type: 'apiKey', configuration, parameters: [row] };
}
