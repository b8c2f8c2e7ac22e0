import { describeObjects, objectFields, objectNames, writeSwagger } from '#elements';
import type { Element } from '#elements';
import { objectUnknown } from './errors.ts';
import type { HubCall } from './gateway.ts';

type Discovery = Pick<HubCall, 'method' | 'path' | 'headers' | 'query'>;

/**
 * Resources that every element has, whatever its own list: who is there, which objects, which fields. Undefined when
 * the call is none of these.
 *
 * @throws 404 for an object that the element does not have.
 */
export function discover(element: Element, call: Discovery): unknown {
  if (call.method !== 'GET') return undefined;
  if (call.path === '/ping') return { dateTime: new Date().toISOString(), endpoint: element.key };
  if (call.path === '/objects') {
    const detailed = /^helium$/i.test(call.headers['elements-version'] ?? '');
    return detailed ? describeObjects(element) : objectNames(element);
  }
  const [, name, what] = /^\/objects\/([^/]+)\/(metadata|docs)\/?$/.exec(call.path) ?? [];
  if (name === undefined) return undefined;
  const objectName = decode(name);
  const fields = objectFields(element, objectName);
  if (!fields) throw objectUnknown(objectName, element.key);
  if (what === 'docs') return writeSwagger(element, { baseUrl: baseUrlOf(call), objectName });
  const shown = call.query['customFieldsOnly'] === 'true' ? fields.filter(({ custom }) => custom) : fields;
  return {
    fields:
      call.query['includePath'] === 'false' ? shown.map((field) => ({ ...field, path: undefined })) : shown,
  };
}

function baseUrlOf({ headers }: Discovery): string {
  return `http://${headers['host'] ?? 'localhost'}`;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
