import { call } from '../api.ts';
import type { ConfigurationRow } from '../elements.ts';
import type { WidgetTheme } from './connect.ts';

/** The one page that may show the widget; the server has written it, and the browser shows the widget nowhere else. */
const hostOrigin = document.querySelector<HTMLMetaElement>('meta[name="ligand-origin"]')?.content ?? '';

/** Tells the page around the widget something; to any other page nothing gets. */
export function tell(kind: string, more: Record<string, unknown> = {}): void {
  window.parent.postMessage({ ligand: kind, ...more }, hostOrigin);
}

interface HostOptions {
  theme?: WidgetTheme;
  element?: string;
}

/** What the page around the widget wishes. */
export function listenForOptions(take: (options: HostOptions) => void): () => void {
  const listen = ({ origin, source, data }: MessageEvent<unknown>) => {
    if (origin !== hostOrigin || source !== window.parent) return;
    const message = data as (HostOptions & { ligand?: string }) | null;
    if (message?.ligand === 'options') take(message);
  };
  window.addEventListener('message', listen);
  return () => window.removeEventListener('message', listen);
}

const variables: Record<Exclude<keyof WidgetTheme, 'mode' | 'font'>, string> = {
  accent: '--accent',
  accentInk: '--accent-ink',
  surface: '--surface',
  ink: '--ink',
  muted: '--muted',
  line: '--line',
};

/** Only what is a colour or a font is taken. */
export function wear(theme: WidgetTheme = {}): void {
  const { style, dataset } = document.documentElement;
  if (theme.mode === 'light' || theme.mode === 'dark') dataset['theme'] = theme.mode;
  for (const [name, variable] of Object.entries(variables)) {
    const value = theme[name as keyof typeof variables];
    if (value !== undefined && CSS.supports('color', value)) style.setProperty(variable, value);
  }
  if (theme.font !== undefined && CSS.supports('font-family', theme.font))
    document.body.style.setProperty('font-family', theme.font);
}

export interface WidgetElement {
  key: string;
  name: string;
  image?: string;
  isOauth: boolean;
  configuration: ConfigurationRow[];
}

export interface OpenSession {
  id: string;
  key: string;
  name?: string;
  /** The account that is connected again, and what of it stays where nothing else is typed. */
  again?: { name: string; kept: string[] };
  elements: WidgetElement[];
}

/** Uses the token, which stands behind the # of the frame's address and works once. */
export async function openSession(): Promise<OpenSession> {
  const id = window.location.pathname.split('/').at(-1) ?? '';
  const token = `${decodeURIComponent(id)}.${decodeURIComponent(window.location.hash.slice(1))}`;
  window.history.replaceState(null, '', window.location.pathname);
  return call<OpenSession>('POST', '/connect-sessions/open', { json: { token } });
}

/** A call of an open session. */
export function callSession<T>(
  { id, key }: OpenSession,
  method: string,
  below: string,
  json?: unknown,
): Promise<T> {
  return call<T>(method, `/connect-sessions/${id}${below}`, {
    headers: { 'ligand-connect-key': key },
    ...(json === undefined ? {} : { json }),
  });
}
