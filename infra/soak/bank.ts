import { openBank, strikeBank } from '../faults/bank.ts';
import { openPointsHouse } from '../faults/points-house.ts';
import { createRandom } from '../faults/random.ts';

/**
 * `npm run soak -- bank [minutes] [seed]`: Jepsen's bank test with its defaults on two processes of
 * the points service, while these and the database are killed at random. Ends with the audit; exit
 * code 1 where something is wrong.
 */
const minutes = Number(process.argv[2] ?? 3);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 32));
if (!(minutes > 0 && minutes <= 24 * 60) || !Number.isSafeInteger(seed)) {
  process.stderr.write('npm run soak -- bank [minutes] [seed]: up to a day, a whole number\n');
  process.exit(2);
}

const house = await openPointsHouse({ processes: 2 });
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => void house.stop().finally(() => process.exit(1)));
}
try {
  const random = createRandom(seed);
  const bank = await openBank(house, random);
  const done = new AbortController();
  const work = bank.work(done.signal);
  const quietMs = { least: 1_000, most: 6_000 };
  const endsAtMs = performance.now() + minutes * 60_000;
  const strikes = await strikeBank(house, { endsAtMs, quietMs, random });
  done.abort();
  await work;
  const wrong = await bank.check();
  const { acknowledged, refused, unknown, reads, failedReads } = bank.history;
  const counts = { acknowledged, refused, unknown };
  const sizes = Object.fromEntries(Object.entries(counts).map(([name, ids]) => [name, ids.size]));
  process.stdout.write(
    `${JSON.stringify({ seed, strikes, ...sizes, reads, failedReads, wrong: wrong.slice(0, 20) })}\n`,
  );
  const isMeant = acknowledged.size > 0 && reads > 0 && strikes.length > 0;
  process.exitCode = wrong.length === 0 && isMeant ? 0 : 1;
} finally {
  await house.stop();
}
