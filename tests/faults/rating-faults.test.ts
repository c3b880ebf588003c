import { submitRating } from '@ddp/contracts/ratings/routes';
import { drawPhone, signInByPhone } from '@ddp/infra/demo/house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { issueWorkerCode } from '@ddp/infra/demo/walk-rating';
import { type FaultHouse, openFaultHouse } from '@ddp/infra/faults/fault-house';
import { findObstacle } from '@ddp/infra/faults/private-engines';
import { insist } from '@ddp/infra/faults/shop';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const obstacle = findObstacle();

/** The tables that a rating is written to, in their order. */
const tables = [
  'ratings_idempotency',
  'ratings_rating',
  'ratings_counter',
  'ratings_pool',
  'ratings_signal',
  'ratings_outbox',
] as const;

let house: FaultHouse;
beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? ''));

const plainly = <T>(_name: string, work: () => Promise<T>): Promise<T> => work();

describe('a rating, with its process killed', { timeout: 90_000 }, () => {
  beforeAll(async () => {
    if (obstacle !== null) return;
    house = await openFaultHouse('mounted');
  });
  afterAll(() => house?.stop());

  const countRatings = async () => {
    const rows = await house.query('SELECT COUNT(*) AS count FROM faults_ratings.ratings_rating');
    return Number(rows[0]?.count);
  };

  it.each(tables)(
    'before %s is written, is there once, counted and told, or not at all',
    async (table) => {
      const suite = house.topology.processes.get('suite');
      if (!suite) throw new Error('no suite is at work');
      const { officer } = house;
      const code = await issueWorkerCode({ house, officer, areaCode, step: plainly });
      const resident = await signInByPhone(house, drawPhone(), { role: 'resident', areaCode });
      const body = { token: code.url.split('/').at(-1) ?? '', level: 4 };
      const key = crypto.randomUUID();
      const rate = () => resident.call(submitRating, { body }, key);
      const before = await countRatings();
      const frozen = await house.freeze(table);
      const started = rate().catch(() => undefined);
      await frozen.caught();
      await suite.kill9();
      await frozen.thaw();
      expect(await countRatings()).toBe(before);
      await suite.restart();
      await started;
      const rating = await insist(rate);
      expect(await insist(rate)).toEqual(rating);
      expect(await countRatings()).toBe(before + 1);
      expect(await house.audit()).toEqual([]);
    },
  );
});
