import { levels } from '@ddp/contracts/points/schemas';

/** Standing from which each level holds, lowest first: 初心, 热心, 暖心, 贴心, 同心. */
const thresholds = [0, 100, 300, 600, 1_000] as const;

export interface Level {
  name: string;
  /** Standing of the next level; null at the highest. */
  nextAt: number | null;
}

/** The level that a standing gives. */
export function levelOf(standing: number): Level {
  const index = Math.max(
    0,
    thresholds.findLastIndex((from) => standing >= from),
  );
  return { name: levels[index] ?? levels[0], nextAt: thresholds[index + 1] ?? null };
}
