import { listMyReversals } from '@ddp/contracts/points/reversal-routes';
import { joinProgramme, postHold } from '@ddp/contracts/points/routes';
import { consentVersion } from '@ddp/contracts/points/schemas';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { hoursCorrected, hoursVerified } from '@ddp/contracts/volunteering/events';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({}, { startAt: new Date('2026-11-02T02:00:00.000Z') });
});
afterAll(async () => {
  try {
    expect(await house.audit()).toEqual([]);
  } finally {
    await house.stop();
  }
});

const day = 86_400_000;
const today = '2026-11-02';
const correctedBy = newId();

/** Hours of a person, told in any version. */
function hoursOf({ personId }: PersonPrincipal, hoursId = newId()) {
  const { programmeId } = house;
  const of = { hoursId, programmeId, personId };
  const daysOf = (minutes: number | [string, number][]) =>
    (typeof minutes === 'number' ? [[today, minutes] as const] : minutes).map(([on, served]) => ({
      on,
      minutes: served,
    }));
  return {
    verify: (minutes: number | [string, number][]) =>
      house.tell(hoursVerified, { ...of, version: 1, days: daysOf(minutes) }),
    correct: (version: number, minutes: number) =>
      house.tell(hoursCorrected, {
        ...of,
        ...{ version, days: daysOf(minutes), correctedBy, correctedByRole: 'banner-officer' },
      }),
  };
}

const expectPoints = (resident: PersonPrincipal, points: number) =>
  eventually(async () => (await house.balance(resident)).points === points);
const meters = async (resident: PersonPrincipal) => {
  await house.digested();
  const { points, standing } = await house.balance(resident);
  return [points, standing];
};

describe('verified hours', () => {
  it('earn ten points an hour, rounded down once a shift, also over midnight', async () => {
    const resident = await house.joined();
    await hoursOf(resident).verify([
      ['2026-10-31', 95],
      ['2026-11-01', 25],
    ]);
    await expectPoints(resident, 20);
    await hoursOf(resident).verify(59);
    await expectPoints(resident, 29);
    await hoursOf(resident).verify(5);
    expect(await meters(resident)).toEqual([29, 29]);
  });

  it('earn for eight hours of a day at the most, over all shifts', async () => {
    const resident = await house.joined();
    await hoursOf(resident).verify(300);
    await hoursOf(resident).verify(300);
    await expectPoints(resident, 80);
    await hoursOf(resident).verify(60);
    expect(await meters(resident)).toEqual([80, 80]);
  });

  it('of who took no part when they were verified earn nothing, also when corrected', async () => {
    const stranger = personAs('resident', { programmeId: house.programmeId });
    const hours = hoursOf(stranger);
    await hours.verify(120);
    await house.digested();
    await house.call(joinProgramme, { body: { consentVersion } }, stranger);
    await hours.correct(2, 240);
    expect(await meters(stranger)).toEqual([0, 0]);
  });
});

describe('corrected hours', () => {
  it('earn what is more, in whatever order it is told', async () => {
    const resident = await house.joined();
    const hours = hoursOf(resident);
    await hours.correct(3, 180);
    await expectPoints(resident, 30);
    await hours.verify(60);
    await hours.correct(2, 120);
    expect(await meters(resident)).toEqual([30, 30]);
    await hours.correct(4, 240);
    await expectPoints(resident, 40);
  });

  it('lose what is too much by notice, and the difference alone, also once it is spent', async () => {
    const [saver, spender] = [await house.joined(), await house.joined()];
    for (const one of [saver, spender]) {
      const hours = hoursOf(one);
      await hours.verify(120);
      await expectPoints(one, 20);
      if (one === spender) {
        const { id } = await house.hold(one, 20);
        await house.call(postHold, { params: { id } }, house.rewards);
      }
      await hours.correct(2, 60);
      await eventually(async () => (await house.call(listMyReversals, {}, one)).items.length > 0);
    }
    expect(await meters(saver)).toEqual([20, 20]);
    expect(await house.audit()).toEqual([]);
    house.clock.advanceMs(17 * day);
    await eventually(async () => (await house.balance(saver)).standing === 10);
    await eventually(async () => (await house.balance(spender)).standing === 10);
    expect(await meters(saver)).toEqual([10, 10]);
    expect(await meters(spender)).toEqual([0, 10]);
  });

  it('that were right after all keep what they earned', async () => {
    const resident = await house.joined();
    const hours = hoursOf(resident);
    await hours.verify(120);
    await expectPoints(resident, 20);
    await hours.correct(2, 30);
    await house.digested();
    await hours.correct(3, 120);
    await eventually(async () => {
      const { items } = await house.call(listMyReversals, {}, resident);
      return items[0]?.state === 'lifted';
    });
    house.clock.advanceMs(17 * day);
    expect(await meters(resident)).toEqual([20, 20]);
  });
});

it.each([
  'UPDATE points_volunteering SET target_points = target_points + 1 WHERE version = 1 AND participation_id IS NOT NULL',
  'DELETE FROM points_volunteering_award',
  'UPDATE points_volunteering_day SET minutes = minutes - 1 LIMIT 1',
])('P13 names what is wrong: %s', async (fault) => {
  expect(await house.auditWith(fault)).toContain('P13');
});
