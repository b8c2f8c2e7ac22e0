import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { FastifyRequest } from 'fastify';
import {
  allowQuery,
  apiError,
  badRequest,
  inputFileMissing,
  invalidJob,
  invalidList,
  readWindow,
} from './errors.ts';
import type { Provider } from './simulator.ts';
import { addRow, newList } from './state.ts';
import type { Job, JobOutcome, List, State } from './state.ts';
import { toListData, toRowData } from './webhooks/event-data.ts';

const listingTypes = new Set([
  'CONTACT_LIST',
  'HEADER',
  'FOOTER',
  'STATIONERY',
  'LANDING_PAGE',
  'FORM',
  'WEBINAR',
  'SEGMENT',
]);
const separators: Record<string, string> = { COMMA: ',', SEMICOLON: ';' };
const quotes: Record<string, string | false> = { NONE: false, SINGLE_QUOTE: "'", DOUBLE_QUOTE: '"' };
/** How long after an upload its job is pending, and when it is done. */
const pendingMs = 50;
const jobMs = 100;

/** Lists: tables that are read by window, made and merged by CSV files, in jobs. */
export function mountLists({ app, state, nowMs }: Provider): void {
  app.get('/api/1/list', async (request) => {
    const query = allowQuery(request.query, ['listingtype', 'count', 'offset']);
    const type = (query['listingtype'] ?? 'CONTACT_LIST').toUpperCase();
    if (!listingTypes.has(type)) throw badRequest(`listingtype ${type}`);
    const all = type === 'CONTACT_LIST' ? [...state.lists.values()].map(describe) : [];
    const { offset, count } = readWindow(query);
    const result = all.slice(offset, offset + count);
    return { offset, count: result.length, totalCount: all.length, result };
  });

  app.post('/api/1/list', async (request) => {
    const upload = await readUpload(request);
    const name = upload.fields['listname'];
    if (!name) throw badRequest('listname is missing');
    const { headings, rows } = readTable(upload);
    const folder = upload.fields['foldername'] ?? 'Default Folder';
    const made = { name, folder, headings, emailColumn: emailColumnOf(headings) };
    const list = newList(state, made, nowMs());
    const good = rows.filter((row) => row.length === headings.length);
    const rejected = rows.filter((row) => row.length !== headings.length);
    return started(state, {
      startedMs: nowMs(),
      listId: list.id,
      finish: () => {
        state.lists.set(list.id, list);
        for (const row of good) append(state, list, row, nowMs());
        state.happen('list.added', toListData(list));
        return { appendCount: good.length, updateCount: 0, rejected };
      },
    });
  });

  app.get<{ Params: { id: string } }>('/api/1/list/:id', async (request, reply) => {
    const windowed = [
      'count',
      'offset',
      'modbefore',
      'modafter',
      'createdbefore',
      'createdafter',
      'fields',
      'datequalifiers',
    ];
    const query = allowQuery(request.query, [...windowed, 'responseformat']);
    const format = (query['responseformat'] ?? 'JSON').toUpperCase();
    if (format !== 'JSON' && format !== 'CSV') throw badRequest('responseformat must be JSON or CSV');
    const table = toTable(listOf(state, request.params.id), query);
    if (format === 'JSON') return table;
    return reply.type('text/csv').send(stringify([table.headers, ...table.data]));
  });

  app.put<{ Params: { id: string } }>('/api/1/list/:id', async (request) => {
    const list = listOf(state, request.params.id);
    const upload = await readUpload(request);
    const plan = readMerge(list, upload);
    return started(state, {
      startedMs: nowMs(),
      listId: list.id,
      finish: () => merge(state, list, plan, nowMs()),
    });
  });

  app.delete<{ Params: { id: string } }>('/api/1/list/:id', async (request) => {
    const list = listOf(state, request.params.id);
    state.lists.delete(list.id);
    state.happen('list.deleted', toListData(list));
    return { status: 'success', message: 'List deleted' };
  });

  app.get<{ Params: { id: string } }>('/api/1/list/:id/status', async (request) => {
    const job = state.jobs.get(request.params.id);
    if (!job) throw invalidJob();
    const ageMs = nowMs() - job.startedMs;
    if (ageMs < jobMs) return { status: ageMs < pendingMs ? 'The job is pending' : 'The job is running' };
    const { appendCount, updateCount, rejected } = (job.outcome ??= job.finish());
    const rejectedFile = `rejected-${job.id}.csv`;
    if (rejected.length > 0) state.account.rejectedFiles.set(rejectedFile, stringify(rejected));
    const details = {
      status: 'ok',
      listId: job.listId,
      appendCount,
      updateCount,
      failedCount: 0,
      rejectedCount: rejected.length,
      ...(rejected.length > 0 ? { rejectedRecordsFile: rejectedFile } : {}),
    };
    return { status: 'success', jobDetails: JSON.stringify(details), details };
  });
}

