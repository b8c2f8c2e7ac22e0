import { parseJson, toText } from '#kernel/json';
import { readDateFormat } from './date-format.ts';
import type { DateReader } from './date-format.ts';
import { readPollUrl } from './poll-url.ts';
import type { PollUrl } from './poll-url.ts';
import { findTimeZone } from './time-zone.ts';

/** A date of a record: where it stands, and how it is read. */
export interface DateField {
  path: string;
  read: DateReader;
  timeZone: string;
}

/** How one object of an instance is polled. */
export interface PollPlan {
  objectName: string;
  /** As it was written. */
  urlText: string;
  url: PollUrl;
  /** Path of the id in a record. */
  idField: string;
  pageSize: number | undefined;
  /** So much later than it happens, the provider may show a change. */
  delayMs: number;
  /** Created and updated so near to each other is created. */
  createdToleranceMs: number;
  /** Whether records that are older than the last poll are no changes. */
  skipsOld: boolean;
  /** Whether records with a date that has not come yet are left for later. */
  skipsFuture: boolean;
  created: DateField | undefined;
  updated: DateField | undefined;
  deleted: DateField | undefined;
  /** Path of a flag that says that a record is deleted. */
  deletedFlag: string | undefined;
  /** Whether an object that the list does not have any more is deleted. */
  detectsDeletes: boolean;
}

export interface ReadPlans {
  plans: PollPlan[];
  /** One sentence each. */
  faults: string[];
}

type Fields = Record<string, unknown>;

const defaultToleranceSeconds = 60;
const longestName = 200;
/** A plan is a definition's, not a programme: more objects than this are a mistake. */
const mostObjects = 500;

/** Faults of an `event.poller.configuration`, in plain sentences; none where it can be used. */
export function checkPollPlan(text: string): string[] {
  return readPlans(text).faults;
}

/** Reads `event.poller.configuration`: `{"contacts": {"url": …, "idField": …, "datesConfiguration": {…}}}`. */
export function readPlans(text: string): ReadPlans {
  const value = parseObject(text);
  if (!value)
    return {
      plans: [],
      faults: [
        'event.poller.configuration must be a JSON object with an entry for each object: {"contacts": {"url": "/hubs/crm/contacts", "idField": "id"}}.',
      ],
    };
  return readPlanFields(value);
}

export function readPlanFields(objects: Fields): ReadPlans {
  const entries = Object.entries(objects);
  if (entries.length > mostObjects)
    return { plans: [], faults: [`event.poller.configuration may have at most ${mostObjects} objects.`] };
  const faults: string[] = [];
  const plans = entries.flatMap(([name, given]) => {
    const own: string[] = [];
    const plan = readPlan(name, given, own);
    faults.push(...own.map((fault) => `event.poller.configuration: ${name.slice(0, 60)}: ${fault}`));
    return own.length === 0 && plan ? [plan] : [];
  });
  return { plans, faults };
}

/** A JSON object; also one in a string, as forms send it. */
export function parseObject(text: string): Fields | undefined {
  try {
    const value = parseJson(text);
    const inner = typeof value === 'string' ? parseJson(value) : value;
    return isFields(inner) ? inner : undefined;
  } catch {
    return undefined;
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readPlan(objectName: string, given: unknown, faults: string[]): PollPlan | undefined {
  if (objectName.trim() === '' || objectName.length > longestName || /\0|^__proto__$/.test(objectName))
    faults.push(`the name of the object must have 1 to ${longestName} characters.`);
  if (!isFields(given)) {
    faults.push('the entry must be an object with url and idField.');
    return undefined;
  }
  const read = fieldReader(given, faults);
  const urlText = read.text('url') ?? '';
  const url = readPollUrl(urlText);
  if (Array.isArray(url)) faults.push(...url);
  const dates = given['datesConfiguration'] ?? {};
  if (!isFields(dates)) faults.push('datesConfiguration must be an object.');
  const inDates = fieldReader(isFields(dates) ? dates : {}, faults);
  const detectsDeletes = read.flag('detectDeletes', inDates.flag('detectDeletes', false));
  if (detectsDeletes && 'hasTime' in url && url.hasTime)
    faults.push('detectDeletes needs the whole list: the url must not have a token of time.');
  const rest = {
    objectName,
    urlText,
    idField: read.text('idField') ?? 'id',
    pageSize: read.number('pageSize', 1, 10_000),
    delayMs: (read.number('pollDelay', 0, 86_400) ?? 0) * 1000,
    createdToleranceMs:
      (read.number('createdCheckTolerance', 0, 31_536_000) ?? defaultToleranceSeconds) * 1000,
    skipsOld: read.flag('filterByUpdatedDate', true),
    skipsFuture: read.flag('filterByCurrentDate', false),
    created: inDates.date('created'),
    updated: inDates.date('updated'),
    deleted: inDates.date('deleted'),
    deletedFlag: read.text('deletedField') ?? inDates.text('deletedField'),
    detectsDeletes,
  };
  return Array.isArray(url) ? undefined : { ...rest, url };
}

/** Values come as JSON or, from forms, as text. */
function fieldReader(fields: Fields, faults: string[]) {
  const text = (key: string): string | undefined => {
    const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (isFields(value) || Array.isArray(value)) {
      faults.push(`${key} must be a text.`);
      return undefined;
    }
    return toText(value).trim() || undefined;
  };
  return {
    text,
    flag(key: string, fallback: boolean): boolean {
      const value = text(key)?.toLowerCase();
      if (value !== undefined && value !== 'true' && value !== 'false')
        faults.push(`${key} must be true or false.`);
      return value === undefined ? fallback : value === 'true';
    },
    number(key: string, least: number, most: number): number | undefined {
      const value = text(key);
      if (value === undefined) return undefined;
      const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
      if (!(number >= least && number <= most))
        faults.push(`${key} must be a whole number from ${least} to ${most}.`);
      return number;
    },
    date(kind: 'created' | 'updated' | 'deleted'): DateField | undefined {
      const path = text(`${kind}DateField`);
      const format = readDateFormat(text(`${kind}DateFormat`));
      const zoneName = text(`${kind}DateTimezone`) ?? 'GMT';
      const timeZone = findTimeZone(zoneName);
      if (typeof format === 'string') faults.push(`${kind}DateFormat: ${format}`);
      if (timeZone === undefined) faults.push(`${kind}DateTimezone: the time zone ${zoneName} is unknown.`);
      if (path === undefined || typeof format === 'string' || timeZone === undefined) return undefined;
      return { path, read: format, timeZone };
    },
  };
}
