import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider of OAuth 1.0a (RFC 5849) that believes no request whose signature it cannot make again, and asks a person. */
export interface OAuth1Server {
  url: string;
  consumer: { key: string; secret: string };
  close(): void;
}

const consumer = { key: 'shop-app', secret: 'shop-secret' };

interface Asked {
  url: URL;
  /** Of the Authorization header. */
  signed: Record<string, string>;
}

export async function startOAuth1Server(): Promise<OAuth1Server> {
  /** Secrets by token: of those that wait for a person, with what was asked, and of accounts. */
  const pending = new Map<string, { secret: string; callback: string; verifier?: string }>();
  const accounts = new Map<string, string>();
  const server = createServer((request, reply) => void answer(request, reply)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const routes: Record<string, (asked: Asked, reply: ServerResponse) => void> = {
    'POST /request'({ signed }, reply) {
      const [token, secret] = [random(), random()];
      pending.set(token, { secret, callback: signed['oauth_callback'] ?? '' });
      sendForm(reply, {
        oauth_token: token,
        oauth_token_secret: secret,
        oauth_callback_confirmed: 'true',
      });
    },
    'GET /consent'({ url: { searchParams } }, reply) {
      const token = searchParams.get('oauth_token') ?? '';
      const buttons = ['Allow', 'Deny'].map(
        (word) => `<button name="answer" value="${word}">${word}</button>`,
      );
      const page = `<form action="/answer"><input type="hidden" name="oauth_token" value="${token}">`;
      reply.setHeader('content-type', 'text/html');
      reply.end(`<!doctype html><title>Shop</title>${page}${buttons.join('')}`);
    },
    'GET /answer'({ url: { searchParams } }, reply) {
      const token = searchParams.get('oauth_token') ?? '';
      const asked = pending.get(token);
      if (!asked) return refuse(reply, 'no such token');
      const back = new URL(asked.callback);
      if (searchParams.get('answer') === 'Allow') {
        asked.verifier = random();
        back.searchParams.set('oauth_token', token);
        back.searchParams.set('oauth_verifier', asked.verifier);
      } else back.searchParams.set('denied', token);
      reply.writeHead(302, { location: back.href }).end();
    },
    'POST /access'({ signed }, reply) {
      const asked = pending.get(signed['oauth_token'] ?? '');
      pending.delete(signed['oauth_token'] ?? '');
      if (!asked?.verifier || asked.verifier !== signed['oauth_verifier'])
        return refuse(reply, 'wrong verifier');
      const [token, secret] = [random(), random()];
      accounts.set(token, secret);
      sendForm(reply, { oauth_token: token, oauth_token_secret: secret });
    },
    'GET /books'({ signed }, reply) {
      if (!accounts.has(signed['oauth_token'] ?? '')) return refuse(reply, 'no account');
      reply.setHeader('content-type', 'application/json');
      reply.end(JSON.stringify([{ id: 7, title: 'Signed and sealed' }]));
    },
  };

  async function answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    request.resume();
    const whole = new URL(request.url ?? '/', url);
    const route = routes[`${request.method} ${whole.pathname}`];
    if (!route) return void reply.writeHead(404).end();
    const signed = readHeader(request.headers.authorization ?? '');
    const token = signed['oauth_token'] ?? '';
    const secret = pending.get(token)?.secret ?? accounts.get(token) ?? '';
    const isPage = ['/consent', '/answer'].includes(whole.pathname);
    if (!isPage && sign(request.method ?? '', whole, signed, secret) !== signed['oauth_signature'])
      return refuse(reply, 'wrong signature');
    route({ url: whole, signed }, reply);
  }

  return { url, consumer, close: () => void server.close() };
}

const random = () => randomBytes(12).toString('hex');

function refuse(reply: ServerResponse, why: string): void {
  reply.writeHead(401).end(why);
}

function sendForm(reply: ServerResponse, fields: Record<string, string>): void {
  reply.setHeader('content-type', 'application/x-www-form-urlencoded');
  reply.end(new URLSearchParams(fields).toString());
}

/** RFC 5849 §3.5.1. */
function readHeader(header: string): Record<string, string> {
  const pairs = header.replace(/^OAuth /, '').matchAll(/(\w+)="([^"]*)"/g);
  return Object.fromEntries([...pairs].map(([, name = '', value = '']) => [name, decodeURIComponent(value)]));
}

const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** RFC 5849 §3.4.1 and §3.4.2; no library, as the other side signs with one. */
function sign(method: string, url: URL, signed: Record<string, string>, tokenSecret: string): string {
  const { oauth_signature: _signature, ...fields } = signed;
  const parameters = [...url.searchParams, ...Object.entries(fields)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&');
  const base = [method, url.origin + url.pathname, parameters].map(encode).join('&');
  return createHmac('sha1', `${encode(consumer.secret)}&${encode(tokenSecret)}`)
    .update(base)
    .digest('base64');
}
