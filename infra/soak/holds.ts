import { raceHolds } from '../faults/hold-races.ts';
import { openPointsHouse } from '../faults/points-house.ts';
import { createRandom } from '../faults/random.ts';

/**
 * `npm run soak -- holds [count] [seed]`: holds for which posting, voiding and the deadline race on
 * two processes of the points service. Each ends once, on the side of its deadline that the time of
 * the database says.
 */
const count = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 32));
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write('npm run soak -- holds [count] [seed]: whole numbers\n');
  process.exit(2);
}

const house = await openPointsHouse({ processes: 2, settings: { DDP_INTERVAL_SCALE: '0.05' } });
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => void house.stop().finally(() => process.exit(1)));
}
try {
  const races = await raceHolds(house, { count, random: createRandom(seed) });
  process.stdout.write(`${JSON.stringify({ seed, ...races })}\n`);
  const isMeant = races.posted > 0 && races.voided > 0 && races.expired > 0;
  process.exitCode = races.wrong.length === 0 && isMeant ? 0 : 1;
} finally {
  await house.stop();
}
