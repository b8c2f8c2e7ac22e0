import { notConvertible } from '../errors.ts';
import { fillEnvelope, writeEnvelope } from './envelope.ts';
import type { Envelope, Token } from './envelope.ts';
import { safeKey } from './openapi.ts';
import { configurationRow, enumerate, headerRow, Notes, parameterRow, secret } from './rows.ts';
import type { Converted } from './rows.ts';
import { readWsdl } from './wsdl.ts';
import type { SoapOperation, Wsdl } from './wsdl.ts';
import type { Node } from './xml.ts';
import { toJsonSchema } from './xml-schema.ts';

type Row = Record<string, unknown>;

const mostOperations = 2_000;
/** Each service chooses its prefix. */
const prefixes = ['soap', 'soapenv', 's', 'S', 'SOAP-ENV', 'env', 'soap12'];
const rootKey = prefixes.map((prefix) => `|${prefix}:Envelope.${prefix}:Body`).join('');

/**
 * Makes an element of a WSDL 1.1 document: for each operation a `POST` that fills an envelope with the fields of the
 * caller's JSON.
 *
 * @throws 400 when it has no SOAP service.
 */
export function convertWsdl(root: Node): Converted {
  const wsdl = readWsdl(root);
  const notes = new Notes();
  noteLimits(wsdl, notes);
  const operations = distinct(wsdl.operations.slice(0, mostOperations));
  if (operations.length === 0) throw notConvertible('its SOAP binding has no operations');
  const models: Row = {};
  const made = operations.map((operation) => {
    const envelope = writeEnvelope(operation, wsdl.version);
    return { envelope, resource: toResource(operation, envelope, wsdl, models) };
  });
  const headerTokens = new Map(
    made.flatMap(({ envelope }) => envelope.headerTokens.map((token) => [token.name, token] as const)),
  );
  const name = wsdl.targetNamespace || wsdl.serviceName || 'SOAP';
  return {
    notes: notes.list(),
    definition: {
      name: name.slice(0, 200),
      key: safeKey(wsdl.serviceName || name),
      description: wsdl.serviceName || name,
      hub: 'general',
      active: true,
      protocolType: 'soap',
      authentication: { type: 'custom' },
      configuration: [
        configurationRow('base.url', 'Address of the service', { defaultValue: wsdl.address }),
        ...[...headerTokens.values()].map(toConfiguration),
      ],
      parameters: [headerRow('Accept', 'text/xml, application/soap+xml, application/xml')],
      hooks: [
        { type: 'preRequest', mimeType: 'application/javascript', isLegacy: false, body: fillEnvelope },
      ],
      resources: made.map(({ resource }) => resource),
      models,
      useModelsForMetadata: true,
    },
  };
}

function noteLimits(wsdl: Wsdl, notes: Notes): void {
  notes.add(
    'A WSDL document does not say how calls are authenticated: set authentication, if the service asks for it.',
  );
  if (wsdl.address === '')
    notes.add('The document does not say where the service is: give base.url when you connect an account.');
  if (wsdl.otherPorts.length > 0)
    notes.add(`The service has other addresses, which are not used: ${enumerate(wsdl.otherPorts)}.`);
  if (wsdl.elsewhere.length > 0)
    notes.add(
      `What stands in other documents is not known here: ${enumerate(wsdl.elsewhere)}. Put it into this one.`,
    );
  const encoded = wsdl.operations.filter(({ isEncoded }) => isEncoded).map(({ name }) => name);
  if (encoded.length > 0)
    notes.add(
      `Values are sent without their types, which some services that use encoding ask for: ${enumerate(encoded)}.`,
    );
  const headed = wsdl.operations.filter(({ headers }) => headers.length > 0).map(({ name }) => name);
  if (headed.length > 0)
    notes.add(`The SOAP header is filled from configuration (soap.header.…) for ${enumerate(headed)}.`);
  if (wsdl.cut.length > 0)
    notes.add(`Things that hold things of their own kind are sent without these: ${enumerate(wsdl.cut)}.`);
  if (wsdl.operations.length > mostOperations)
    notes.add(`Only the first ${mostOperations} operations are taken.`);
}

/** Operations may share a name and differ by their messages. */
function distinct(operations: readonly SoapOperation[]): SoapOperation[] {
  const counts = new Map<string, number>();
  return operations.map((operation) => {
    const count = (counts.get(operation.name) ?? 0) + 1;
    counts.set(operation.name, count);
    return count === 1 ? operation : { ...operation, name: `${operation.name}${count}` };
  });
}

function toResource(operation: SoapOperation, envelope: Envelope, wsdl: Wsdl, models: Row): Row {
  const { name, action, request, reply } = operation;
  const [asked] = request;
  const modelName = name.replace(/[^\w.-]+/g, '_');
  models[`${modelName}Reply`] = {
    type: 'object',
    properties: Object.fromEntries(reply.map((field) => [field.name, toJsonSchema(field)])),
  };
  if (asked) models[`${modelName}Request`] = toJsonSchema(asked);
  return {
    method: 'POST',
    path: `/${name}`,
    vendorMethod: 'POST',
    vendorPath: '',
    type: 'api',
    kind: 'eb',
    description: operation.description,
    operationId: name,
    parameters: [
      parameterRow(envelope.text, 'value', 'body', {
        vendorName: 'body',
        required: false,
        description: 'The envelope',
      }),
      ...actionRows(action, wsdl.version),
      ...envelope.tokens.filter(({ isListed }) => !isListed).map(toRow),
      ...envelope.headerTokens.map(({ name: key }) =>
        parameterRow(key, 'configuration', 'bodyToken', { required: false }),
      ),
    ],
    hooks: [],
    response: { contentType: 'application/json' },
    rootKey,
    model: { name: `${modelName}Reply`, ...(asked && { requestName: `${modelName}Request` }) },
  };
}

/** SOAP 1.1 says what is asked for in a header of its own (§6.1.1), SOAP 1.2 in the media type (RFC 3902). */
function actionRows(action: string, version: Wsdl['version']): Row[] {
  const safe = action.replace(/["\r\n\0]/g, '');
  if (version === '1.1') return [headerRow('SOAPAction', `"${safe}"`)];
  const type = 'application/soap+xml; charset=utf-8';
  return [headerRow('Content-Type', safe === '' ? type : `${type}; action="${safe}"`)];
}

function toRow({ name, field, required }: Token): Row {
  return parameterRow(name, 'bodyField', 'bodyToken', {
    required,
    dataType: field.type,
    vendorDataType: field.type,
    ...(field.description && { description: field.description }),
  });
}

function toConfiguration({ name }: Token): Row {
  const label = name.split('.').slice(2).join(' ');
  const isSecret = /pass|secret|token|key|session/i.test(label);
  return configurationRow(name, label, { required: false, ...(isSecret && secret) });
}
