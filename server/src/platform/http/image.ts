import type { FastifyReply, FastifyRequest } from 'fastify';
import { imageTooLarge, imageUnusable } from './errors.ts';
import { collectBody, rawBody } from './raw-body.ts';

export interface Image {
  contentType: string;
  content: Buffer;
}

const imageLimitBytes = 512 * 1024;

/** By their first bytes, whatever the caller calls them: SVG and HTML, which can hold scripts, are none of these. */
const kinds: [contentType: string, is: (content: Buffer) => boolean][] = [
  ['image/png', startsWith('89504e470d0a1a0a')],
  ['image/jpeg', startsWith('ffd8ff')],
  ['image/gif', startsWith('47494638')],
  ['image/x-icon', startsWith('00000100')],
  [
    'image/webp',
    (content) => startsWith('52494646')(content) && content.toString('latin1', 8, 12) === 'WEBP',
  ],
];

function startsWith(hex: string): (content: Buffer) => boolean {
  return (content) => content.subarray(0, hex.length / 2).toString('hex') === hex;
}

/**
 * The picture of a request in a raw scope: its body is the file itself, or a form that holds it.
 *
 * @throws 400 when it is no picture that is safe to show, 413 when it is too large.
 */
export async function readImage(request: FastifyRequest): Promise<Image> {
  const body = rawBody(request);
  if (!body) throw imageUnusable();
  const sent = await collectBody(body, imageLimitBytes + formBytes, () => imageTooLarge(imageLimitBytes));
  const content = await fileIn(sent, String(request.headers['content-type'] ?? ''));
  const kind = kinds.find(([, is]) => is(content));
  if (!kind) throw imageUnusable();
  return { contentType: kind[0], content };
}

/** Shows a picture that somebody has sent: nothing in it can run. */
export function sendImage(reply: FastifyReply, { contentType, content }: Image): FastifyReply {
  return reply
    .header('content-type', contentType)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(content);
}

/** A form says where its parts end; the rest of it takes a little room too. */
const formBytes = 64 * 1024;

async function fileIn(body: Buffer, formType: string): Promise<Buffer> {
  let content = body;
  if (/^multipart\/form-data\b/i.test(formType)) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': formType } })
      .formData()
      .catch(() => undefined);
    const file = form && [...form.values()].find((value) => typeof value !== 'string');
    content = file ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
  }
  if (content.length > imageLimitBytes) throw imageTooLarge(imageLimitBytes);
  return content;
}
