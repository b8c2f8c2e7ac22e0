const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

/** Milliseconds since 1970 of an ISO 8601 date or timestamp, UTC where it names no zone; undefined for other texts. */
export function isoTimeMs(text: string): number | undefined {
  const match = text.length >= 10 && text.length <= 40 ? iso.exec(text) : null;
  if (!match) return undefined;
  const [, date, time = '00:00', zone = 'Z'] = match;
  const colonZone = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const ms = Date.parse(`${date}T${time}${colonZone}`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Whether it has a time of day, not only a date. */
export function isTimestamp(text: string): boolean {
  return text.length > 10 && isoTimeMs(text) !== undefined;
}
