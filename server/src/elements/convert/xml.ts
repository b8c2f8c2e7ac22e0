import { XMLParser } from 'fast-xml-parser';
import { notConvertible } from '../errors.ts';

/** An element of a document whose names are qualified. */
export interface Node {
  /** Without its prefix. */
  name: string;
  namespace: string;
  attributes: ReadonlyMap<string, string>;
  children: Node[];
  text: string;
  /** Prefixes that are known here, with their namespaces; '' is the default. */
  prefixes: ReadonlyMap<string, string>;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: false,
  maxNestedTags: 200,
});

type Parsed = Record<string, unknown>;

/** @throws 400 when it cannot be read, or declares entities of its own: they are how a small document becomes a huge one. */
export function parseXml(text: string): Node {
  if (/<!(ENTITY|DOCTYPE)/i.test(text)) throw notConvertible('the XML declares entities');
  let parsed: Parsed[];
  try {
    parsed = parser.parse(text.replace(/^\uFEFF/, ''), true) as Parsed[];
  } catch (error) {
    throw notConvertible(`it is no XML: ${(error as Error).message}`);
  }
  const [root] = parsed.flatMap((one) => toNode(one, new Map()) ?? []);
  if (!root) throw notConvertible('the XML has no root element');
  return root;
}

function toNode(parsed: Parsed, above: ReadonlyMap<string, string>): Node | undefined {
  const tag = Object.keys(parsed).find((key) => key !== ':@' && !key.startsWith('#'));
  if (tag === undefined) return undefined;
  const stated = Object.entries((parsed[':@'] ?? {}) as Record<string, unknown>);
  const own = stated.flatMap(([name, value]): [string, string][] => {
    if (name === 'xmlns') return [['', String(value)]];
    return name.startsWith('xmlns:') ? [[name.slice('xmlns:'.length), String(value)]] : [];
  });
  const prefixes = own.length > 0 ? new Map([...above, ...own]) : above;
  const [prefix, name] = split(tag);
  const content = Array.isArray(parsed[tag]) ? (parsed[tag] as Parsed[]) : [];
  return {
    name,
    namespace: prefixes.get(prefix) ?? '',
    attributes: new Map(stated.map(([key, value]) => [split(key)[1], String(value)])),
    children: content.flatMap((one) => toNode(one, prefixes) ?? []),
    text: content
      .map((one) => (typeof one['#text'] === 'string' ? one['#text'] : ''))
      .join('')
      .trim(),
    prefixes,
  };
}

/** Prefix and name; the prefix is empty where there is none. */
function split(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

export function attribute(node: Node | undefined, name: string): string {
  return node?.attributes.get(name) ?? '';
}

export function childrenOf(node: Node | undefined, name: string): Node[] {
  return node?.children.filter((child) => child.name === name) ?? [];
}

export function childOf(node: Node | undefined, name: string): Node | undefined {
  return node?.children.find((child) => child.name === name);
}

/** A name with the namespace that it is in. */
export interface QualifiedName {
  namespace: string;
  name: string;
}

/** What an attribute such as `type="tns:Pet"` names; undefined when it is not there. */
export function qualifiedName(node: Node | undefined, name: string): QualifiedName | undefined {
  const value = attribute(node, name);
  if (!node || value === '') return undefined;
  const [prefix, local] = split(value);
  return { namespace: node.prefixes.get(prefix) ?? '', name: local };
}

/** One text for a qualified name. */
export function keyOfName({ namespace, name }: QualifiedName): string {
  return `{${namespace}}${name}`;
}
