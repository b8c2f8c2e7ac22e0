import { getPath } from '#kernel/path';

/** Where providers put the sentence that says what went wrong, the more telling first. */
const places = [
  'error_description',
  'error.message',
  'errors[0].message',
  'errors[0].detail',
  'message',
  'errorMessage',
  'moreInformation',
  'detail',
  'title',
  'httpMessage',
  'error',
  'errors[0]',
  'reason',
];

const limit = 1000;

/** What a provider's error reply says, in its own words, at most 1,000 characters; undefined when it says nothing. */
export function readProviderMessage(body: unknown, text: string): string | undefined {
  if (typeof body === 'object' && body !== null) {
    const fault = readSoapFault(body);
    if (fault) return fault.slice(0, limit);
    for (const place of places) {
      const found = getPath(body, place);
      if (typeof found === 'string' && found.trim() !== '') return found.slice(0, limit);
    }
  }
  const plain = /^\s*</.test(text) ? text.replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ') : text;
  return plain.replace(/\s+/g, ' ').trim().slice(0, limit) || undefined;
}

/** What a SOAP fault says (SOAP 1.1 §4.4, 1.2 §5.4); prefixes are the provider's choice. */
export function readSoapFault(body: object): string | undefined {
  const child = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).find(([key]) => key.replace(/^.*:/, '') === name)?.[1]
      : undefined;
  const fault = child(child(child(body, 'Envelope'), 'Body'), 'Fault');
  const reason = child(fault, 'faultstring') ?? child(child(fault, 'Reason'), 'Text');
  const text =
    typeof reason === 'object' && reason !== null ? (reason as Record<string, unknown>)['$'] : reason;
  return typeof text === 'string' && text !== '' ? text : undefined;
}
