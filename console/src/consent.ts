import { call } from './api.ts';

/*
 * Consent at a provider, in a window of its own. The provider sends that window back to `/consent`, which tells the page that opened it;
 * by a channel of this origin, because what the provider answers may cut the window off from its opener.
 */

const channelName = 'ligand.consent';
const lookEveryMs = 500;

/** Where providers send people back to. */
export const callbackUrl = `${window.location.origin}/consent`;

export type Outcome =
  | { kind: 'allowed'; data: Record<string, string> }
  | { kind: 'denied' }
  | { kind: 'failed'; reason: string }
  | { kind: 'closed' }
  | { kind: 'blocked' };

/** What the query of the callback says. */
export function readOutcome(query: Record<string, string>): Outcome {
  const { error, error_description: description, code, oauth_verifier: verifier, denied } = query;
  if (error === 'access_denied' || denied !== undefined) return { kind: 'denied' };
  if (error !== undefined) return { kind: 'failed', reason: description || error };
  if (code === undefined && verifier === undefined) return { kind: 'failed', reason: 'no code' };
  return { kind: 'allowed', data: query };
}

/** Tells all pages of this origin; each knows its own by the state. False when nothing was brought back. */
export function tellOutcome(): boolean {
  const query = Object.fromEntries(new URLSearchParams(window.location.search));
  if (Object.keys(query).length === 0) return false;
  // A code works once, but it has no business in the address of an open window.
  window.history.replaceState(window.history.state, '', window.location.pathname);
  if (query['state']?.startsWith(widgetState)) {
    void tellServer(query);
    return true;
  }
  const channel = new BroadcastChannel(channelName);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has its own origin alone
  channel.postMessage(query);
  channel.close();
  return true;
}

/** Begins the states of the embedded widget, which hears of the outcome from the server. */
const widgetState = 'widget.';

async function tellServer(data: Record<string, string>): Promise<void> {
  const json = { state: data['state'], data };
  await call('POST', '/connect-sessions/outcome', { json }).catch(() => undefined);
  window.close();
}

/** Opens at once, inside the click, or browsers block it; where it leads is known a moment later. */
export function openWindow(): Window | null {
  const [width, height] = [560, 720];
  const left = Math.max(0, window.screenX + (window.outerWidth - width) / 2);
  const top = Math.max(0, window.screenY + (window.outerHeight - height) / 2);
  return window.open('', '_blank', `popup,width=${width},height=${height},left=${left},top=${top}`);
}

/** Sends the window to the provider, and waits for what the person does there. */
export function waitForConsent(
  popup: Window,
  {
    url,
    state,
    signal,
    onGone,
  }: {
    url: string;
    state: string;
    signal: AbortSignal;
    /** The window is closed, or the provider's page keeps it apart from ours: a browser says the same of both, so we go on waiting. */
    onGone: () => void;
  },
): Promise<Outcome> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(channelName);
    const finish = (outcome: Outcome) => {
      clearInterval(timer);
      channel.close();
      popup.close();
      resolve(outcome);
    };
    channel.addEventListener('message', ({ data }: MessageEvent<Record<string, string>>) => {
      const isOurs = data['state'] === state || data['state'] === undefined;
      if (isOurs) finish(readOutcome(data));
    });
    // The message of a window that closes itself may come a moment after it.
    let closedFor = 0;
    const timer = setInterval(() => {
      closedFor = popup.closed ? closedFor + 1 : 0;
      if (closedFor === 3) onGone();
    }, lookEveryMs);
    signal.addEventListener('abort', () => finish({ kind: 'closed' }));
    popup.location.href = url;
  });
}
