import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
// @ts-expect-error The package has no types.
import { Provider } from 'oidc-provider';

export interface OidcServer {
  url: string;
  /** Successful answers of the token endpoint, by grant. */
  grants: Record<string, number>;
  close(): Promise<void>;
}

/** A certified OpenID provider: PKCE required, refresh tokens rotated, access tokens that live for seconds. */
export async function startOidcServer(client: {
  id: string;
  secret: string;
  redirectUri: string;
  accessLifeSeconds: number;
}): Promise<OidcServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const grants: Record<string, number> = {};
  const provider = new Provider(url, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    scopes: ['openid', 'offline_access'],
    ttl: {
      AccessToken: client.accessLifeSeconds,
      RefreshToken: 3600,
      Grant: 3600,
      Session: 3600,
      Interaction: 600,
    },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    features: { devInteractions: { enabled: true } },
  });
  provider.on('grant.success', ({ oidc }: { oidc: { params: { grant_type: string } } }) => {
    const grant = oidc.params.grant_type;
    grants[grant] = (grants[grant] ?? 0) + 1;
  });
  server.on('request', provider.callback());
  return {
    url,
    grants,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
