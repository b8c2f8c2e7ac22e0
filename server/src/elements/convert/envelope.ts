import type { SoapOperation, Wsdl } from './wsdl.ts';
import type { Field } from './xml-schema.ts';

const envelopes: Record<Wsdl['version'], string> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

/** Where a value of a message comes from. */
export interface Token {
  /** Path in our body, or key of the configuration. */
  name: string;
  field: Field;
  /** A required one inside what is optional is not asked for. */
  required: boolean;
  /** It is of an item of a list, which the hook fills. */
  isListed: boolean;
}

export interface Envelope {
  text: string;
  /** Values of the caller's body. */
  tokens: Token[];
  /** Values of the account. */
  headerTokens: Token[];
}

const headerPrefix = 'soap.header';

/**
 * The text of a message, its values as `{path}`. Comments stand around what may be repeated, and a blank in what has
 * to be there even when it is empty: `fillEnvelope` reads both.
 */
export function writeEnvelope({ headers, request }: SoapOperation, version: Wsdl['version']): Envelope {
  const prefixes = new Map<string, string>();
  const writer = new Writer(prefixes);
  const header = headers.map((field) => writer.write(field, `${headerPrefix}.${field.name}`, false)).join('');
  const headerTokens = writer.tokens.splice(0);
  const body = request.map((field) => writer.writeRoot(field)).join('');
  const declared = [...prefixes].map(([uri, prefix]) => ` xmlns:${prefix}="${escapeXml(uri)}"`).join('');
  const text =
    `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${envelopes[version]}"${declared}>` +
    `<soap:Header> ${header}</soap:Header><soap:Body> ${body}</soap:Body></soap:Envelope>`;
  return { text, tokens: writer.tokens, headerTokens };
}

class Writer {
  readonly tokens: Token[] = [];
  readonly #prefixes: Map<string, string>;
  #lists = 0;

  constructor(prefixes: Map<string, string>) {
    this.#prefixes = prefixes;
  }

  /** The element of the body: its fields are the caller's. */
  writeRoot(field: Field): string {
    const tag = this.#tag(field);
    if (field.type !== 'object') return this.write(field, field.name, true);
    return `<${tag}> ${field.fields.map((one) => this.write(one, one.name, true)).join('')}</${tag}>`;
  }

  write(field: Field, path: string, required: boolean): string {
    const tag = this.#tag(field);
    const isNeeded = required && field.required && !field.repeated;
    if (field.repeated) this.#lists++;
    const inside =
      field.type === 'object'
        ? `${isNeeded ? ' ' : ''}${field.fields.map((one) => this.write(one, `${path}.${one.name}`, isNeeded)).join('')}`
        : this.#token(field, path, isNeeded);
    if (field.repeated) this.#lists--;
    const element = `<${tag}>${inside}</${tag}>`;
    return field.repeated ? `<!--each ${path}-->${element}<!--end ${path}-->` : element;
  }

  #token(field: Field, name: string, required: boolean): string {
    this.tokens.push({ name, field, required, isListed: this.#lists > 0 });
    return `{${name}}`;
  }

  #tag({ name, namespace }: Field): string {
    if (namespace === '') return name;
    const prefix = this.#prefixes.get(namespace) ?? `ns${this.#prefixes.size + 1}`;
    this.#prefixes.set(namespace, prefix);
    return `${prefix}:${name}`;
  }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/**
 * The hook that goes with such a text. It repeats what the caller gave a list for and leaves out what has no value: an
 * empty element is no number and no date. The values themselves are filled in where the definition says so.
 */
export const fillEnvelope = String.raw`const given = (value, path) =>
  path.split('.').reduce((one, name) => (one === null || one === undefined ? undefined : one[name]), value);
const isAbsent = (value) => value === null || value === undefined;
const codes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '{': '&#123;', '}': '&#125;' };
const write = (value) =>
  (typeof value === 'object' ? JSON.stringify(value) : String(value)).replace(/[&<>"{}]/g, (one) => codes[one]);
const fill = (text, prefix, value) =>
  repeat(text, prefix, value).replace(/<([^<>\s]+)>\{([^{}<>]+)\}<\/\1>/g, (whole, tag, path) => {
    if (path.startsWith('soap.header.')) return configuration[path] ? whole : '';
    const found = path + '.' === prefix ? value : given(value, path.slice(prefix.length));
    if (isAbsent(found)) return '';
    return prefix === '' ? whole : '<' + tag + '>' + write(found) + '</' + tag + '>';
  });
const repeat = (text, prefix, value) =>
  text.replace(/<!--each (\S+)-->([\s\S]*?)<!--end \1-->/g, (whole, path, inner) => {
    const found = given(value, path.slice(prefix.length));
    const items = isAbsent(found) ? [] : [].concat(found);
    return items.map((item) => fill(inner, path + '.', item)).join('');
  });
let text = fill(request_vendor_body, '', request_body_map || {});
for (let before = ''; before !== text; ) {
  before = text;
  text = text.replace(/<([^<>\s/]+)><\/\1>/g, '');
}
done({ request_vendor_body: text });
`;
