import { mapConcurrently } from '../bench/concurrently.ts';
import { findBroken, listFindings } from '../demo/run-audit.ts';
import { openSoldHouse } from '../faults/sold-house.ts';

/**
 * `npm run soak -- settlement [vouchers] [merchants]`: so many vouchers are redeemed and verified by
 * the services' own routes, the clock goes on to the end of the month, and the job settles it.
 * Every statement must be what was sold, and equal the ledger to the point and to the cent; exit
 * code 1 where something is wrong.
 */
const vouchers = Number(process.argv[2] ?? 20_000);
const merchants = Number(process.argv[3] ?? 12);
if (!Number.isSafeInteger(vouchers) || !(merchants >= 1 && merchants <= 100) || vouchers < 1) {
  process.stderr.write('npm run soak -- settlement [vouchers] [merchants, at most 100]\n');
  process.exit(2);
}
/** Residents at the same time; each asks again and again until the jobs made the voucher. */
const atOnce = 8;

const { house, stop, unitValueCents, vouchersEach } = await openSoldHouse({
  DATABASE_POOL_SIZE: '16',
  DDP_INTERVAL_SCALE: '0.2',
});
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const env = house.context.environment as NodeJS.ProcessEnv;
const startedAt = performance.now();
const seconds = () => Math.round((performance.now() - startedAt) / 100) / 10;

try {
  const counters: Awaited<ReturnType<typeof house.openCounter>>[] = [];
  for (let index = 0; index < merchants; index += 1) {
    counters.push(await house.openCounter(index, Math.ceil(vouchers / merchants)));
  }
  const people = Array.from({ length: Math.ceil(vouchers / vouchersEach) }, (_one, at) => at);
  let sold = 0;
  await mapConcurrently(people, atOnce, async (person) => {
    const resident = await house.newResident();
    for (let one = 0; one < vouchersEach; one += 1) {
      const number = person * vouchersEach + one;
      const counter = counters[number % merchants];
      if (number >= vouchers || !counter) return;
      await house.sell(counter, resident);
      sold += 1;
      if (sold % 1_000 === 0) print({ sold, seconds: seconds() });
    }
  });
  house.clock.setTo(new Date('2026-11-30T16:31:00Z'));
  const closedAt = performance.now();
  const statements = await house.statementsOf('2026-11', 600_000);
  const settledMs = Math.round(performance.now() - closedAt);
  const pointsSold = statements.flatMap(({ payers }) => payers.map(({ points }) => points));
  const points = pointsSold.reduce((sum, one) => sum + one, 0);
  const finding = listFindings(env, ['rewards', 'points']).find((line) => line.includes('"S6'));
  const { first } = JSON.parse(finding ?? '{}') as { first?: Record<string, number> };
  const wrong = findBroken(env, ['rewards', 'points']);
  const expected = { lines: vouchers, points: vouchers, cents: vouchers * unitValueCents };
  const isEqual = Object.entries(expected).every(([name, value]) => first?.[name] === value);
  print({ statements: statements.length, vouchers, points, settledMs, ledger: first, wrong });
  process.exitCode = wrong.length === 0 && isEqual && points === vouchers ? 0 : 1;
} finally {
  await stop();
}
