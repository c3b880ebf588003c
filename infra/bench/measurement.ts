/** What one round of a subject or of its reference gave. */
export interface Sample {
  /** In the unit of the bench. */
  value: number;
  /** Latencies of single requests; null where none is made. */
  p50Ms: number | null;
  p99Ms: number | null;
  errors: number;
}

/** One line of `npm run bench`. A higher `ratio` is better, also for durations. */
export interface Measurement {
  bench: string;
  value: number;
  unit: string;
  /** Measured in the same run, in the same unit. */
  reference: number;
  /** `limit`: what could be reached at best. `baseline`: what the plain way reaches. */
  kind: 'limit' | 'baseline';
  ratio: number;
  p50Ms: number | null;
  p99Ms: number | null;
  referenceP99Ms: number | null;
  errors: number;
}

/** Which of two values in this unit is the better one. */
export type Better = 'higher' | 'lower';

export interface BenchTitle {
  name: string;
  unit: string;
  kind: 'limit' | 'baseline';
  better: Better;
}

/** The middle value; the mean of the two middle ones where there are two. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The value below which this share of the values lies. */
export function percentileOf(sorted: ArrayLike<number>, share: number): number {
  const index = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1);
  return sorted.length === 0 ? Number.NaN : (sorted[Math.max(0, index)] ?? Number.NaN);
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

function medianOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : round(medianOf(known));
}

function sumErrors(samples: readonly Sample[]): number {
  return samples.reduce((sum, { errors }) => sum + errors, 0);
}

/** Medians over the rounds; errors of subject and reference are added up, never left out. */
export function conclude(
  title: BenchTitle,
  subject: readonly Sample[],
  reference: readonly Sample[],
): Measurement {
  const value = medianOf(subject.map((sample) => sample.value));
  const against = medianOf(reference.map((sample) => sample.value));
  return {
    bench: title.name,
    value: round(value),
    unit: title.unit,
    reference: round(against),
    kind: title.kind,
    ratio: round(title.better === 'higher' ? value / against : against / value),
    p50Ms: medianOfKnown(subject.map((sample) => sample.p50Ms)),
    p99Ms: medianOfKnown(subject.map((sample) => sample.p99Ms)),
    referenceP99Ms: medianOfKnown(reference.map((sample) => sample.p99Ms)),
    errors: sumErrors(subject) + sumErrors(reference),
  };
}

/**
 * Runs subject and reference in turn, and the other way round in every second round, so that a
 * machine that grows slower or faster meanwhile favours neither.
 */
export async function interleave(
  rounds: number,
  subject: () => Promise<Sample>,
  reference: () => Promise<Sample>,
): Promise<{ subject: Sample[]; reference: Sample[] }> {
  const samples: { subject: Sample[]; reference: Sample[] } = { subject: [], reference: [] };
  for (let turn = 0; turn < rounds; turn += 1) {
    if (turn % 2 === 0) samples.subject.push(await subject());
    samples.reference.push(await reference());
    if (turn % 2 === 1) samples.subject.push(await subject());
  }
  return samples;
}
