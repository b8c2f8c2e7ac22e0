import { malformedAuthorization } from './errors.ts';

/** The secrets of an Authorization header, by scheme. */
export interface Credentials {
  user?: string;
  organization?: string;
  element?: string;
  bearer?: string;
}

/** What a route asks for: the login token, User + Organization, or User + Element. */
export type CredentialKind = 'login' | 'user' | 'element';

const SCHEMES = new Map<string, keyof Credentials>([
  ['user', 'user'],
  ['organization', 'organization'],
  ['element', 'element'],
  ['bearer', 'bearer'],
]);

const EXPECTED: Record<CredentialKind, string> = {
  login: 'Bearer <token>',
  user: 'User <secret>, Organization <secret>',
  element: 'User <secret>, Element <token>',
};

const REQUIRED: Record<CredentialKind, (keyof Credentials)[]> = {
  login: ['bearer'],
  user: ['user', 'organization'],
  element: ['user', 'element'],
};

const SCHEME_NAMES: Record<keyof Credentials, string> = {
  user: 'User',
  organization: 'Organization',
  element: 'Element',
  bearer: 'Bearer',
};

/**
 * Reads `User <secret>, Organization <secret>, Element <token>`: parts in any order, separated by commas, with any
 * blanks around them; schemes in any case. Secrets are base64 or hexadecimal and have neither comma nor blank.
 * Anything doubtful fails with 401 and says which part is wrong, never what it holds.
 */
export function parseAuthorization(header: string | undefined, kind: CredentialKind): Credentials {
  const expected = EXPECTED[kind];
  if (header === undefined || header.trim() === '') {
    throw malformedAuthorization('The Authorization header is missing', expected);
  }
  const credentials: Credentials = {};
  for (const [index, part] of header.split(',').entries()) {
    const [scheme, secret] = readPart(part, `Part ${index + 1} of the Authorization header`, expected);
    if (credentials[scheme] !== undefined) {
      throw malformedAuthorization(
        `The Authorization header has more than one ${SCHEME_NAMES[scheme]} part`,
        expected,
      );
    }
    credentials[scheme] = secret;
  }
  for (const scheme of REQUIRED[kind]) {
    if (credentials[scheme] !== undefined) continue;
    // Who has mistyped a path of the platform comes here too: whatever is no path of its own is a hub call.
    const hint =
      scheme === 'element'
        ? ", without which only the platform's own paths can be called: they are listed at /elements/api-v2/docs"
        : '';
    throw malformedAuthorization(
      `The Authorization header has no ${SCHEME_NAMES[scheme]} part${hint}`,
      expected,
    );
  }
  return credentials;
}

function readPart(part: string, place: string, expected: string): [keyof Credentials, string] {
  const words = part.trim().split(/[ \t]+/);
  const [name = '', secret] = words;
  if (name === '') throw malformedAuthorization(`${place} is empty`, expected);
  const scheme = SCHEMES.get(name.toLowerCase());
  if (!scheme) {
    throw malformedAuthorization(
      `${place} does not begin with User, Organization, Element or Bearer`,
      expected,
    );
  }
  if (secret === undefined) {
    throw malformedAuthorization(`${place} has no secret after ${SCHEME_NAMES[scheme]}`, expected);
  }
  if (words.length > 2) {
    throw malformedAuthorization(
      `${place} has blanks inside the secret, or a comma is missing after it`,
      expected,
    );
  }
  return [scheme, secret];
}
