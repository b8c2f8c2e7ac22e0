import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as show from './show.ts';

/** Where the provider sends the person back to: your app, in real life. */
export interface CallbackListener {
  url: string;
  /** The query of the first call that arrives. */
  arrived: Promise<URLSearchParams>;
  close(): void;
}

export async function listenForCallback(): Promise<CallbackListener> {
  let arrive: (query: URLSearchParams) => void = () => {};
  const arrived = new Promise<URLSearchParams>((resolve) => (arrive = resolve));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>Connected</title><p>Thank you. You can close this page.</p>');
    if (url.pathname === '/auth') arrive(url.searchParams);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/auth`, arrived, close: () => void server.close() };
}

/** Does in the provider's pages what a person would do in a browser: log in, then press Allow. */
export async function consentAsPerson(
  oauthUrl: string,
  person: { username: string; password: string },
): Promise<void> {
  const jar = new Map<string, string>();
  let page = await visit(oauthUrl, jar);
  for (let step = 0; step < 5; step++) {
    const form = readForm(page.html, page.url);
    if (!form) return;
    if (form.fields.has('password')) {
      form.fields.set(form.userField ?? 'username', person.username);
      form.fields.set('password', person.password);
      show.say(`The person logs in at ${new URL(page.url).origin} as ${person.username}`);
    } else {
      const allow = form.buttons.find(({ text }) => /allow/i.test(text));
      if (!allow) throw new Error(`The provider's page has no Allow button: ${page.url}`);
      if (allow.name) form.fields.set(allow.name, allow.value);
      show.say('The person presses Allow');
    }
    page = await visit(form.action, jar, form.method === 'post' ? form.fields : undefined);
  }
}

interface Page {
  url: string;
  html: string;
}

/** Opens a page and follows redirects with cookies, as a browser does. */
async function visit(url: string, jar: Map<string, string>, post?: Map<string, string>): Promise<Page> {
  let at = url;
  let body = post ? new URLSearchParams([...post]) : null;
  for (let hop = 0; hop < 10; hop++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(at, {
      method: body ? 'POST' : 'GET',
      body,
      redirect: 'manual',
      headers: cookie ? { cookie } : {},
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split('=', 2);
      jar.set(name, value);
    }
    const location = response.headers.get('location');
    const html = await response.text();
    if (!location) {
      if (response.status >= 400)
        throw new Error(`The provider's page answered ${response.status}: ${html.slice(0, 300)}`);
      return { url: at, html };
    }
    at = new URL(location, at).href;
    body = null;
  }
  throw new Error(`Too many redirects from ${url}`);
}

interface Form {
  action: string;
  method: string;
  fields: Map<string, string>;
  userField: string | undefined;
  buttons: { name: string; value: string; text: string }[];
}

function readForm(html: string, pageUrl: string): Form | undefined {
  const form = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(html);
  if (!form) return undefined;
  const [, head = '', inside = ''] = form;
  const fields = new Map<string, string>();
  let userField: string | undefined;
  for (const [input] of inside.matchAll(/<input\b[^>]*>/gi)) {
    const name = attribute(input, 'name');
    const type = attribute(input, 'type') ?? 'text';
    if (!name || type === 'submit') continue;
    fields.set(name, attribute(input, 'value') ?? '');
    if (type === 'text' || type === 'email') userField ??= name;
  }
  const buttons = [...inside.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/gi)].map(
    ([, tag = '', text = '']) => ({
      name: attribute(tag, 'name') ?? '',
      value: attribute(tag, 'value') ?? '',
      text: text.replace(/<[^>]*>/g, ''),
    }),
  );
  return {
    action: new URL(attribute(head, 'action') || pageUrl, pageUrl).href,
    method: (attribute(head, 'method') ?? 'get').toLowerCase(),
    fields,
    userField,
    buttons,
  };
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag);
  const value = found?.[1] ?? found?.[2];
  return value
    ?.replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
