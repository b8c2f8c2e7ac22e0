import { notConvertible } from '../errors.ts';
import { attribute, childOf, childrenOf, qualifiedName } from './xml.ts';
import type { Node, QualifiedName } from './xml.ts';
import { schemaNodes, XmlSchemas } from './xml-schema.ts';
import type { Field } from './xml-schema.ts';

const soap11 = 'http://schemas.xmlsoap.org/wsdl/soap/';
const soap12 = 'http://schemas.xmlsoap.org/wsdl/soap12/';

/** One operation, ready to be written as an envelope. */
export interface SoapOperation {
  name: string;
  action: string;
  description: string;
  /** In the SOAP header. */
  headers: Field[];
  /** In the SOAP body: one element, or none. */
  request: Field[];
  reply: Field[];
  /** Encoded as SOAP 1.1 §5 has it, which newer services do not use. */
  isEncoded: boolean;
}

/** What a WSDL 1.1 document (https://www.w3.org/TR/wsdl) says of its service. */
export interface Wsdl {
  targetNamespace: string;
  serviceName: string;
  address: string;
  version: '1.1' | '1.2';
  operations: SoapOperation[];
  /** Documents that would be needed too. */
  elsewhere: string[];
  otherPorts: string[];
  /** Types that hold things of their own kind. */
  cut: string[];
}

interface Port {
  name: string;
  binding: Node;
  address: string;
  version: Wsdl['version'];
}

/** @throws 400 when it has no service that speaks SOAP over HTTP. */
export function readWsdl(root: Node): Wsdl {
  const services = childrenOf(root, 'service');
  const ports = services.flatMap((service) => portsOf(root, service));
  const port = ports.find(({ version }) => version === '1.1') ?? ports[0];
  if (!port) throw notConvertible('it has no service with a SOAP binding');
  const schemas = new XmlSchemas(schemaNodes(childrenOf(root, 'types')));
  const imports = childrenOf(root, 'import').map((node) => attribute(node, 'location'));
  const portType = named(root, 'portType', qualifiedName(port.binding, 'type'));
  const operations = childrenOf(port.binding, 'operation').map((operation) =>
    readOperation({ root, schemas, port, portType }, operation),
  );
  return {
    targetNamespace: attribute(root, 'targetNamespace'),
    serviceName: attribute(services[0], 'name') || attribute(root, 'name'),
    address: port.address,
    version: port.version,
    operations,
    elsewhere: [...imports.filter((location) => location !== ''), ...schemas.elsewhere],
    otherPorts: ports.filter((one) => one !== port && one.address !== port.address).map(({ name }) => name),
    cut: [...schemas.cut],
  };
}

function portsOf(root: Node, service: Node): Port[] {
  return childrenOf(service, 'port').flatMap((node): Port[] => {
    const binding = named(root, 'binding', qualifiedName(node, 'binding'));
    const kind = binding?.children.find(
      ({ name, namespace }) => name === 'binding' && (namespace === soap11 || namespace === soap12),
    );
    if (!binding || !kind) return [];
    const address = attribute(childOf(node, 'address'), 'location');
    return [
      { name: attribute(node, 'name'), binding, address, version: kind.namespace === soap12 ? '1.2' : '1.1' },
    ];
  });
}

/** Names at the top of a document are in its target namespace; imported ones are looked up by name alone. */
function named(root: Node, kind: string, name: QualifiedName | undefined): Node | undefined {
  return name && childrenOf(root, kind).find((node) => attribute(node, 'name') === name.name);
}

interface Context {
  root: Node;
  schemas: XmlSchemas;
  port: Port;
  portType: Node | undefined;
}

function readOperation(context: Context, operation: Node): SoapOperation {
  const { root, port, portType } = context;
  const name = attribute(operation, 'name');
  const abstract = childrenOf(portType, 'operation').find((node) => attribute(node, 'name') === name);
  const bound = childOf(operation, 'operation');
  const style =
    attribute(bound, 'style') || attribute(childOf(port.binding, 'binding'), 'style') || 'document';
  const input = childOf(operation, 'input');
  const message = (direction: string) =>
    named(root, 'message', qualifiedName(childOf(abstract, direction), 'message'));
  const read = (direction: 'input' | 'output', wrapper: string) =>
    readBody(context, {
      body: childOf(childOf(operation, direction), 'body'),
      message: message(direction),
      wrapper: style === 'rpc' ? wrapper : undefined,
    });
  return {
    name,
    action: attribute(bound, 'soapAction'),
    description: childOf(abstract, 'documentation')?.text.slice(0, 5_000) || name,
    headers: childrenOf(input, 'header').flatMap((node) => readHeader(context, node)),
    request: read('input', name),
    reply: read('output', `${name}Response`),
    isEncoded: attribute(childOf(input, 'body'), 'use') === 'encoded',
  };
}

function readHeader({ root, schemas }: Context, header: Node): Field[] {
  const message = named(root, 'message', qualifiedName(header, 'message'));
  const part = childrenOf(message, 'part').find(
    (one) => attribute(one, 'name') === attribute(header, 'part'),
  );
  return part ? readPart(schemas, part) : [];
}

/** In style `rpc`, one element of the operation's name holds the parts; else the parts are the elements. */
function readBody(
  { root, schemas }: Context,
  {
    body,
    message,
    wrapper,
  }: { body: Node | undefined; message: Node | undefined; wrapper: string | undefined },
): Field[] {
  const wanted = attribute(body, 'parts').split(/\s+/).filter(Boolean);
  const parts = childrenOf(message, 'part').filter(
    (part) => wanted.length === 0 || wanted.includes(attribute(part, 'name')),
  );
  if (wrapper === undefined) return parts.slice(0, 1).flatMap((part) => readPart(schemas, part));
  const fields = parts.flatMap((part) =>
    readPart(schemas, part).map((field) => ({ ...field, name: attribute(part, 'name'), namespace: '' })),
  );
  const namespace = attribute(body, 'namespace') || attribute(root, 'targetNamespace');
  return [{ name: wrapper, namespace, type: 'object', required: true, repeated: false, fields }];
}

function readPart(schemas: XmlSchemas, part: Node): Field[] {
  const element = qualifiedName(part, 'element');
  if (element) {
    const found = schemas.element(element);
    if (found) return [found];
    const { name, namespace } = element;
    return [{ name, namespace, type: 'object', required: true, repeated: false, fields: [] }];
  }
  const type = qualifiedName(part, 'type');
  return type ? [schemas.typed(attribute(part, 'name'), type)] : [];
}
