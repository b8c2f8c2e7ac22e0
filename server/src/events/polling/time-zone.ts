import { LRUCache } from 'lru-cache';

/** Names that Java knows and the zone database does not, where they are without doubt. */
const javaNames: Record<string, string> = {
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  MST: 'America/Denver',
  MDT: 'America/Denver',
  CST: 'America/Chicago',
  CDT: 'America/Chicago',
  EST: 'America/New_York',
  EDT: 'America/New_York',
  AKST: 'America/Anchorage',
  HST: 'Pacific/Honolulu',
  CET: 'Europe/Paris',
  CEST: 'Europe/Paris',
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
  AET: 'Australia/Sydney',
};

/** What an abbreviation means inside a date: summer time or not is in the name (RFC 822, and what providers write). */
const abbreviations: Record<string, number> = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  BST: 60,
  CET: 60,
  CEST: 120,
  IST: 330,
  JST: 540,
  AEST: 600,
  AEDT: 660,
};

const offsetPattern = /^(?:GMT|UTC?)?([+-])(\d{1,2})(?::?(\d{2}))?$/i;

/** The zone's name as the zone database has it, or `+hh:mm`; undefined when there is no such zone. */
export function findTimeZone(name: string): string | undefined {
  const trimmed = name.trim();
  const minutes = offsetMinutes(trimmed);
  if (minutes !== undefined) return writeOffset(minutes, ':');
  return found.memo(trimmed.toUpperCase()).name;
}

/** Zones that were looked for: to ask for one takes 0.2 ms, and every plan asks for three. */
const found = new LRUCache<string, { name: string | undefined }, unknown>({
  max: 500,
  memoMethod: (name) => ({ name: lookUp(name) }),
});

function lookUp(name: string): string | undefined {
  const known = Object.hasOwn(javaNames, name) ? javaNames[name] : name;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: known }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Minutes east of Greenwich that `+0530`, `GMT-8`, `Z` or `PDT` stand for inside a date. */
export function offsetInDate(text: string): number | undefined {
  const upper = text.toUpperCase();
  if (Object.hasOwn(abbreviations, upper)) return abbreviations[upper];
  return offsetMinutes(text);
}

function offsetMinutes(text: string): number | undefined {
  const [, sign, hours, minutes = '0'] = offsetPattern.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const total = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -total : total;
}

/** `+0530`, or `+05:30` with a colon between. */
export function writeOffset(minutes: number, between: '' | ':'): string {
  const size = Math.abs(minutes);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${between}${two(size % 60)}`;
}