export function listOf(state: State, id: string): List {
  const list = state.lists.get(id);
  if (!list) throw invalidList();
  return list;
}

function describe(list: List) {
  return {
    id: list.id,
    name: list.name,
    folderName: list.folder,
    sourceId: list.id,
    baseId: list.id,
    description: list.description,
    sourceSize: String(list.rows.size),
    sourceName: list.name,
    tsLastModified: list.modifiedMs,
    tsLastCounted: list.modifiedMs,
    tsSource: list.modifiedMs,
    bIsSingleton: false,
    bIsList: true,
  };
}

function toTable(list: List, query: Record<string, string>) {
  const time = (name: string, fallback: number) => {
    const text = query[name];
    if (text === undefined) return fallback;
    if (!/^\d+$/.test(text)) throw badRequest(`${name} must be a Unix timestamp`);
    // Seconds and milliseconds are both in use.
    return text.length <= 11 ? Number(text) * 1000 : Number(text);
  };
  const [modAfter, modBefore] = [time('modafter', -1), time('modbefore', Infinity)];
  const [madeAfter, madeBefore] = [time('createdafter', -1), time('createdbefore', Infinity)];
  const wanted = query['fields']?.split(';').map((name) => name.trim());
  const columns = list.headings
    .map((name, index) => ({ name, index }))
    .filter(({ name }) => !wanted || wanted.includes(name));
  const dated = query['datequalifiers'] === 'true';
  const all = [...list.rows].filter(
    ([, row]) =>
      row.modifiedMs > modAfter &&
      row.modifiedMs < modBefore &&
      row.createdMs > madeAfter &&
      row.createdMs < madeBefore,
  );
  const { offset, count } = readWindow(query);
  const data = all
    .slice(offset, offset + count)
    .map(([number, row]) => [
      `${list.id}:${number}`,
      ...columns.map(({ index }) => row.values[index] ?? ''),
      ...(dated ? [new Date(row.createdMs).toISOString(), new Date(row.modifiedMs).toISOString()] : []),
    ]);
  return {
    listId: list.id,
    offset,
    count: data.length,
    totalCount: all.length,
    emailColumn: list.emailColumn + 1,
    headers: [
      '_contact_id_',
      ...columns.map(({ name }) => name),
      ...(dated ? ['created_date', 'modified_date'] : []),
    ],
    data,
  };
}

interface Upload {
  fields: Record<string, string>;
  file: string | undefined;
}

async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw badRequest('a multipart form is expected');
  const upload: Upload = { fields: {}, file: undefined };
  for await (const part of request.parts()) {
    if (part.type === 'file') upload.file = (await part.toBuffer()).toString('utf8');
    else upload.fields[part.fieldname] = String(part.value);
  }
  return upload;
}

function readTable({ fields, file }: Upload): { headings: string[]; rows: string[][] } {
  if (file === undefined) throw inputFileMissing();
  const delimiter = separators[fields['fieldseparator'] ?? 'COMMA'];
  const quote = quotes[fields['quotecharacter'] ?? 'DOUBLE_QUOTE'];
  if (delimiter === undefined || quote === undefined) throw badRequest('fieldseparator or quotecharacter');
  const table = readCsv(file, delimiter, quote);
  const specs = readSpecs(fields['uploadspecs']);
  const [first = []] = table;
  if ((fields['headings'] ?? 'Y') === 'Y') return { headings: renamed(first, specs), rows: table.slice(1) };
  return {
    headings: renamed(
      first.map((_, index) => `Column ${index + 1}`),
      specs,
    ),
    rows: table,
  };
}

function readCsv(text: string, delimiter: string, quote: string | false): string[][] {
  try {
    return parse(text, { delimiter, quote, relaxColumnCount: true, skipEmptyLines: true, bom: true });
  } catch (error) {
    throw badRequest(`the file cannot be read: ${(error as Error).message}`);
  }
}

