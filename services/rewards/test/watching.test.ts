import { commonProblems } from '@ddp/contracts/problem';
import {
  redemptionHeld,
  redemptionRequested,
  redemptionReserved,
} from '@ddp/contracts/rewards/events';
import * as routes from '@ddp/contracts/rewards/routes';
import type { RedemptionProgress } from '@ddp/contracts/rewards/schemas';
import { eventually } from '@ddp/testing/module-harness';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listProgress } from '../src/operations/read-redemption.ts';
import { watchRedemption } from '../src/operations/watch-redemption.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ isManual: true });
});
afterAll(() => house?.stop());

type Resident = ReturnType<House['newResident']>;

/** The events of a redemption, as they come. */
async function watch(resident: Resident, id: string) {
  const caller = { principal: resident, key: '' };
  const stream = await watchRedemption(house.deps, caller, { params: { id } });
  const told: string[] = [];
  const state = { isOver: false };
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  const read = async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      for (const block of value.split('\n\n')) {
        const [event = '', data = ''] = block.split('\n');
        if (event === 'event: end') told.push('end');
        if (event !== 'event: redemption') continue;
        const shown = JSON.parse(data.replace('data: ', '')) as RedemptionProgress;
        told.push(`${shown.state} ${shown.ahead}`);
      }
    }
    state.isOver = true;
  };
  void read();
  return { told, state, cancel: () => reader.cancel() };
}

async function ask(benefitId: string, resident: Resident): Promise<string> {
  const { id } = await house.call(routes.requestRedemption, { body: { benefitId } }, resident);
  return id;
}

async function bringOn(redemptionId: string): Promise<void> {
  for (const step of [redemptionRequested, redemptionHeld, redemptionReserved]) {
    await house.step(step, { redemptionId });
  }
}

it('a person sees how many are before them, each step, and then the end', async () => {
  const { benefit } = await house.offer();
  const [before, resident] = [house.newResident(), house.newResident()];
  const first = await ask(benefit.id, before);
  const id = await ask(benefit.id, resident);
  expect(await house.read(id, resident)).toMatchObject({ state: 'requested', ahead: 1 });
  const { told, state } = await watch(resident, id);
  await eventually(async () => told.includes('requested 1'));
  await bringOn(first);
  await eventually(async () => told.includes('requested 0'));
  await house.step(redemptionRequested, { redemptionId: id });
  await eventually(async () => told.includes('held null'));
  await house.step(redemptionHeld, { redemptionId: id });
  await eventually(async () => told.includes('reserved null'));
  await house.step(redemptionReserved, { redemptionId: id });
  await eventually(async () => state.isOver);
  expect(told).toEqual([
    ...['requested 1', 'requested 0', 'held null', 'reserved null', 'issued null', 'end'],
  ]);
});

it('what has ended is told at once, and nothing is watched any more', async () => {
  const { benefit } = await house.offer();
  const resident = house.newResident();
  const id = await ask(benefit.id, resident);
  await bringOn(id);
  const { told, state } = await watch(resident, id);
  await eventually(async () => state.isOver);
  expect(told).toEqual(['issued null', 'end']);
});

it('nobody watches what is not their own', async () => {
  const { benefit } = await house.offer();
  const id = await ask(benefit.id, house.newResident());
  await expect(watch(house.newResident(), id)).rejects.toMatchObject({
    definition: { slug: commonProblems.notFound.slug },
  });
  const other = { id, personId: house.newResident().personId };
  expect([...(await listProgress(house.db, [other])).keys()]).toEqual([]);
});

it('one more than may watch is asked to come back, and who goes makes room', async () => {
  const { benefit } = await house.offer();
  const resident = house.newResident();
  const id = await ask(benefit.id, resident);
  const watching = [await watch(resident, id), await watch(resident, id)];
  await expect(watch(resident, id)).rejects.toMatchObject({
    definition: { slug: commonProblems.busy.slug },
    options: { retryAfterSeconds: 2 },
  });
  await watching[0]?.cancel();
  watching.push(await watch(resident, id));
  house.deps.redemptionWatch.stop();
  await eventually(async () => watching.slice(1).every(({ state }) => state.isOver));
});
