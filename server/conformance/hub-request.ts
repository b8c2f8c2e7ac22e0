import { isRow, putSample, sampleOf, sampleText } from './sample-values.ts';

type Row = Record<string, unknown>;

/** A call of a resource as a client would make it: everything that is required, with values that fit. */
export interface HubRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | FormData | undefined;
}

/** @param wide the element's own parameters, which every resource has. */
export function writeHubRequest(resource: Row, wide: readonly Row[]): HubRequest {
  const rows = parameterRows([...wide, ...rowsOf(resource['parameters'])]);
  const of = (type: string) => rows.filter((row) => row['type'] === type);
  const path = String(resource['path']).replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const row = of('path').find((one) => one['name'] === name);
    return encodeURIComponent(row ? sampleText(row) : 'sample');
  });
  const query = new URLSearchParams();
  for (const row of of('query'))
    if (row['required'] === true) query.set(String(row['name']), queryValue(row));
  const headers: Record<string, string> = {};
  for (const row of of('header')) {
    if (row['required'] === true && row['vendorType'] !== 'value')
      headers[String(row['name'])] = sampleText(row).replace(/[^\x20-\x7e]/g, '?');
  }
  const method = String(resource['method']).toUpperCase();
  const body = ['GET', 'HEAD'].includes(method) ? undefined : writeBody(resource, rows);
  if (typeof body === 'string') headers['content-type'] = 'application/json';
  const suffix = query.size > 0 ? `?${query.toString()}` : '';
  return { method, path: `${path}${suffix}`, headers, body };
}

/** Those of the request, in the usual spelling: definitions have others. */
function parameterRows(rows: Row[]): Row[] {
  const low = (value: unknown) => String(value ?? '').toLowerCase();
  const types = new Map(['bodyField', 'prevBody', 'prevBodyField'].map((type) => [low(type), type]));
  return rows
    .filter(({ source }) => low(source) !== 'response')
    .map((row) => ({
      ...row,
      type: types.get(low(row['type'])) ?? low(row['type']),
      required: low(row['required']) === 'true',
    }));
}

function queryValue(row: Row): string {
  return row['name'] === 'where' ? "id='1'" : sampleText(row);
}

function writeBody(resource: Row, rows: Row[]): string | FormData | undefined {
  const parts = rows.filter(({ type }) => type === 'multipart');
  const fields = rows.filter(({ type }) => type === 'bodyField' || type === 'form');
  const body = sampleBody(resource) ?? {};
  if (isRow(body)) {
    for (const row of [...fields, ...parts.filter(({ vendorType }) => vendorType !== 'multipart')]) {
      const name = String(row['name']);
      if (!(name in body) && row['required'] === true) putSample(body, name, sampleText(row));
    }
  }
  if (parts.some(({ dataType, name }) => dataType === 'file' || name === 'file')) {
    const form = new FormData();
    for (const row of parts) {
      const isFile = row['dataType'] === 'file' || row['name'] === 'file';
      form.set(
        String(row['name']),
        isFile ? new Blob(['a,b\n1,2\n'], { type: 'text/csv' }) : sampleText(row),
      );
    }
    return form;
  }
  const wantsBody = rows.some(({ type }) => type === 'body') || fields.length > 0 || parts.length > 0;
  return wantsBody || isRow(resource['model']) ? JSON.stringify(body) : undefined;
}

/** From the model of the request, or what the body's parameter gives as a sample. */
function sampleBody(resource: Row): unknown {
  const row = rowsOf(resource['parameters']).find(({ type }) => type === 'body');
  if (typeof row?.['sampleData'] === 'string') {
    try {
      return JSON.parse(row['sampleData']) as unknown;
    } catch {
      // Samples are written by people: one that is no JSON is none.
    }
  }
  const { model } = resource;
  if (!isRow(model)) return undefined;
  const definitions = isRow(model['requestSwagger']) ? model['requestSwagger'] : model['swagger'];
  const name = model['requestName'] ?? model['name'];
  if (!isRow(definitions) || typeof name !== 'string') return undefined;
  const sample = sampleOf(definitions[name], definitions);
  return isRow(sample) || Array.isArray(sample) ? sample : undefined;
}

export function rowsOf(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter(isRow) : [];
}
