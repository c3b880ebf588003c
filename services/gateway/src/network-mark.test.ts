import { describe, expect, it } from 'vitest';
import { createNetworkMarker, prefixOf } from './network-mark.ts';

const keys = [{ kid: 'k1', secret: Buffer.alloc(32, 1) }];

describe('the mark of a network', () => {
  it('is one for neighbours and another for anybody else', () => {
    expect(prefixOf('10.1.2.3')).toBe('10.1.2');
    expect(prefixOf('::ffff:10.1.2.3')).toBe('10.1.2');
    expect(prefixOf('2001:db8:1:2::3')).toBe('2001:db8:1');
    expect(prefixOf('2001:0db8:0001:ffff:1:2:3:4')).toBe('2001:db8:1');
    expect(prefixOf('::1')).toBe('0:0:0');
    expect(prefixOf('unknown')).toBeNull();
    const mark = createNetworkMarker(keys);
    expect(mark('10.1.2.3', '2026-11-25')).toBe(mark('10.1.2.99', '2026-11-25'));
    expect(mark('10.1.2.3', '2026-11-25')).not.toBe(mark('10.1.3.3', '2026-11-25'));
  });

  it('is another each day, and says nothing of the address', () => {
    const mark = createNetworkMarker(keys);
    const today = mark('10.1.2.3', '2026-11-25');
    expect(today).not.toBe(mark('10.1.2.3', '2026-11-26'));
    expect(today).not.toContain('10.1');
    expect(mark('unknown', '2026-11-25')).toBeNull();
  });
});
