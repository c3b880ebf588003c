import { setTimeout as sleep } from 'node:timers/promises';
import { readMyBalance } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { readRedemption, requestRedemption } from '@ddp/contracts/rewards/routes';
import { mapConcurrently } from '../bench/concurrently.ts';
import { percentileOf } from '../bench/measurement.ts';
import { findBroken } from '../demo/run-audit.ts';
import { openSoldHouse } from '../faults/sold-house.ts';

/**
 * `npm run soak -- hot-stock [buyers] [items]`: many more buyers than there are items ask at the same
 * moment, each three times by one key. As many vouchers as items come of it, one answer a buyer, and
 * nobody else has lost a point; exit code 1 where something is wrong.
 */
const buyers = Number(process.argv[2] ?? 2_000);
const items = Number(process.argv[3] ?? 100);
if (!(buyers >= 1 && buyers <= 100_000) || !(items >= 1 && items < buyers)) {
  process.stderr.write('npm run soak -- hot-stock [buyers] [items, fewer than buyers]\n');
  process.exit(2);
}
const duplicates = 3;
const mostTries = 200;
/** A client that is told to come back waits a little before it does. */
const pauseMs = 250;

const { house, stop, vouchersEach } = await openSoldHouse({ DATABASE_POOL_SIZE: '16' });
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

interface Answer {
  /** Null where the buyer was told that it is sold out. */
  id: string | null;
  ms: number;
}

/** One request until it is answered; what is busy is asked again, by the same key. */
async function ask(benefitId: string, buyer: PersonPrincipal, key: string): Promise<Answer> {
  const startedAt = performance.now();
  for (let tries = 1; ; tries += 1) {
    try {
      const { id } = await house.call(requestRedemption, { body: { benefitId } }, buyer, key);
      return { id, ms: performance.now() - startedAt };
    } catch (error) {
      const { slug } = error as { slug?: string };
      if (slug === 'sold-out') return { id: null, ms: performance.now() - startedAt };
      if (slug !== 'busy' || tries === mostTries) throw error;
      await sleep(pauseMs);
    }
  }
}

/** How a redemption ended: `issued`, or why it failed. */
async function endOf(id: string, buyer: PersonPrincipal): Promise<string> {
  for (;;) {
    const { state, failure } = await house.call(readRedemption, { params: { id } }, buyer);
    if (state === 'issued' || failure !== null) return failure ?? state;
    await sleep(50);
  }
}

/** Points of a buyer once nothing is held for what failed. */
async function pointsOf(buyer: PersonPrincipal, end: string): Promise<number> {
  for (;;) {
    const { points, held } = await house.call(readMyBalance, {}, buyer);
    if (end === 'issued' || held === 0) return points;
    await sleep(50);
  }
}

try {
  const { benefitId } = await house.openCounter(0, items);
  const people = await mapConcurrently([...Array(buyers).keys()], 8, () => house.newResident());
  print({ buyers, items });
  const answers = await Promise.all(
    people.map((buyer) => {
      const key = crypto.randomUUID();
      return Promise.all(Array.from({ length: duplicates }, () => ask(benefitId, buyer, key)));
    }),
  );
  const torn = answers.filter((same) => new Set(same.map(({ id }) => id)).size > 1).length;
  const asked = answers.flatMap(([first], index) => {
    const buyer = people[index];
    return first && buyer ? [{ id: first.id, buyer }] : [];
  });
  const ends = await mapConcurrently(asked, 8, async ({ id, buyer }) => {
    const end = id === null ? 'sold-out' : await endOf(id, buyer);
    const isRight = (await pointsOf(buyer, end)) === vouchersEach - (end === 'issued' ? 1 : 0);
    return { end, isRight };
  });
  const vouchers = ends.filter(({ end }) => end === 'issued').length;
  const soldOut = ends.filter(({ end }) => end === 'sold-out').length;
  const wrongPoints = ends.filter(({ isRight }) => !isRight).length;
  const latencies = Float64Array.from(answers.flat().map(({ ms }) => ms)).sort();
  const broken = findBroken(house.context.environment as NodeJS.ProcessEnv, ['rewards', 'points']);
  const p99Ms = Math.round(percentileOf(latencies, 0.99) ?? 0);
  print({ vouchers, soldOut, torn, wrongPoints, p99Ms, broken });
  const isRight = vouchers === items && soldOut === buyers - items;
  process.exitCode = isRight && torn === 0 && wrongPoints === 0 && broken.length === 0 ? 0 : 1;
} finally {
  await stop();
}
