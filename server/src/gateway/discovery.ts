import {
  addDiscovered,
  describeObjects,
  objectFields,
  objectNames,
  withReferencesResolved,
  withShapesOnly,
  writeSwagger,
} from '#elements';
import type { Element } from '#elements';
import { parseJson } from '#kernel/json';
import { readText } from '#platform/outbound';
import { objectUnknown } from './errors.ts';
import type { HubCall, HubReply } from './gateway.ts';

type Discovery = Pick<HubCall, 'method' | 'path' | 'headers' | 'query'>;

/** Does another call of the same account: a resource of the definition may know what the provider alone can tell. */
type Ask = (path: string) => Promise<HubReply>;

/**
 * Resources that every element has, whatever its own list: who is there, which objects, which fields, and the
 * documentation of one object. Undefined when the call is none of these.
 *
 * @throws 404 for an object that the element does not have; with `discovery=true`, what the provider answers.
 */
export async function discover(element: Element, call: Discovery, ask: Ask): Promise<unknown> {
  if (call.method !== 'GET') return undefined;
  const path = call.path.replace(/(.)\/$/, '$1');
  if (path === '/ping') return { dateTime: new Date().toISOString(), endpoint: element.key };
  if (path === '/objects') {
    const isDetailed = /^helium$/i.test(call.headers['elements-version'] ?? '');
    return isDetailed ? describeObjects(element) : objectNames(element);
  }
  const [, name, what] = /^\/objects\/([^/]+)\/(metadata|docs)$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  const objectName = decode(name);
  if (what === 'docs') return documentObject(element, objectName, call, ask);
  const fields = objectFields(element, objectName);
  if (!fields) throw objectUnknown(objectName, element.key);
  const shown = isOn(call, 'customFieldsOnly') ? fields.filter(({ custom }) => custom) : fields;
  switch (last(call, 'includePath')) {
    case 'true':
      return { fields: shown.map((field) => ({ ...field, path: field.path ?? field.vendorPath })) };
    case 'false':
      return { fields: shown.map(({ path: _path, ...field }) => field) };
    default:
      return { fields: shown };
  }
}

const mostMetadataBytes = 10 * 1024 * 1024;

/** Swagger of one object; with `discovery=true` also with the fields that the provider has for this account. */
async function documentObject(
  element: Element,
  objectName: string,
  call: Discovery,
  ask: Ask,
): Promise<unknown> {
  const asked = `/objects/${encodeURIComponent(objectName)}/metadata`;
  const mayAsk = isOn(call, 'discovery') && element.find('GET', asked) !== undefined;
  if (!mayAsk && !objectFields(element, objectName)) throw objectUnknown(objectName, element.key);
  let document = writeSwagger(element, { baseUrl: baseUrlOf(call), objectName });
  if (mayAsk) {
    const { body } = await ask(asked);
    const text = typeof body === 'object' ? await readText(body, mostMetadataBytes) : body;
    if (text) document = addDiscovered(document, objectName, parseJson(text));
  }
  if (isOn(call, 'basic')) document = withShapesOnly(document);
  return isOn(call, 'resolveReferences') ? withReferencesResolved(document) : document;
}

function isOn(call: Discovery, name: string): boolean {
  return last(call, name) === 'true';
}

function last({ query }: Discovery, name: string): string | undefined {
  const value = Object.hasOwn(query, name) ? query[name] : undefined;
  return Array.isArray(value) ? value.at(-1) : value;
}

function baseUrlOf(call: Discovery): string {
  const given = last(call, 'baseUrl');
  if (given && URL.canParse(given) && /^https?:/.test(given)) return given;
  return `http://${call.headers['host'] ?? 'localhost'}`;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
