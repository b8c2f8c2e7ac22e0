import type { Reply, TestApp } from './app.ts';
import { simulated } from './simulator.ts';
import type { SimulatedProvider } from './simulator.ts';

/** Somebody who works at the simulated provider, beside us. */
export interface Colleague {
  call(method: string, path: string, body?: unknown): Promise<{ [field: string]: unknown }>;
}

/** Logs in at the simulator; to be done before an account is connected, because a new login ends the refresh token of the one before. */
export async function startColleague({ url }: SimulatedProvider): Promise<Colleague> {
  const form = {
    grant_type: 'password',
    username: simulated.username,
    password: simulated.password,
    client_id: simulated.apiKey,
    client_secret: simulated.apiSecret,
  };
  const reply = await fetch(`${url}/token`, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token } = (await reply.json()) as { access_token: string };
  return {
    async call(method, path, body) {
      const response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      });
      if (!response.ok)
        throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as { [field: string]: unknown };
    },
  };
}

/** Connects the simulated account with this configuration. */
export async function connectActOn(
  app: Pick<TestApp, 'call'>,
  provider: SimulatedProvider,
  configuration: Record<string, string>,
): Promise<Reply> {
  const callbackUrl = 'http://127.0.0.1:9/auth';
  return app.call('POST', '/instances', {
    json: {
      element: { key: 'acton' },
      providerData: { code: (await provider.consent(callbackUrl)).get('code') },
      configuration: {
        'oauth.callback.url': callbackUrl,
        'oauth.api.key': simulated.apiKey,
        'oauth.api.secret': simulated.apiSecret,
        ...configuration,
      },
      name: 'journey',
    },
  });
}
