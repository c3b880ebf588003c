import { percentileOf, type Sample } from '../measurement.ts';

/** Successes a second, with the latencies of all answers in milliseconds. */
export function toSample(
  latenciesMs: number[],
  good: number,
  errors: number,
  seconds: number,
): Sample {
  const sorted = Float64Array.from(latenciesMs).sort();
  return {
    value: good / seconds,
    p50Ms: percentileOf(sorted, 0.5),
    p99Ms: percentileOf(sorted, 0.99),
    errors,
  };
}
