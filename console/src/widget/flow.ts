import { type Outcome, callbackUrl, openWindow, readOutcome } from '../consent.ts';
import { type OpenSession, type WidgetElement, callSession } from './host.ts';

type Values = Record<string, string>;

const askEveryMs = 1000;

/** Consent was not given; `blocked` by the browser, or what the provider has sent. */
export class NotConsented extends Error {
  readonly outcome: Exclude<Outcome, { kind: 'allowed' }>;
  constructor(outcome: Exclude<Outcome, { kind: 'allowed' }>) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

/** From the click to the connected account. */
export async function connectAccount(
  session: OpenSession,
  { key: element, isOauth }: WidgetElement,
  configuration: Values,
  signal: AbortSignal,
): Promise<number> {
  const providerData = isOauth ? await askProvider(session, { element, configuration }, signal) : undefined;
  const { instanceId } = await callSession<{ instanceId: number }>(
    session,
    session.again ? 'PUT' : 'POST',
    '/instance',
    {
      element,
      configuration,
      ...(isOauth ? { callbackUrl, providerData } : {}),
    },
  );
  return instanceId;
}

async function askProvider(
  session: OpenSession,
  choice: { element: string; configuration: Values },
  signal: AbortSignal,
): Promise<Values> {
  const popup = openWindow();
  if (!popup) throw new NotConsented({ kind: 'blocked' });
  try {
    const first = await callSession<{ url: string; secret?: string }>(session, 'POST', '/consent', {
      ...choice,
      callbackUrl,
    });
    popup.location.href = first.url;
    const outcome = readOutcome(await waitForOutcome(session, signal));
    if (outcome.kind !== 'allowed') throw new NotConsented(outcome);
    return { ...outcome.data, ...(first.secret ? { secret: first.secret } : {}) };
  } finally {
    popup.close();
  }
}

/**
 * The window of the provider tells the server, and the server us. Inside of a foreign page a browser keeps windows of one origin apart,
 * and what the provider answers may cut its window off; so neither a channel nor the window itself can be asked.
 */
async function waitForOutcome(session: OpenSession, signal: AbortSignal): Promise<Values> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    if (signal.aborted) throw new NotConsented({ kind: 'closed' });
    const { data } = await callSession<{ data?: Values }>(session, 'GET', '/outcome');
    if (data) return data;
  }
}
