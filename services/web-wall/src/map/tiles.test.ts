import { describe, expect, it } from 'vitest';
import { layTiles } from './tiles.ts';

const partsOf = (count: number) =>
  Array.from({ length: count }, (_none, index) => ({ code: `1506${index}`, name: `区${index}` }));

function centreOf(ring: readonly number[][]): [number, number] {
  const corners = ring.slice(0, 6);
  const mean = (at: number) => corners.reduce((sum, one) => sum + (one[at] ?? 0), 0) / 6;
  return [mean(0), mean(1)];
}

describe.each([1, 2, 5, 9, 30])('%i tiles', (count) => {
  it('are one for each area, closed, and lie apart', () => {
    const { features } = layTiles(partsOf(count));
    expect(features.map(({ properties }) => properties)).toEqual(partsOf(count));
    const centres = features.map(({ geometry }) => {
      const [ring = []] = geometry.coordinates as number[][][];
      expect(ring).toHaveLength(7);
      expect(ring[6]).toEqual(ring[0]);
      return centreOf(ring);
    });
    for (const [index, [x, y]] of centres.entries()) {
      for (const [otherX, otherY] of centres.slice(index + 1)) {
        expect(Math.hypot(x - otherX, y - otherY)).toBeGreaterThan(0.99);
      }
    }
  });
});
