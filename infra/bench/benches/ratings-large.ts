import { join } from 'node:path';
import { paths } from '../../bootstrap/paths.mjs';
import { listFindings } from '../../demo/run-audit.ts';
import type { Bench, BenchContext } from '../context.ts';
import { type Load, runLoad } from '../load/load.ts';
import { conclude, interleave, type Measurement, type Sample } from '../measurement.ts';
import { loadedSubjectId, loadRatings } from '../prepare/load-ratings.ts';
import { openRatings } from '../prepare/open-ratings.ts';

const folder = join(paths.root, 'infra', 'bench', 'traffic');
const subjects = 5_000;
const sizes = { small: 10_000, large: 10_000_000 };
const title = { unit: 'ms', kind: 'baseline', better: 'lower' } as const;
/** Reads come first: the writes of the others are still being flushed after them. */
const loads = [
  { name: 'large.rating.score', connections: 32, traffic: 'scores.ts' },
  { name: 'large.rating.list', connections: 8, traffic: 'rating-lists.ts' },
  { name: 'large.rating.submit', connections: 64, traffic: 'ratings.ts', okStatuses: [201] },
];

async function openLoaded(context: BenchContext, count: number) {
  const opened = await openRatings(context, 100);
  const { areaPath } = opened.config;
  const { say } = context;
  await loadRatings(opened.schemaUrl, { count, subjects, areaPath, say });
  const broken = listFindings(opened.env, ['ratings']).filter((line) =>
    line.includes('"holds":false'),
  );
  if (broken.length > 0) throw new Error(`the loaded ratings are broken: ${broken.join('\n')}`);
  say(`the ${count} ratings are clean`);
  const subjectIds = Array.from({ length: subjects }, (_none, index) => loadedSubjectId(index));
  return { url: opened.url, config: { ...opened.config, subjectIds } };
}

/**
 * The same loads on ten million ratings and on ten thousand, in turn. Value and reference are the 99th
 * percentile; it may grow by a half.
 */
export const bench: Bench = {
  name: 'ratings.large',
  isLarge: true,
  async run(context) {
    const { pace } = context;
    const small = await openLoaded(context, sizes.small);
    const large = await openLoaded(context, sizes.large);
    const measurements: Measurement[] = [];
    for (const { name, traffic, ...how } of loads) {
      const loadOf = ({ url, config }: typeof small): Load => ({
        ...{ url, durationMs: pace.roundMs, traffic: join(folder, traffic), config },
        ...how,
      });
      for (const each of [small, large]) {
        await runLoad({ ...loadOf(each), durationMs: pace.warmUpMs });
      }
      const slowest = (sample: Sample): Sample => ({
        ...sample,
        value: sample.p99Ms ?? Number.NaN,
      });
      const { subject, reference } = await interleave(
        pace.rounds,
        async () => slowest(await runLoad(loadOf(large))),
        async () => slowest(await runLoad(loadOf(small))),
      );
      measurements.push(conclude({ ...title, name }, subject, reference));
    }
    return measurements;
  },
};
