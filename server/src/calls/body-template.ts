import { isExactNumber } from '#kernel/json';
import { fillTemplate } from './template.ts';

type Tokens = Record<string, string>;

export function isMarkup(text: string): boolean {
  return /^\s*</.test(text);
}

/**
 * How a value is written at a place of a text body, so that it can be nothing but a value there: escaped in XML and
 * inside the quotes of JSON, as it is anywhere else.
 */
export function encoderFor(text: string): (value: string, at: number) => string {
  if (isMarkup(text)) return escapeXml;
  if (!/^\s*[[{]/.test(text)) return (value) => value;
  let seen = 0;
  let quoted = false;
  return (value, at) => {
    for (; seen < at; seen++) {
      if (quoted && text[seen] === '\\') seen++;
      else if (text[seen] === '"') quoted = !quoted;
    }
    return quoted ? JSON.stringify(value).slice(1, -1) : value;
  };
}

const xmlEscapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

// What XML 1.0 cannot hold in any spelling is left out.
const unwritable = /(?![\t\n\r\x80-\x9F])\p{Cc}|[\uFFFE\uFFFF]/gu;

function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(unwritable, '')
    .replace(/[&<>"']/g, (character) => xmlEscapes[character] ?? character);
}

/** Fills the tokens of a text body. Where there are tokens at all, one without a value is nothing, or `null` in JSON. */
export function fillBody(text: string, tokens: Tokens, hasTokens: boolean): string {
  const encode = encoderFor(text);
  const isJson = /^\s*[[{]/.test(text);
  return fillTemplate(
    text,
    (name) => {
      if (Object.hasOwn(tokens, name)) return tokens[name];
      return hasTokens && /^[\w.:-]+$/.test(name) ? absent : undefined;
    },
    (value, at) => {
      if (value !== absent) return encode(value, at);
      // Nothing inside quotes or markup; a value where JSON needs one.
      return isJson && encode('"', at) === '"' ? 'null' : '';
    },
  );
}

const absent = '\0absent';

/** Without a text to fill, tokens are filled into the texts of a JSON body, and those that no text has are fields of it. */
export function fillFields(body: unknown, tokens: Tokens): unknown {
  if (Object.keys(tokens).length === 0) return body;
  const used = new Set<string>();
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string')
      return fillTemplate(value, (name) => {
        if (!Object.hasOwn(tokens, name)) return undefined;
        used.add(name);
        return tokens[name];
      });
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null || isExactNumber(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, content]) => [key, fill(content)]));
  };
  const filled = fill(body ?? {});
  if (typeof filled !== 'object' || filled === null || Array.isArray(filled)) return filled;
  // `body` is the whole of what the other tokens are the fields of.
  const fields = Object.entries(tokens).filter(([name]) => name !== 'body' && !used.has(name));
  return { ...Object.fromEntries(fields), ...filled };
}
