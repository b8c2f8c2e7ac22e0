/*
 * The face of the widget in a customer's page: the `<script>` and the module are made of this file. It imports nothing, so that it stays
 * small, and knows nothing but the one-time token.
 */

/** Colours and shapes; each is a CSS value. */
export interface WidgetTheme {
  mode?: 'light' | 'dark';
  accent?: string;
  /** Text on the accent. */
  accentInk?: string;
  surface?: string;
  ink?: string;
  muted?: string;
  line?: string;
  font?: string;
}

export interface WidgetOptions {
  /** Where Ligand is, such as `https://ligand.example.com`; the script knows where it came from. */
  server: string;
  /** From your server, which gets it with `POST /connect-sessions`. */
  token: string;
  /** Where the widget is shown; without it, in a window over the page. */
  container?: HTMLElement;
  /** Key of the element to begin with, if the session is for several. */
  element?: string;
  theme?: WidgetTheme;
  /** The account is connected. Let your server ask for the session before it believes it. */
  onConnected?: (result: { sessionId: string; instanceId: number }) => void;
  onCancelled?: () => void;
  onFailed?: (failure: { message: string }) => void;
}

export interface Widget {
  /** Takes it out of the page; nothing is called any more. */
  close(): void;
}

const longestStartMs = 30_000;
/** From the frame's page to the first word of the widget in it: a refusal of our server is a page too. */
const longestSilenceMs = 5_000;
const startHeight = '420px';

/** Shows the widget. */
export function connect(options: WidgetOptions): Widget {
  const server = new URL(options.server).origin;
  const [sessionId = '', secret = ''] = options.token.split('.');
  const frame = document.createElement('iframe');
  frame.title = 'Connect an account';
  // What follows the # is sent to no server, and written in no log.
  frame.src = `${server}/widget/${encodeURIComponent(sessionId)}#${encodeURIComponent(secret)}`;
  frame.allow = '';
  Object.assign(frame.style, { border: '0', width: '100%', height: startHeight, colorScheme: 'normal' });
  const place = options.container ? undefined : openOverlay();
  (place?.box ?? options.container)?.append(frame);

  const close = () => {
    clearTimeout(timer);
    window.removeEventListener('message', listen);
    frame.remove();
    place?.veil.remove();
  };
  const fail = (message: string) => {
    close();
    options.onFailed?.({ message });
  };
  let isReady = false;
  let timer = setTimeout(() => fail('The widget was not loaded.'), longestStartMs);
  frame.addEventListener('load', () => {
    clearTimeout(timer);
    if (isReady) return;
    const message = 'The widget was refused: its session is over, or was made for pages of another origin.';
    timer = setTimeout(() => fail(message), longestSilenceMs);
  });

  function listen({ origin, source, data }: MessageEvent<unknown>): void {
    // Any page may send messages: only those of our own frame, from the server that we know, count.
    if (origin !== server || source !== frame.contentWindow) return;
    const message = data as {
      ligand?: string;
      height?: number;
      instanceId?: number;
      message?: string;
    } | null;
    switch (message?.ligand) {
      case 'ready':
        isReady = true;
        clearTimeout(timer);
        frame.contentWindow?.postMessage(
          { ligand: 'options', theme: options.theme, element: options.element },
          server,
        );
        break;
      case 'size':
        frame.style.height = `${Number(message.height) || 0}px`;
        break;
      case 'connected':
        close();
        options.onConnected?.({ sessionId, instanceId: Number(message.instanceId) });
        break;
      case 'cancelled':
        close();
        options.onCancelled?.();
        break;
      case 'failed':
        fail(String(message.message));
        break;
    }
  }
  window.addEventListener('message', listen);
  return { close };
}

function openOverlay(): { veil: HTMLElement; box: HTMLElement } {
  const veil = document.createElement('div');
  Object.assign(veil.style, {
    position: 'fixed',
    inset: '0',
    zIndex: '2147483000',
    background: 'rgb(0 0 0 / 0.45)',
    display: 'grid',
    placeItems: 'center',
    padding: '16px',
    overflow: 'auto',
  });
  const box = document.createElement('div');
  Object.assign(box.style, { width: '100%', maxWidth: '480px' });
  veil.append(box);
  document.body.append(veil);
  return { veil, box };
}
