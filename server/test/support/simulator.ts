import { fileURLToPath } from 'node:url';
import { startSimulators } from '../../src/simulators.ts';

/** What the simulator of Act-On knows from its start. */
export const simulated = {
  apiKey: 'ligand-demo',
  apiSecret: 'ligand-demo-secret',
  username: 'ann@example.com',
  password: 'correct horse',
};

export interface SimulatedProvider {
  url: string;
  host: string;
  /** Turns one of its knobs. */
  turn(knob: string, setting?: object): Promise<unknown>;
  /** What it has received and given so far. */
  state(): Promise<{
    refreshes: number;
    received: Record<string, number>;
    refused: unknown[];
    webhooks: { delivered: number; failed: number }[];
  }>;
  /** A person's consent without a browser: the code of the callback. */
  consent(callbackUrl: string, decision?: 'allow' | 'deny'): Promise<URLSearchParams>;
  stop(): Promise<void>;
}

/** Starts the simulator of Act-On as a process of its own. */
export async function startActOn(): Promise<SimulatedProvider> {
  const simulators = await startSimulators(fileURLToPath(new URL('../../../simulators', import.meta.url)));
  const url = simulators.all.find(({ elementKey }) => elementKey === 'acton')?.url ?? '';
  const turn = async (knob: string, setting: object = {}) => {
    const reply = await fetch(`${url}/_simulator/${knob}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(setting),
    });
    if (!reply.ok) throw new Error(`The knob ${knob} answered ${reply.status}: ${await reply.text()}`);
    return reply.json();
  };
  return {
    url,
    host: new URL(url).host,
    turn,
    state: async () => (await (await fetch(`${url}/_simulator/state`)).json()) as never,
    async consent(callbackUrl, decision = 'allow') {
      const asked = { client_id: simulated.apiKey, redirect_uri: callbackUrl, state: 's', decision };
      const { location } = (await turn('consent', asked)) as { location: string };
      return new URL(location).searchParams;
    },
    stop: simulators.stop,
  };
}
