/** Fewer verified ratings than this show no mean, so that no single rater can be read out of it. */
export const shownFrom = 5;

/** Weight of the prior: as many ratings of the middle level. */
const priorCount = 5;
const priorMean = 4;

export interface LevelCount {
  level: number;
  count: number;
}

export interface Score {
  count: number;
  mean: number | null;
  margin: number | null;
}

/**
 * Bayesian mean of the levels with the half-width of its 95 % interval, rounded to hundredths; both
 * null below five ratings.
 */
export function scoreOf(counts: readonly LevelCount[]): Score {
  const count = counts.reduce((sum, one) => sum + one.count, 0);
  if (count < shownFrom) return { count, mean: null, margin: null };
  const total = counts.reduce((sum, one) => sum + one.level * one.count, 0);
  const plainMean = total / count;
  const squares = counts.reduce((sum, one) => sum + one.count * (one.level - plainMean) ** 2, 0);
  const deviation = Math.sqrt(squares / (count - 1));
  const mean = (total + priorMean * priorCount) / (count + priorCount);
  return {
    count,
    mean: hundredths(mean),
    margin: hundredths((1.96 * deviation) / Math.sqrt(count)),
  };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
