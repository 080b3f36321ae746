// Whom tries and commands are counted by, as far as addresses tell people apart.
import { BlockList, isIP } from 'node:net';

export interface Caller {
  /** The person's address, of IPv6 the network of 64 bits which one line is given; null where it may be everybody's. */
  address: string | null;
  /**
   * A proxy on this machine or network, which TRUST_PROXY does not name (or this machine itself, which may hide one): what it
   * says of `address` is hearsay.
   */
  proxy: string | null;
}

const own = new BlockList();
own.addSubnet('127.0.0.0', 8, 'ipv4');
own.addAddress('::1', 'ipv6');
const near = new BlockList();
near.addSubnet('10.0.0.0', 8, 'ipv4');
near.addSubnet('172.16.0.0', 12, 'ipv4');
near.addSubnet('192.168.0.0', 16, 'ipv4');
near.addSubnet('169.254.0.0', 16, 'ipv4');
near.addSubnet('fc00::', 7, 'ipv6');
near.addSubnet('fe80::', 10, 'ipv6');

function isIn(list: BlockList, address: string): boolean {
  const plain = unmapped(address);
  const version = isIP(plain);
  return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
}

/** A name or address of this very machine, as a URL or `Host` header has it. */
export function isOwnHost(hostname: string): boolean {
  const bare = hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || bare.endsWith('.localhost') || isIn(own, bare);
}

/** This machine, or its network: containers, a proxy beside it. */
export function isNearAddress(address: string): boolean {
  return isIn(own, address) || isIn(near, address);
}

/**
 * @param peer who holds the connection
 * @param address whom it speaks for, by what TRUST_PROXY trusts
 * @param forwarded the `X-Forwarded-For` header
 */
export function callerOf(peer: string, address: string, forwarded: string | undefined): Caller {
  const nearest = forwarded?.split(',').at(-1)?.trim() ?? '';
  const isUntold = peer === address && isNearAddress(peer);
  if (isUntold && nearest !== '') return { address: `${toKey(nearest)} behind ${unmapped(peer)}`, proxy: unmapped(peer) };
  if (isUntold && isIn(own, peer)) return { address: null, proxy: unmapped(peer) };
  return { address: toKey(address), proxy: null };
}

const warned = new WeakSet<object>();

/** Once per log: a proxy is there and TRUST_PROXY does not say so. */
export function warnOfProxy(log: { warn(details: object, message: string): void }, { address, proxy }: Caller): void {
  if (proxy === null || address === null || warned.has(log)) return;
  warned.add(log);
  log.warn(
    { proxy },
    'requests come through a proxy that TRUST_PROXY does not name: set TRUST_PROXY=1, or limits cannot tell people apart',
  );
}

/** `::ffff:192.0.2.1`, as sockets for both versions name IPv4. */
function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

/** Whoever is given an IPv6 line has 2^64 addresses of it. */
function toKey(address: string): string {
  const plain = unmapped(address).slice(0, 60);
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail] = plain.replace(/%.*$/, '').split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const after = (tail ?? '').split(':').filter((group) => group !== '');
  const filled =
    tail === undefined ? groups : [...groups, ...Array.from({ length: 8 - groups.length - after.length }, () => '0'), ...after];
  const network = filled.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
