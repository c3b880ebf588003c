import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawOrder, hashList, hashSeed } from './draw-order.ts';

const hex = (length: number) =>
  fc
    .uint8Array({ minLength: length / 2, maxLength: length / 2 })
    .map((bytes) => Buffer.from(bytes).toString('hex'));
const numbers = fc.uniqueArray(hex(16), { minLength: 2, maxLength: 40 });

describe('the order of a draw', () => {
  it('has everybody once, whatever order they are given in', () => {
    const property = fc.property(hex(64), hex(64), numbers, (seed, head, entries) => {
      const order = drawOrder(seed, head, entries);
      expect([...order].sort()).toEqual([...entries].sort());
      expect(drawOrder(seed, head, [...entries].reverse())).toEqual(order);
      expect(hashList([...entries].reverse())).toBe(hashList(entries));
    });
    fc.assert(property);
  });

  it('follows from the seed, the head of the ledger and the list, each of them', () => {
    const entries = Array.from({ length: 30 }, (_, index) => String(index).padStart(16, '0'));
    const property = fc.property(hex(64), hex(64), hex(64), (seed, head, other) => {
      fc.pre(other !== seed && other !== head);
      const order = drawOrder(seed, head, entries);
      expect(drawOrder(other, head, entries)).not.toEqual(order);
      expect(drawOrder(seed, other, entries)).not.toEqual(order);
      expect(hashSeed(other)).not.toBe(hashSeed(seed));
      expect(hashList([...entries, other.slice(0, 16)])).not.toBe(hashList(entries));
      // Who is left keeps their order, so that nobody moves others by leaving the list.
      const without = order.filter((one) => one !== entries[0]);
      expect(drawOrder(seed, head, entries.slice(1))).toEqual(without);
    });
    fc.assert(property);
  });

  it('gives each the same chance', () => {
    const entries = ['a', 'b', 'c', 'd'];
    const firsts = new Map<string, number>();
    for (let round = 0; round < 4_000; round += 1) {
      const seed = round.toString(16).padStart(64, '0');
      const [first = ''] = drawOrder(seed, '00'.repeat(32), entries);
      firsts.set(first, (firsts.get(first) ?? 0) + 1);
    }
    // Five standard deviations around a quarter.
    for (const one of entries) {
      expect(firsts.get(one)).toBeGreaterThan(860);
      expect(firsts.get(one)).toBeLessThan(1_140);
    }
  });
});
