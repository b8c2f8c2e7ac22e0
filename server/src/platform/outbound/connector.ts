import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isPublicAddress } from './address.ts';
import { OutboundError } from './errors.ts';

interface ConnectorOptions {
  isAllowed: (hostname: string, port: number) => boolean;
  timeoutMs: number;
}

/**
 * Opens connections, and only to public addresses. The check sits in the name lookup of the connection itself:
 * the address that was checked is the one that is connected to, so a name that changes its answer gains nothing.
 */
export function createConnector({ isAllowed, timeoutMs }: ConnectorOptions): buildConnector.connector {
  const anywhere = buildConnector({ timeout: timeoutMs, allowH2: false });
  // `lookup` is handed on to net.connect; undici's types leave it out.
  const publicOnly = buildConnector({ timeout: timeoutMs, allowH2: false, lookup: lookupPublic } as object);
  return (options, callback) => {
    const hostname = options.hostname.replace(/^\[|\]$/g, '');
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    if (isAllowed(hostname, port)) return anywhere(options, callback);
    // A literal address is never looked up.
    if (isIP(hostname) !== 0 && !isPublicAddress(hostname)) return callback(refused(hostname), null);
    return publicOnly(options, callback);
  };
}

const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, [], 0);
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(refused(hostname), [], 0);
    }
    const [first] = addresses;
    return options.all ? callback(null, addresses) : callback(null, first?.address ?? '', first?.family ?? 0);
  });
};

/** Tells the name only: what an internal name resolves to is not the caller's to learn. */
function refused(hostname: string): OutboundError {
  return new OutboundError(
    'refused-address',
    `Calls to ${hostname} are refused: it is not an address of the public Internet, and the operator has not allowed it.`,
  );
}
