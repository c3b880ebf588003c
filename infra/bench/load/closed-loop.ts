import type { Sample } from '../measurement.ts';
import { toSample } from './to-sample.ts';

/** Repeats each piece of work, one at a time, until the time is over; a throw is an error. */
export async function measureClosedLoop(
  durationMs: number,
  works: readonly (() => Promise<void>)[],
): Promise<Sample> {
  const latencies: number[] = [];
  let good = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + durationMs;
  const repeat = async (work: () => Promise<void>) => {
    for (let now = performance.now(); now < endsAt; ) {
      const isGood = await work().then(
        () => true,
        (error: unknown) => {
          if (latencies.length === good) process.stderr.write(`the first error: ${error}\n`);
          return false;
        },
      );
      const then = performance.now();
      latencies.push(then - now);
      if (isGood) good += 1;
      now = then;
    }
  };
  await Promise.all(works.map(repeat));
  const seconds = (performance.now() - startedAt) / 1_000;
  return toSample(latencies, good, latencies.length - good, seconds);
}
