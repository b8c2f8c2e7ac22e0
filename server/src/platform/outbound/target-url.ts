import { OutboundError } from './errors.ts';

/** Parses and judges the URL of a call. The parser also unmasks addresses such as `2130706433` or `0x7f.1`. */
export function toTargetUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base);
  if (!url) throw new OutboundError('invalid-url', 'The address of the call is not a valid URL.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new OutboundError(
      'invalid-url',
      `Only http and https can be called, not ${url.protocol.slice(0, -1)}.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new OutboundError('invalid-url', `The URL of the call to ${url.host} must not hold credentials.`);
  }
  return url;
}
