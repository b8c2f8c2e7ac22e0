export interface JsonFault {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
  /** What stands there, in words; never more than one character of the text. */
  found: string;
}

const numberOrWord = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const whitespace = /[ \t\n\r]*/y;

/** Finds the place of the first syntax error in a text that JSON.parse has refused. Iterative: deep nesting is fine. */
export function findJsonFault(text: string): JsonFault {
  const position = firstFault(text);
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  return { line, column: position - before.lastIndexOf('\n'), found: inWords(text, position) };
}

type Expecting = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma' | 'end';

function firstFault(text: string): number {
  const open: ('[' | '{')[] = [];
  let expecting: Expecting = 'value';
  let at = skip(whitespace, text, 0);
  while (at < text.length) {
    const next = step(text, at, expecting, open);
    if (next === undefined) return at;
    ({ at, expecting } = next);
    at = skip(whitespace, text, at);
  }
  return at;
}

/** Takes one token; undefined when it may not stand there. */
function step(text: string, at: number, expecting: Expecting, open: ('[' | '{')[]): Step | undefined {
  const char = text.charAt(at);
  if (expecting === 'end') return undefined;
  if (expecting === 'colon') return char === ':' ? { at: at + 1, expecting: 'value' } : undefined;
  if (expecting === 'comma') return afterValue(char, at, open);
  if (expecting === 'key' || expecting === 'key or }') {
    if (char === '}' && expecting === 'key or }') return closed(at, open);
    const end = char === '"' ? skipString(text, at) : at;
    return end > at ? { at: end, expecting: 'colon' } : undefined;
  }
  if (char === ']' && expecting === 'value or ]') return closed(at, open);
  if (char === '{' || char === '[') {
    open.push(char);
    return { at: at + 1, expecting: char === '{' ? 'key or }' : 'value or ]' };
  }
  const end = char === '"' ? skipString(text, at) : skip(numberOrWord, text, at);
  return end > at ? { at: end, expecting: open.length === 0 ? 'end' : 'comma' } : undefined;
}

interface Step {
  at: number;
  expecting: Expecting;
}

function afterValue(char: string, at: number, open: ('[' | '{')[]): Step | undefined {
  const inside = open.at(-1);
  if (char === ',') return { at: at + 1, expecting: inside === '{' ? 'key' : 'value' };
  return char === (inside === '{' ? '}' : ']') ? closed(at, open) : undefined;
}

function closed(at: number, open: ('[' | '{')[]): Step {
  open.pop();
  return { at: at + 1, expecting: open.length === 0 ? 'end' : 'comma' };
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** By hand: a pattern for the whole string would need a stack entry for each of its characters. */
function skipString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return at + 1;
    if (char < ' ') return start;
    if (char !== '\\') continue;
    const end = skip(escape, text, at);
    if (end === at) return start;
    at = end - 1;
  }
  return start;
}

function inWords(text: string, position: number): string {
  if (position >= text.length) return 'end of the text';
  const char = String.fromCodePoint(text.codePointAt(position) ?? 0);
  return /[\p{Cc}\p{Cf}\p{Zs}]/u.test(char)
    ? `character U+${char.codePointAt(0)?.toString(16).padStart(4, '0')}`
    : `'${char}'`;
}
