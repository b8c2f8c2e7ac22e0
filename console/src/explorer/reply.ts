/** A number that JavaScript cannot hold, as it was sent. */
export class ExactNumber {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

/** Parses without losing a digit, where the browser tells how a number was written. @throws SyntaxError */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
      ? new ExactNumber(context.source)
      : value,
  );
}

export type Content =
  | { kind: 'none' }
  | { kind: 'json'; value: unknown; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'file'; blob: Blob; name: string };

/** A reply as it came. */
export interface Reply {
  status: number;
  headers: [name: string, value: string][];
  ms: number;
  sizeBytes: number;
  content: Content;
}

/** Longer texts are no reading; they are offered as a file. */
const longestTextBytes = 5_000_000;

export async function readReply(reply: Response, ms: number): Promise<Reply> {
  const blob = await reply.blob();
  return {
    status: reply.status,
    headers: [...reply.headers],
    ms,
    sizeBytes: blob.size,
    content: await contentOf(reply, blob),
  };
}

async function contentOf(reply: Response, blob: Blob): Promise<Content> {
  if (blob.size === 0) return { kind: 'none' };
  const type = reply.headers.get('content-type') ?? '';
  const name = fileName(reply);
  const isText = /json|^text\/|xml/.test(type) && !isAttachment(reply);
  if (!isText || blob.size > longestTextBytes) return { kind: 'file', blob, name };
  const text = await blob.text();
  if (!type.includes('json')) return { kind: 'text', text };
  try {
    return { kind: 'json', value: parseExactly(text), text };
  } catch {
    return { kind: 'text', text };
  }
}

const isAttachment = (reply: Response) => /^attachment/i.test(reply.headers.get('content-disposition') ?? '');

function fileName(reply: Response): string {
  const stated = /filename="?([^";]+)"?/i.exec(reply.headers.get('content-disposition') ?? '')?.[1];
  const last = new URL(reply.url).pathname.split('/').at(-1);
  return stated ?? (last || 'reply');
}

/** Who can do something about it; see docs/decisions/0004-whose-fault.md. */
export type Blame = 'caller' | 'refused' | 'credentials' | 'limits' | 'provider' | 'server';

export function blameOf({ status, content }: Pick<Reply, 'status' | 'content'>): Blame | undefined {
  if (status < 400) return undefined;
  if (status === 429) return 'limits';
  if (status === 502 || status === 504) return 'provider';
  if (status >= 500) return 'server';
  const saidByProvider =
    content.kind === 'json' &&
    (content.value as Record<string, unknown> | null)?.['providerMessage'] !== undefined;
  if (status === 401) return 'credentials';
  return saidByProvider ? 'refused' : 'caller';
}

/** The token of the next page of a list. */
export function nextPageOf({ headers }: Reply): string | undefined {
  return headers.find(([name]) => name === 'elements-next-page-token')?.[1];
}
