import type { Element } from '../element.ts';
import { rowsOf } from '../row-ids.ts';
import { documentedRows, objectNames, objectOf } from './objects.ts';

type Row = Record<string, unknown>;

/** What an element can do, as the catalog tells it; `expand` adds all that can be known from the definition. */
export function describeCapabilities(element: Element, expand: boolean): Row {
  const { definition } = element;
  const methods = eventMethods(element);
  const short = {
    id: element.id,
    key: element.key,
    name: element.name,
    description: definition.description ?? '',
    events: {
      supported: methods.length > 0,
      methods,
      ...(methods.includes('polling') && { polling: objectNames(element).map((name) => ({ name })) }),
    },
  };
  if (!expand) return short;
  const types = [...new Set(element.resources.filter(isCallable).map(({ bodyKind }) => bodyKind))];
  return {
    ...short,
    image: definition['image'] ?? definition['logo'] ?? '',
    displayOrder: 0,
    active: definition['active'] !== false,
    beta: definition['beta'] === true,
    transformations: definition['transformationsEnabled'] !== false,
    elementType: 'API',
    normalizedPaging: true,
    swaggerValidated: true,
    cloneable: definition['cloneable'] !== false,
    authenticationType: element.authentication.type,
    hub: element.hub,
    discovery: discoveryOf(element),
    bulk: {
      upload: definition['bulkUploadEnabled'] === true,
      download: definition['bulkDownloadEnabled'] === true,
    },
    api: { type: definition['protocolType'] === 'soap' ? 'SOAP' : 'REST', contentType: types },
    resources: objectNames(element).map((name) => describeObject(element, name)),
  };
}

function isCallable({ type }: { type: string }): boolean {
  return type === 'api';
}

/** How the provider's changes can be learned. */
function eventMethods(element: Element): string[] {
  const methods = new Set<string>();
  for (const { key, defaultValue } of element.configuration) {
    if (key !== 'event.vendor.type' || !defaultValue) continue;
    for (const stated of defaultValue.split(','))
      methods.add(stated.trim().startsWith('webhook') ? 'webhook' : stated.trim());
  }
  if (element.ofType('onProvisionWebhook').length > 0) methods.add('webhook');
  if (
    element.configuration.some(
      ({ key, defaultValue }) =>
        key === 'event.poller.configuration' && defaultValue && defaultValue !== '{}',
    )
  )
    methods.add('polling');
  return [...methods].filter((method) => method === 'webhook' || method === 'polling');
}

function discoveryOf(element: Element): Row {
  const asks = element.resources.some(({ path }) => /^\/objects\/\{[^}]*\}\/metadata$/.test(path));
  return {
    customFields: asks,
    customObjects: element.resources.some(({ path, method }) => method === 'GET' && path === '/objects'),
    endpointCustomFields: asks,
    endpointCustomObjects: false,
  };
}

function describeObject(element: Element, name: string): Row {
  const stated = rowsOf(element.definition['objects']).find((one) => one['name'] === name) ?? {};
  const operations = documentedRows(element)
    .filter((row) => objectOf(row) === name)
    .map(({ method }) => String(method ?? 'GET').toUpperCase());
  const types = ['Created', 'Updated', 'Deleted'].filter((kind) => stated[`event${kind}Supported`] === true);
  const has = (method: string) => operations.includes(method);
  const custom = stated['customFields'] === true;
  return {
    canonicalName: name,
    operations: [...new Set(operations)],
    events: {
      supported: stated['eventsEnabled'] === true,
      methods: stated['eventsEnabled'] === true ? eventMethods(element) : [],
      eventTypes: types.map((kind) => kind.toUpperCase()),
    },
    bulk: {
      upload: {
        supported: stated['bulkUploadEnabled'] === true,
        native: stated['nativeBulkUpload'] === true,
      },
      download: {
        supported: stated['bulkDownloadEnabled'] === true,
        native: stated['nativeBulkDownload'] === true,
      },
    },
    customField: {
      get: custom && has('GET'),
      create: custom && has('POST'),
      update: custom && (has('PUT') || has('PATCH')),
      delete: custom && has('DELETE'),
    },
  };
}
