import { checkFlood, floodPoints } from '@ddp/infra/faults/flood';
import { openPointsHouse, type PointsHouse } from '@ddp/infra/faults/points-house';
import { findObstacle } from '@ddp/infra/faults/private-engines';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

const obstacle = findObstacle();
const mostGrowthMib = 150;

let house: PointsHouse;
beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? ''));
beforeAll(async () => {
  if (obstacle !== null) return;
  const settings = { LEDGER_GROUP_MAX: '1', LEDGER_QUEUE_MAX: '200' };
  house = await openPointsHouse({ processes: 1, settings });
});
afterAll(() => house?.stop());

it('ten times the load that it can serve: refused in time, in bounded memory, and over when it is over', async () => {
  const history = await floodPoints(house, { perSecond: 3_000, seconds: 6 });
  expect(history.busy).toBeGreaterThan(0);
  expect(history.acknowledged.size).toBeGreaterThan(0);
  expect(history.residentMib.most - history.residentMib.before).toBeLessThan(mostGrowthMib);
  expect(await checkFlood(house, history)).toEqual([]);
}, 90_000);
