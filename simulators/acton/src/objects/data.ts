import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { Failure, invalidParameter, missingParameter } from '../failure.ts';
import type { Dataset, ObjectSchema } from '../model.ts';
import { fieldsOf, toText } from '../surface.ts';
import type { Call, Surface } from '../surface.ts';
import { base, describeDataset, findDataset, findObject } from './object-store.ts';

type Fields = Record<string, unknown>;

const path = `${base}/data`;
const ingest = ['ingestMode', 'abortOnInvalidRow', 'description', 'createNewDataset'];

/** Data sets of custom objects, filled from JSON or CSV in jobs. */
export function mountObjectData(surface: Surface): void {
  surface('GET', `${path}/all`, {
    handle: ({ data }) =>
      data.objects.flatMap((one) =>
        one.datasets.map((set) => ({ objectId: one.id, ...describeDataset(set) })),
      ),
  });
  surface('GET', `${path}/:objectId/all`, {
    handle: ({ data, params }) => findObject(data, params['objectId']).datasets.map(describeDataset),
  });
  surface('POST', `${path}/:objectId`, {
    body: ['json'],
    handle: (call) => {
      const { name, description = '', isDefault = false } = fieldsOf(call);
      if (!name) throw missingParameter('name');
      const object = findObject(call.data, call.params['objectId']);
      return describeDataset(
        addDataset(object, call, {
          name: toText(name),
          description: toText(description),
          isDefault: isDefault === true,
        }),
      );
    },
  });
  surface('GET', `${path}/:objectId/:identifier`, {
    handle: ({ data, params }) => describeDataset(findDataset(data, params)),
  });
  surface('POST', `${path}/:objectId/:identifier`, {
    body: ['json'],
    handle: (call) => {
      const dataset = findDataset(call.data, call.params);
      const {
        name = dataset.name,
        description = dataset.description,
        isDefault = dataset.isDefault,
      } = fieldsOf(call);
      Object.assign(dataset, { name, description, isDefault, modifiedMs: call.nowMs });
      return describeDataset(dataset);
    },
  });
  surface('DELETE', `${path}/:objectId/:identifier`, {
    handle: ({ data, params }) => {
      const dataset = findDataset(data, params);
      const object = findObject(data, params['objectId']);
      object.datasets = object.datasets.filter((one) => one !== dataset);
      return { id: dataset.id, deleted: true };
    },
  });
  mountIngest(surface);
}

function mountIngest(surface: Surface): void {
  const one = `${path}/:objectId/:identifier`;
  surface('POST', `${one}/json`, {
    query: ingest,
    body: ['json'],
    handle: (call) => {
      for (const name of ['ingestMode', 'abortOnInvalidRow'])
        if (!call.query[name]) throw missingParameter(name);
      if (!Array.isArray(call.body)) throw invalidParameter('body', 'not an array of records');
      return load(call, call.body as Fields[]);
    },
  });
  surface('POST', `${one}/file`, {
    query: [...ingest, 'fileType'],
    body: ['multipart'],
    handle: (call) => load(call, readRows(call)),
  });
  surface('POST', `${path}/:objectId/validate`, {
    body: ['multipart'],
    handle: (call) => {
      const object = findObject(call.data, call.params['objectId']);
      const rows = readRows(call);
      const invalid = rows.filter((row) => !isValid(object, row)).length;
      return { valid: invalid === 0, totalRows: rows.length, invalidRows: invalid };
    },
  });
  surface('DELETE', `${one}/ids`, {
    body: ['json'],
    handle: (call) => {
      const { ids = '' } = fieldsOf(call);
      const { records } = findDataset(call.data, call.params);
      const gone = [ids]
        .flat()
        .flatMap((text) => toText(text).split(','))
        .filter((id) => records.delete(id.trim()));
      return { deletedCount: gone.length };
    },
  });
  surface('GET', `${path}/status/:jobId`, { handle: findJob });
  surface('GET', `${path}/report/:jobId`, {
    handle: (call) => {
      findJob(call);
      void call.reply.header('content-type', 'text/csv;charset=UTF-8');
      return 'row,error\n';
    },
  });
}

function findJob({ data, params }: Call): Fields {
  const job = data.objectJobs.get(params['jobId'] ?? '');
  if (!job) throw new Failure(400, 400, 'Unknown job id');
  return job;
}

function addDataset(
  object: ObjectSchema,
  { nowMs }: Call,
  given: Pick<Dataset, 'name' | 'description' | 'isDefault'>,
): Dataset {
  const dataset: Dataset = { id: randomUUID(), ...given, records: new Map(), modifiedMs: nowMs };
  object.datasets.push(dataset);
  return dataset;
}

function readRows({ files }: Call): Fields[] {
  const { file } = files;
  if (!file) throw missingParameter('file');
  return parse(file.content, { columns: true, bom: true, skip_empty_lines: true });
}

function isValid({ definition }: ObjectSchema, row: Fields): boolean {
  const required = (definition['requiredFields'] as string[] | undefined) ?? [];
  return required.every((name) => row[name] !== undefined && row[name] !== '');
}

function load(call: Call, rows: Fields[]): unknown {
  const { data, params, query } = call;
  const object = findObject(data, params['objectId']);
  const makes = query['createNewDataset'] === 'true';
  const named = {
    name: params['identifier'] ?? '',
    description: query['description'] ?? '',
    isDefault: false,
  };
  const dataset = makes ? addDataset(object, call, named) : findDataset(data, params);
  const good = rows.filter((row) => isValid(object, row));
  const aborts = query['abortOnInvalidRow'] === 'true' && good.length < rows.length;
  const [key] = (object.definition['uniqueFieldSet'] as string[] | undefined) ?? [];
  if (!aborts) for (const row of good) dataset.records.set(key ? toText(row[key]) : randomUUID(), row);
  const jobId = randomUUID();
  const status = aborts ? 'FAILED' : 'COMPLETED';
  const counts = { processedRows: aborts ? 0 : good.length, invalidRows: rows.length - good.length };
  data.objectJobs.set(jobId, { jobId, datasetId: dataset.id, status, totalRows: rows.length, ...counts });
  return { jobId, datasetId: dataset.id, status: 'RUNNING' };
}
