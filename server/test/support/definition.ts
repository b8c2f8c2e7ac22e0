type Row = Record<string, unknown>;
type Definition = { key: string } & Row;

const row = (key: string, name: string, more: Row = {}): Row => ({
  key,
  name,
  description: name,
  type: 'TEXTFIELD_1000',
  ...more,
});
const asked = { required: true };

/**
 * A small OAuth 2 element for tests, of a bookshop that does not exist. `base.url` has no default: a test gives it
 * by `elementDefaults`.
 */
export function bookshop(resources: Row[] = [], more: Row = {}): Definition {
  return {
    id: 501,
    key: 'bookshop',
    name: 'Bookshop',
    hub: 'documents',
    description: 'Sells books.',
    authentication: { type: 'oauth2' },
    trialAccount: false,
    configDescription: 'Ask the bookseller for an app.',
    signupURL: 'https://bookshop.example',
    configuration: [
      row('base.url', 'Base URL', { required: true }),
      row('oauth.api.key', 'Client Id', asked),
      row('oauth.api.secret', 'Client Secret', { ...asked, type: 'PASSWORD' }),
      row('oauth.callback.url', 'Callback URL', asked),
      row('oauth.authorization.url', 'Authorization URL', {
        ...asked,
        defaultValue: '{base.url}/authorize?audience=books',
      }),
      row('oauth.token.url', 'Token URL', { ...asked, defaultValue: '{base.url}/token' }),
      row('oauth.scope', 'Scope', { defaultValue: 'read write' }),
      row('oauth.user.token', 'Access token', { ...asked, internal: true, type: 'PASSWORD' }),
      row('pagination.max', 'Largest page', { defaultValue: '100' }),
    ],
    ...more,
    resources,
  };
}

/** An element without OAuth: credentials are a user name and a password. */
export function library(resources: Row[] = [], more: Row = {}): Definition {
  return {
    id: 502,
    key: 'library',
    name: 'Library',
    hub: 'documents',
    description: 'Lends books.',
    authentication: { type: 'basic' },
    configuration: [
      row('base.url', 'Base URL', { required: true }),
      row('username', 'User Name', { required: true }),
      row('password', 'Password', { required: true, type: 'PASSWORD' }),
    ],
    ...more,
    resources,
  };
}

/** What the bookshop needs to be connected. */
export const shopKeys = {
  'oauth.api.key': 'shop-client',
  'oauth.api.secret': 'shop-secret',
  'oauth.callback.url': 'https://app.example/auth',
};

/** A resource row whose provider path is the same unless it is given. */
export function resource(method: string, path: string, more: Row = {}): Row {
  return {
    method,
    path: `/hubs/documents${path}`,
    vendorMethod: method,
    vendorPath: path,
    type: 'api',
    ...more,
  };
}

/** `query`→`query`, and so on; the provider's name is the same unless it is given. */
export function parameter(
  type: string,
  name: string,
  vendorType = type,
  vendorName = name,
  more: Row = {},
): Row {
  return { type, name, vendorType, vendorName, source: 'request', dataType: 'string', ...more };
}
