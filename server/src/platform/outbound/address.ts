import ipaddr from 'ipaddr.js';

/**
 * True for an address of the public Internet. Everything else is refused: private, loopback, link-local (with the
 * clouds' metadata service 169.254.169.254), carrier-grade NAT, unique local, multicast, reserved, documentation.
 * IPv6 forms that carry an IPv4 address (mapped, NAT64, 6to4) are refused whatever they carry, except mapped ones,
 * which are judged by the address inside.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(withoutZone(text)); // turns ::ffff:a.b.c.d into IPv4
  if (address.range() !== 'unicast') return false;
  // Global unicast is 2000::/3 (RFC 4291 §2.4, IANA registry); `unicast` of the library is "none of the others".
  return address.kind() === 'ipv4' || address.match(ipaddr.IPv6.parse('2000::'), 3);
}

function withoutZone(text: string): string {
  return text.split('%', 1)[0] ?? text;
}
