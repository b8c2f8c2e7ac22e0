import { startSimulator } from './simulator.ts';

export interface TestProvider {
  url: string;
  /** Moves the simulator's clock. */
  pass(ms: number): void;
  turn(knob: string, body?: unknown): Promise<unknown>;
  token(form: Record<string, string>): Promise<Answer>;
  /** A call with a good token. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  body: any;
}

export const client = { client_id: 'ligand-demo', client_secret: 'ligand-demo-secret' };
export const person = { username: 'ann@example.com', password: 'correct horse' };

/** A simulator with a clock of its own and, for calls, no limit and a token. */
export async function startProvider(): Promise<TestProvider> {
  let nowMs = Date.UTC(2026, 0, 15);
  const { url, close } = await startSimulator({ nowMs: () => nowMs });
  const read = async (response: Response): Promise<Answer> => {
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  };
  const post = (path: string, body: unknown) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const provider: TestProvider = {
    url,
    close,
    pass: (ms) => void (nowMs += ms),
    turn: async (knob, body = {}) => (await read(await post(`/_simulator/${knob}`, body))).body,
    token: async (form) =>
      read(
        await fetch(`${url}/token`, { method: 'POST', body: new URLSearchParams({ ...client, ...form }) }),
      ),
    async call(method, path, body) {
      const raw = body instanceof FormData || body instanceof URLSearchParams;
      const json = body !== undefined && !raw;
      const headers = {
        authorization: `Bearer ${accessToken}`,
        ...(json ? { 'content-type': 'application/json' } : {}),
      };
      return read(
        await fetch(url + path, {
          method,
          headers,
          body: json ? JSON.stringify(body) : ((body as FormData) ?? null),
        }),
      );
    },
  };
  await provider.turn('limits', { perSecond: null, tokenCallsPerHour: null });
  const accessToken: string = (await provider.token({ grant_type: 'password', ...person })).body.access_token;
  await provider.turn('limits', { perSecond: null, tokenCallsPerHour: 5 });
  return provider;
}
