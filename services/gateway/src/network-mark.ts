import { createHmac } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { deriveKey, type NamedKey } from '@ddp/auth/keys';

/**
 * A mark of the network that a request comes from (an IPv4 /24, an IPv6 /48), for finding bursts. It
 * is another one each day, and without the key nothing leads from it to an address.
 */
export function createNetworkMarker([key]: readonly NamedKey[]) {
  if (!key) throw new Error('there is no master key');
  const secret = deriveKey(key, 'network-mark');
  return (address: string, day: string): string | null => {
    const prefix = prefixOf(address);
    if (prefix === null) return null;
    return createHmac('sha256', secret).update(`${day} ${prefix}`).digest('base64url').slice(0, 22);
  };
}

export type NetworkMarker = ReturnType<typeof createNetworkMarker>;

/** The part of an address that a household or an office shares; null for what is no address. */
export function prefixOf(address: string): string | null {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return mapped.split('.').slice(0, 3).join('.');
  if (!isIPv6(address)) return null;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array(Math.max(0, 8 - left.length - right.length)).fill('0');
  const groups = tail === undefined ? left : [...left, ...zeros, ...right];
  return groups
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
