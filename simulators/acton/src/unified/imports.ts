import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { Failure, missingParameter } from '../failure.ts';
import { fieldsOf, nextNumber } from '../surface.ts';
import type { Call, Surface } from '../surface.ts';
import { addContact, byEmail, changeContact } from './contact-store.ts';

type Fields = Record<string, unknown>;

const path = '/ucl/v2/:accountId/import';

/** Imports of contacts from CSV, by a definition that says which column goes where. */
export function mountImports(surface: Surface): void {
  surface('GET', `${path}/definition`, {
    handle: ({ data }) => ({ data: [...data.importDefinitions.values()] }),
  });
  surface('POST', `${path}/definition`, {
    body: ['json'],
    handle: (call) => {
      const given = fieldsOf(call);
      for (const name of ['importDefinitionName', 'mappings']) if (!given[name]) throw missingParameter(name);
      return { data: save(call, 980_000 + nextNumber(call.data), given) };
    },
  });
  surface('GET', `${path}/definition/:id`, { handle: (call) => ({ data: find(call) }) });
  surface('PUT', `${path}/definition/:id`, {
    body: ['json'],
    handle: (call) => ({ data: save(call, Number(call.params['id']), { ...find(call), ...fieldsOf(call) }) }),
  });
  surface('DELETE', `${path}/definition/:id`, {
    handle: (call) => {
      find(call);
      call.data.importDefinitions.delete(Number(call.params['id']));
      return { data: true };
    },
  });
  surface('POST', `${path}/contacts/:id`, {
    query: ['cleanupImportDefinition'],
    body: ['multipart'],
    handle: importContacts,
  });
  surface('GET', `${path}/status/:importId`, {
    handle: ({ data, params }) => {
      const found = data.imports.get(params['importId'] ?? '');
      if (!found) throw new Failure(400, 400, 'Unknown import id');
      return { data: found };
    },
  });
}

function save({ data }: Call, importDefinitionId: number, given: Fields): Fields {
  const usual = {
    mergeStrategy: 'EMAIL',
    objectType: 'CONTACT',
    importSegmentIds: null,
    delimiter: 'COMMA',
    quote: 'QUOTE',
  };
  const definition = { ...usual, ...given, accountId: data.accountId, importDefinitionId };
  data.importDefinitions.set(importDefinitionId, definition);
  return definition;
}

function find({ data, params }: Call): Fields {
  const definition = data.importDefinitions.get(Number(params['id']));
  if (!definition) throw new Failure(404, 404, 'Import definition not found');
  return definition;
}

interface Mapping {
  csvColumn: string;
  actonColumn: string;
}

function importContacts(call: Call): unknown {
  const definition = find(call);
  const { file } = call.files;
  if (!file) throw missingParameter('file');
  const delimiter = definition['delimiter'] === 'SEMICOLON' ? ';' : ',';
  const rows: Record<string, string>[] = parse(file.content, { columns: true, bom: true, delimiter });
  const mappings = definition['mappings'] as Mapping[];
  const absent = mappings
    .filter(({ csvColumn }) => rows[0] && !(csvColumn in rows[0]))
    .map(({ csvColumn }) => csvColumn);
  if (absent.length > 0) throw new Failure(400, 400, `CSV Column(s) was not found: ${absent.join(', ')}.`);
  const counts = { createdCount: 0, updatedCount: 0 };
  for (const row of rows) {
    const given = toContact(call, mappings, row);
    const [known] = byEmail(call.data.contacts, given.fields['email'] ?? '');
    if (known) changeContact(call, known, given);
    else addContact(call, given);
    counts[known ? 'updatedCount' : 'createdCount'] += 1;
  }
  const zero = { errorMessage: null, unsubmittedCount: 0, failedCount: 0, rejectedCount: 0 };
  const importId = randomUUID();
  const { accountId, importDefinitionId } = definition;
  const status = { accountId, importId, importDefinitionId, ...zero };
  call.data.imports.set(importId, {
    ...status,
    importStatus: 'COMPLETED',
    submittedCount: rows.length,
    ...counts,
  });
  if (call.query['cleanupImportDefinition'] === 'true')
    call.data.importDefinitions.delete(Number(call.params['id']));
  const running = { importStatus: 'RUNNING', submittedCount: 0, createdCount: 0, updatedCount: 0 };
  return { data: { ...status, ...running } };
}

/** Standard columns are fields by their mapping's name in camel case; others are custom fields by index. */
function toContact({ data }: Call, mappings: Mapping[], row: Record<string, string>) {
  const fields: Record<string, string> = {};
  const customFields: Record<string, string> = {};
  for (const { csvColumn, actonColumn } of mappings) {
    const column = data.columns.find(
      ({ name }) => name.replaceAll(' ', '') === actonColumn.replaceAll(' ', ''),
    );
    const value = row[csvColumn] ?? '';
    const standard = column?.standardFieldMapping
      ?.toLowerCase()
      .replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    if (standard) fields[standard] = value;
    else if (column) customFields[String(column.columnIndex)] = value;
  }
  return { fields, customFields };
}
