import { isRow } from '../row-ids.ts';
import type { ConvertedAuthentication } from './authentication.ts';
import type { Reader } from './reader.ts';
import { configurationRow, secret } from './rows.ts';
import type { Notes } from './rows.ts';

type Row = Record<string, unknown>;

/** Flows of OpenAPI 3, or the one of Swagger 2; the first of these that is there. */
const flowNames = [
  ['authorizationCode', 'accessCode'],
  ['clientCredentials', 'application'],
  ['password', 'password'],
  ['implicit', 'implicit'],
] as const;

/** OAuth 2 with the flow that the document has: its URLs and all its scopes. */
export function convertOauth(reader: Reader, scheme: Row, notes: Notes): ConvertedAuthentication {
  const { kind, flow } = findFlow(scheme, notes);
  const url = (name: string) => absolute(reader, flow[name]);
  const scopes = isRow(flow['scopes']) ? Object.keys(flow['scopes']) : [];
  if (scopes.length > 1)
    notes.add(
      `oauth.scope has all ${scopes.length} scopes that the document knows: leave those that you need.`,
    );
  const rows = [
    configurationRow('oauth.api.key', 'Client Id'),
    configurationRow('oauth.api.secret', 'Client Secret', secret),
    configurationRow('oauth.token.url', 'Token URL', { defaultValue: url('tokenUrl') }),
    configurationRow('oauth.token.refresh_url', 'Refresh URL', {
      defaultValue: url('refreshUrl'),
      required: false,
    }),
    configurationRow('oauth.scope', 'Scope', { defaultValue: scopes.join(' '), required: false }),
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

function findFlow(scheme: Row, notes: Notes): { kind: string; flow: Row } {
  const flows = isRow(scheme['flows']) ? scheme['flows'] : {};
  const [found, ...others] = flowNames.flatMap(([modern, old]) => {
    const flow = isRow(flows[modern]) ? flows[modern] : scheme['flow'] === old ? scheme : undefined;
    return flow ? [{ kind: modern, flow }] : [];
  });
  if (!found) {
    notes.add('The OAuth 2 scheme has no flow that is known here: the URLs are to be filled in.');
    return { kind: 'authorizationCode', flow: {} };
  }
  if (others.length > 0)
    notes.add(
      `Of several OAuth 2 flows ${found.kind} is used, not ${others.map(({ kind }) => kind).join(', ')}.`,
    );
  if (found.kind === 'implicit')
    notes.add(
      'The document knows the implicit flow only, which has no code to exchange: fill in oauth.token.url.',
    );
  return found;
}

/** A URL of the flow may be relative to the document's server. */
function absolute(reader: Reader, url: unknown): string {
  if (typeof url !== 'string' || url === '') return '';
  if (/^https?:\/\//i.test(url)) return url;
  const base = serverUrl(reader.document);
  return URL.canParse(url, base) ? new URL(url, base).href : url;
}

/** Where the document says that the API is, as it stands there; empty when it does not. */
export function serverUrl(document: Row): string {
  const [server] = Array.isArray(document['servers']) ? document['servers'].filter(isRow) : [];
  if (server) return typeof server['url'] === 'string' ? server['url'] : '';
  const host = typeof document['host'] === 'string' ? document['host'] : '';
  const path = typeof document['basePath'] === 'string' ? document['basePath'] : '';
  const schemes = Array.isArray(document['schemes']) ? document['schemes'] : [];
  const scheme = schemes.includes('http') && !schemes.includes('https') ? 'http' : 'https';
  return host === '' ? path : `${scheme}://${host}${path}`;
}
