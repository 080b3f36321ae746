import { describe, expect, it } from 'vitest';
import { callerOf, isNearAddress, isOwnHost } from '../../server/caller.ts';

describe('whom tries and commands are counted by', () => {
  it.each([
    ['a person’s own address', '203.0.113.9', '203.0.113.9', undefined, '203.0.113.9', null],
    ['one that a named proxy told', '10.0.0.2', '203.0.113.9', '203.0.113.9', '203.0.113.9', null],
    ['IPv4 as sockets for both versions write it', '::ffff:203.0.113.9', '::ffff:203.0.113.9', undefined, '203.0.113.9', null],
    ['of IPv6 the network of one line', '2001:db8:a:b:1:2:3:4', '2001:db8:a:b:1:2:3:4', undefined, '2001:db8:a:b::/64', null],
    ['the same network, abbreviated', '2001:db8:a:b::9', '2001:db8:a:b::9', undefined, '2001:db8:a:b::/64', null],
    ['a network with zeros in it', '2001:db8::9', '2001:db8::9', undefined, '2001:db8:0:0::/64', null],
    ['what a stranger writes into the header is nothing', '203.0.113.9', '203.0.113.9', '198.51.100.1', '203.0.113.9', null],
    [
      'a proxy on this machine nobody named',
      '127.0.0.1',
      '127.0.0.1',
      '1.1.1.1, 198.51.100.1',
      '198.51.100.1 behind 127.0.0.1',
      '127.0.0.1',
    ],
    ['a proxy in a container beside it', '172.18.0.5', '172.18.0.5', '198.51.100.1', '198.51.100.1 behind 172.18.0.5', '172.18.0.5'],
    ['this machine is nobody’s own address', '::1', '::1', undefined, null, '::1'],
    ['a colleague in the same network', '192.168.1.7', '192.168.1.7', undefined, '192.168.1.7', null],
  ] as const)('%s', (_, peer, address, forwarded, counted, proxy) => {
    expect(callerOf(peer, address, forwarded)).toEqual({ address: counted, proxy });
  });
});

describe('what is this machine', () => {
  it.each(['localhost', 'LOCALHOST', 'foyer.localhost', '127.0.0.1', '127.8.9.1', '[::1]', '::1', '::ffff:127.0.0.1'])('%s is', (host) => {
    expect(isOwnHost(host)).toBe(true);
  });

  it.each(['chat.example.com', 'localhost.example.com', '127.0.0.1.example.com', '10.0.0.1', '', '128.0.0.1'])('%s is not', (host) => {
    expect(isOwnHost(host)).toBe(false);
  });

  it('its network is near, the rest of the world is not', () => {
    expect(['10.1.2.3', '172.31.0.1', '192.168.0.1', 'fd00::1', 'fe80::1', '127.0.0.1', '::1'].filter((a) => !isNearAddress(a))).toEqual(
      [],
    );
    expect(['172.32.0.1', '8.8.8.8', '2001:db8::1', '', 'x'].filter(isNearAddress)).toEqual([]);
  });
});