interface Spec {
  columnHeading?: string;
  columnType?: string;
  columnIndex?: number;
  ignoreColumn?: string;
}

function readSpecs(text: string | undefined): Spec[] {
  if (!text) return [];
  try {
    const specs = JSON.parse(text) as unknown;
    if (Array.isArray(specs)) return specs as Spec[];
  } catch {
    // Told below.
  }
  throw badRequest('uploadspecs must be a JSON array');
}

function renamed(headings: string[], specs: Spec[]): string[] {
  return headings.map(
    (heading, index) => specs.find(({ columnIndex }) => columnIndex === index)?.columnHeading ?? heading,
  );
}

function emailColumnOf(headings: string[]): number {
  return headings.findIndex((heading) => /e-?mail/i.test(heading));
}

interface MergeSpec {
  dstListId?: string;
  mergeMode?: 'APPEND' | 'UPDATE' | 'UPSERT';
  columnMap?: { srcCol: string; dstCol: string; keyCol: string }[];
}

interface Merge {
  columns: { from: number; to: string; isKey: boolean }[];
  rows: string[][];
  mode: NonNullable<MergeSpec['mergeMode']>;
}

/** Looks at an upload before its job begins. */
function readMerge(list: List, upload: Upload): Merge {
  const { headings, rows } = readTable(upload);
  const [spec = {}] = readMergeSpecs(upload.fields['mergespecs']);
  if (spec.dstListId !== undefined && spec.dstListId !== list.id)
    throw apiError(10025, 'Invalid or missing merge destination list');
  const map =
    spec.columnMap ??
    headings.map((name) => ({ srcCol: name, dstCol: name, keyCol: /e-?mail/i.test(name) ? 'Y' : 'N' }));
  if (map.some(({ srcCol }) => !headings.includes(srcCol))) {
    throw apiError(10088, 'At least one specified merge column is missing from the uploaded file');
  }
  return {
    columns: map.map(({ srcCol, dstCol, keyCol }) => ({
      from: headings.indexOf(srcCol),
      to: dstCol,
      isKey: keyCol === 'Y',
    })),
    rows,
    mode: spec.mergeMode ?? 'UPSERT',
  };
}

function merge(state: State, list: List, plan: Merge, nowMs: number): JobOutcome {
  const columns = plan.columns.map(({ from, to, isKey }) => {
    const at = list.headings.indexOf(to);
    return { from, isKey, to: at === -1 ? list.headings.push(to) - 1 : at };
  });
  const { mode, rows } = plan;
  const outcome: JobOutcome = { appendCount: 0, updateCount: 0, rejected: [] };
  for (const row of rows) {
    const keys = columns.filter(({ isKey }) => isKey);
    const found = [...list.rows].find(
      ([, known]) => keys.length > 0 && keys.every(({ from, to }) => known.values[to] === row[from]),
    );
    if (found && mode !== 'APPEND') {
      const [number, known] = found;
      for (const { from, to } of columns) known.values[to] = row[from] ?? '';
      known.modifiedMs = nowMs;
      state.happen('contact.updated', toRowData(list, number, known));
      outcome.updateCount++;
    } else if (mode === 'UPDATE') outcome.rejected.push(row);
    else {
      const values = list.headings.map(() => '');
      for (const { from, to } of columns) values[to] = row[from] ?? '';
      append(state, list, values, nowMs);
      outcome.appendCount++;
    }
  }
  list.modifiedMs = nowMs;
  state.happen('list.updated', toListData(list));
  return outcome;
}

function append(state: State, list: List, values: string[], nowMs: number): void {
  const number = addRow(list, values, nowMs);
  state.happen('contact.added', toRowData(list, number, { values }));
}

function readMergeSpecs(text: string | undefined): MergeSpec[] {
  if (!text) return [];
  try {
    const specs = JSON.parse(text) as unknown;
    if (Array.isArray(specs)) return specs as MergeSpec[];
  } catch {
    // Told below.
  }
  throw badRequest('mergespecs must be a JSON array');
}

function started(state: State, job: Pick<Job, 'listId' | 'startedMs' | 'finish'>) {
  const id = String(state.nextJob++);
  state.jobs.set(id, { id, outcome: undefined, ...job });
  return { status: 'success', message: 'Upload completed', jobId: id };
}
