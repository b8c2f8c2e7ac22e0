import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { parseJson } from '#kernel/json';

/**
 * XML as definitions know it: elements become fields with their prefixes (`soap:Envelope`), attributes fields behind `@`,
 * the text of an element with attributes the field `$`; what is repeated becomes a list. Text that is a number or
 * true or false becomes one; digits are never lost.
 */
const shape = { attributeNamePrefix: '@', textNodeName: '$', ignoreAttributes: false } as const;

const parser = new XMLParser({
  ...shape,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
  tagValueProcessor: (_name, value) => toScalar(value),
});

const builder = new XMLBuilder({ ...shape, suppressEmptyNode: false });

/**
 * @throws when it cannot be read, or declares entities of its own: they are how a small document becomes a huge one.
 */
export function parseXml(text: string): unknown {
  if (/<!ENTITY/i.test(text)) throw new Error('the XML declares entities');
  return parser.parse(text.replace(/^\uFEFF/, ''), true) as unknown;
}

/** The way back: one field is the root element. */
export function writeXml(value: object): string {
  return String(builder.build(value));
}

function toScalar(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) ? parseJson(text) : text;
}

export function isXml(contentType: string): boolean {
  return /[/+]xml\b/i.test(contentType) && !contentType.startsWith('image/');
}
