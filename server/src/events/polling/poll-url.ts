import { belowHub } from '#elements';
import { readDatePattern } from './date-pattern.ts';
import { findTimeZone } from './time-zone.ts';
import { writeDate } from './write-date.ts';

/** What the tokens of a URL are filled with. */
export interface UrlValues {
  /** Changes since then are asked for. */
  sinceMs: number;
  configuration: Readonly<Record<string, string>>;
}

/** A hub call that lists what has changed, with its tokens not filled in yet. */
export interface PollUrl {
  /** Whether it asks for what has changed since some time, and not for everything. */
  hasTime: boolean;
  write(values: UrlValues): { path: string; query: Record<string, string | string[]> };
}

type Token = (values: UrlValues) => string;

/** Stands for a token while the URL is taken apart; private to Unicode, so no URL has it. */
const placeholder = /\uE000(\d+)\uE001/g;

/**
 * Reads the URL of a poll plan: a hub path with or without `/elements/api-v2` and `/hubs/{hub}`, a query that nobody
 * has encoded (or somebody has), and tokens `${…}`.
 *
 * @returns sentences instead where something is wrong with it.
 */
export function readPollUrl(text: string): PollUrl | string[] {
  const faults: string[] = [];
  const tokens: Token[] = [];
  let hasTime = false;
  const marked = text.trim().replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const token = readToken(name.trim());
    if (typeof token === 'string') faults.push(token);
    else {
      hasTime ||= token.isTime;
      tokens.push(token.write);
    }
    return `\uE000${tokens.length - 1}\uE001`;
  });
  const local = marked.replace(/^(https?:\/\/[^/?#]+)?\/elements\/api-v\d+(?=\/)/i, '');
  if (/^\w+:\/\//.test(local))
    faults.push(`the url ${text} must be a path of a hub, such as /hubs/crm/contacts.`);
  const [path = '', query = ''] = splitOnce(local, '?');
  if (path.replaceAll('/', '') === '')
    faults.push(`the url '${text}' has no path, such as /hubs/crm/contacts.`);
  if (faults.length > 0) return faults;
  const fillIn = (part: string, values: UrlValues) =>
    part.replace(placeholder, (_, index) => tokens[Number(index)]?.(values) ?? '');
  const pairs = readQuery(query);
  const below = belowHub(path.startsWith('/') ? path : `/${path}`);
  return {
    hasTime,
    write: (values: UrlValues) => ({
      path: below.replace(placeholder, (mark) => encodeURIComponent(fillIn(mark, values))),
      query: toQuery(pairs.map(([name, value]) => [fillIn(name, values), fillIn(value, values)])),
    }),
  };
}

function readToken(name: string): { isTime: boolean; write: Token } | string {
  const [, key] = /^configuration\.(.+)$/s.exec(name) ?? [];
  if (key !== undefined)
    return { isTime: false, write: ({ configuration }: UrlValues) => configuration[key] ?? '' };
  const [kind = '', rest = ''] = splitOnce(name, ':');
  switch (kind) {
    case 'epoch':
      return readEpoch(rest);
    case 'date':
    case 'gmtDate':
      return readDate('GMT', rest);
    case 'dateTimeZone': {
      const [, zone, pattern] = /^((?:GMT|UTC)?[+-]\d{1,2}:\d{2}|[^:]*):(.*)$/s.exec(rest) ?? [];
      return zone === undefined || pattern === undefined
        ? `the token \${${name}} must be \${dateTimeZone:<zone>:<pattern>}.`
        : readDate(zone, pattern);
    }
    default:
      return (
        `the token \${${name}} is unknown; there are \${date:<pattern>}, \${gmtDate:<pattern>}, ` +
        '${dateTimeZone:<zone>:<pattern>}, ${epoch}, ${epoch:s}, ${epoch:us} and ${configuration.<key>}.'
      );
  }
}

function readEpoch(unit: string): ReturnType<typeof readToken> {
  const perMs: Record<string, number> = { '': 1, ms: 1, s: 0.001, us: 1000 };
  const factor = Object.hasOwn(perMs, unit) ? perMs[unit] : undefined;
  if (factor === undefined)
    return `the token \${epoch:${unit}} must be \${epoch} (milliseconds), \${epoch:s} or \${epoch:us}.`;
  return { isTime: true, write: ({ sinceMs }) => String(Math.floor(sinceMs * factor)) };
}

function readDate(zoneName: string, pattern: string): ReturnType<typeof readToken> {
  const zone = findTimeZone(zoneName);
  if (zone === undefined) return `the time zone ${zoneName} is unknown.`;
  const pieces = readDatePattern(pattern);
  if (typeof pieces === 'string') return pieces;
  return { isTime: true, write: ({ sinceMs }) => writeDate(pieces, sinceMs, zone) };
}

function readQuery(query: string): [name: string, value: string][] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name, value] = splitOnce(pair, '=');
      return [decode(name), decode(value ?? '')];
    });
}

/** Most plans are written as people read them; a plus stands for a space only where no space stands for itself. */
function decode(text: string): string {
  const spaced = /\s/.test(text) ? text : text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function toQuery(pairs: [name: string, value: string][]): Record<string, string | string[]> {
  const grouped = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries(
    [...grouped].map(([name, all]) => {
      const values = all.map(([, value]) => value);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

function splitOnce(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at);
  return index === -1 ? [text, undefined] : [text.slice(0, index), text.slice(index + at.length)];
}
