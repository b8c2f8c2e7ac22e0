import { describe, expect, test } from 'vitest';
import { isPublicAddress } from './address.ts';
import { createAllowedHosts } from './allowed-hosts.ts';
import { toTargetUrl } from './target-url.ts';

describe('an address', () => {
  test.each([
    ['8.8.8.8'],
    ['93.184.216.34'],
    ['2606:4700:4700::1111'],
    ['::ffff:8.8.8.8'],
    ['100.63.255.255'],
    ['172.32.0.1'],
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['0.0.0.0', 'this host'],
    ['0.1.2.3', 'this network'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['192.168.1.1', 'private'],
    ['169.254.169.254', 'metadata service'],
    ['100.64.0.1', 'carrier-grade NAT'],
    ['100.127.255.255', 'carrier-grade NAT'],
    ['192.0.0.8', 'protocol assignments'],
    ['192.0.2.1', 'documentation'],
    ['198.18.0.1', 'benchmarks'],
    ['198.51.100.7', 'documentation'],
    ['203.0.113.7', 'documentation'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with a zone'],
    ['fc00::1', 'unique local'],
    ['fd12:3456::1', 'unique local'],
    ['fec0::1', 'old site-local'],
    ['ff02::1', 'multicast'],
    ['::ffff:127.0.0.1', 'mapped loopback'],
    ['::ffff:a9fe:a9fe', 'mapped metadata service'],
    ['::127.0.0.1', 'compatible loopback'],
    ['64:ff9b::7f00:1', 'NAT64'],
    ['64:ff9b:1::7f00:1', 'local NAT64'],
    ['2002:7f00:1::', '6to4'],
    ['2001:0:7f00:1::', 'Teredo'],
    ['2001:db8::1', 'documentation'],
    ['100::1', 'discard'],
    ['4000::1', 'not yet assigned'],
    ['', 'nothing'],
    ['example.com', 'a name'],
  ])('%s is not public: %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a URL', () => {
  test.each([
    ['http://2130706433/', '127.0.0.1'],
    ['http://0x7f000001/', '127.0.0.1'],
    ['http://0177.0.0.1/', '127.0.0.1'],
    ['http://127.1/', '127.0.0.1'],
    ['http://127.0.0.1./', '127.0.0.1'],
    ['http://①②⑦.0.0.1/', '127.0.0.1'],
    ['http://[::ffff:127.0.0.1]/', '[::ffff:7f00:1]'],
  ])('%s is unmasked as %s', (url, hostname) => {
    expect(toTargetUrl(url).hostname).toBe(hostname);
    expect(isPublicAddress(hostname.replace(/[[\]]/g, ''))).toBe(false);
  });

  test.each([
    ['nonsense'],
    ['/relative'],
    ['http://'],
    ['file:///etc/passwd'],
    ['ftp://example.com/'],
    ['http://user:hunter2@example.com/'],
    ['http://user@example.com/'],
    ['http://256.256.256.256/'],
  ])('%s is not called', (url) => {
    expect(() => toTargetUrl(url)).toThrow(expect.objectContaining({ kind: 'invalid-url' }));
    expect(() => toTargetUrl(url)).not.toThrow(/hunter2/);
  });
});

describe('the allowed hosts', () => {
  const allowed = createAllowedHosts(['Simulator.local', '127.0.0.1:8080', '[::1]:9000', 'fd00::5', ' ']);
  test.each([
    ['simulator.local', 80, true],
    ['SIMULATOR.local.', 4321, true],
    ['127.0.0.1', 8080, true],
    ['127.0.0.1', 8081, false],
    ['::1', 9000, true],
    ['::1', 9001, false],
    ['fd00::5', 443, true],
    ['evil-simulator.local', 80, false],
    ['', 80, false],
  ])('%s at port %i: %s', (hostname, port, expected) => {
    expect(allowed(hostname, port)).toBe(expected);
  });
});
