import { isRow } from '../row-ids.ts';
import type { Reader } from './reader.ts';

type Row = Record<string, unknown>;

/** How an element authenticates, as parts of its definition. */
export interface ConvertedAuthentication {
  type: string;
  configuration: Row[];
  parameters: Row[];
}

export function configurationRow(key: string, name: string, more: Row = {}): Row {
  return { key, name, description: name, type: 'TEXTFIELD_1000', required: true, ...more };
}

const secret = { type: 'PASSWORD' };
const header = (name: string, vendorName: string): Row => ({
  name,
  vendorName,
  type: 'value',
  vendorType: 'header',
  source: 'request',
  required: false,
});

/** Makes the authentication of the security scheme that the document asks for most. */
export function convertAuthentication(reader: Reader, notes: string[]): ConvertedAuthentication {
  const { document } = reader;
  const components = isRow(document['components']) ? document['components'] : {};
  const schemes = reader.resolve(components['securitySchemes'] ?? document['securityDefinitions']);
  const names = Object.keys(schemes).filter((name) => name !== '__proto__');
  const wanted = mostAsked(document, names) ?? names[0];
  if (wanted === undefined) return { type: 'custom', configuration: [], parameters: [] };
  const others = names.filter((name) => name !== wanted);
  if (others.length > 0)
    notes.push(`Of several security schemes '${wanted}' is used, not ${others.join(', ')}.`);
  return convertScheme(reader.resolve(schemes[wanted]), wanted, notes);
}

/** Counted over the document and its operations. */
function mostAsked(document: Row, names: string[]): string | undefined {
  const counts = new Map<string, number>();
  const count = (security: unknown) => {
    for (const one of Array.isArray(security) ? security : []) {
      for (const name of isRow(one) ? Object.keys(one) : []) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  };
  count(document['security']);
  for (const item of Object.values(isRow(document['paths']) ? document['paths'] : {})) {
    for (const operation of Object.values(isRow(item) ? item : {}))
      if (isRow(operation)) count(operation['security']);
  }
  const known = [...counts].filter(([name]) => names.includes(name));
  return known.sort(([, a], [, b]) => b - a)[0]?.[0];
}

function convertScheme(scheme: Row, name: string, notes: string[]): ConvertedAuthentication {
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
        parameters: [header('Bearer ${configuration.api.token}', 'Authorization')],
      };
    case 'apiKey':
      return convertApiKey(scheme);
    case 'oauth2':
      return convertOauth(scheme, notes);
    default:
      notes.push(
        `The security scheme '${name}' (${kind}) is not known here: add what calls need as parameters of the element.`,
      );
      return { type: 'custom', configuration: [], parameters: [] };
  }
}

function convertApiKey(scheme: Row): ConvertedAuthentication {
  const field = String(scheme['name'] ?? 'api_key');
  const place = String(scheme['in']);
  const parameter =
    place === 'cookie'
      ? header(`${field}=\${configuration.api.key}`, 'Cookie')
      : {
          name: 'api.key',
          vendorName: field,
          type: 'configuration',
          vendorType: place === 'query' ? 'query' : 'header',
          source: 'request',
          required: false,
        };
  return {
    type: 'apiKey',
    configuration: [configurationRow('api.key', 'API Key', secret)],
    parameters: [parameter],
  };
}

/** Flows of OpenAPI 3, or the one of Swagger 2; the first of these that is there. */
const flowNames = [
  ['authorizationCode', 'accessCode'],
  ['clientCredentials', 'application'],
  ['password', 'password'],
  ['implicit', 'implicit'],
] as const;

function convertOauth(scheme: Row, notes: string[]): ConvertedAuthentication {
  const flows = isRow(scheme['flows']) ? scheme['flows'] : {};
  const [found] = flowNames.flatMap(([modern, old]) => {
    const flow = isRow(flows[modern]) ? flows[modern] : scheme['flow'] === old ? scheme : undefined;
    return flow ? [{ kind: modern, flow }] : [];
  });
  if (!found) {
    notes.push('The OAuth 2 scheme has no flow that is known here: the URLs are to be filled in.');
  }
  const { kind = 'authorizationCode', flow = {} } = found ?? {};
  if (kind === 'implicit')
    notes.push(
      'The document knows the implicit flow only, which has no code to exchange: fill in oauth.token.url.',
    );
  const url = (name: string) => (typeof flow[name] === 'string' ? flow[name] : '');
  const scopes = isRow(flow['scopes']) ? Object.keys(flow['scopes']).join(' ') : '';
  const rows = [
    configurationRow('oauth.api.key', 'Client Id'),
    configurationRow('oauth.api.secret', 'Client Secret', secret),
    configurationRow('oauth.token.url', 'Token URL', { defaultValue: url('tokenUrl') }),
    configurationRow('oauth.token.refresh_url', 'Refresh URL', {
      defaultValue: url('refreshUrl'),
      required: false,
    }),
    configurationRow('oauth.scope', 'Scope', { defaultValue: scopes, required: false }),
  ];
  if (kind === 'password') {
    const login = [
      configurationRow('username', 'User Name'),
      configurationRow('password', 'Password', secret),
    ];
    return { type: 'oauth2Password', configuration: [...rows, ...login], parameters: [] };
  }
  if (kind === 'clientCredentials') {
    const grant = configurationRow('oauth.grant.type', 'Grant', {
      defaultValue: 'client_credentials',
      required: false,
    });
    return { type: 'oauth2', configuration: [...rows, grant], parameters: [] };
  }
  const person = [
    configurationRow('oauth.callback.url', 'Callback URL'),
    configurationRow('oauth.authorization.url', 'Authorization URL', {
      defaultValue: url('authorizationUrl'),
    }),
  ];
  return { type: 'oauth2', configuration: [...rows, ...person], parameters: [] };
}
