import { entryClosed, entryPosted } from '@ddp/contracts/notices/events';
import { approveAward, listMyAwards, withdrawAward } from '@ddp/contracts/points/award-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { listMyReversals } from '@ddp/contracts/points/reversal-routes';
import { joinProgramme, postHold } from '@ddp/contracts/points/routes';
import { approveRule, draftRule } from '@ddp/contracts/points/rule-routes';
import type { RuleTerms } from '@ddp/contracts/points/rule-schemas';
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
    correct: (version: number, minutes: number, on = today) =>
      house.tell(hoursCorrected, {
        ...of,
        ...{
          version,
          days: daysOf([[on, minutes]]),
          correctedBy,
          correctedByRole: 'banner-officer',
        },
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

describe('hours beyond the thresholds of their rule', () => {
  const terms: RuleTerms = {
    ...{ rule: 'volunteering', basis: 'volunteering', title: { zh: '志愿服务', en: 'Hours' } },
    ...{ leastPoints: 10, mostPoints: 10, options: null, perMinutes: 60, dailyMinutes: 480 },
    ...{ dailyCap: null, monthlyCap: null, programmeMonthPoints: null, isEvidenceWanted: false },
    ...{ approvalFromPoints: 30, publicityFromPoints: 40, publicityDays: 5, maturesAfterHours: 0 },
    ...{ fromOn: '2026-12-20', toOn: null },
  };
  const on = '2026-12-20';
  beforeAll(async () => {
    house.clock.setTo(new Date(`${on}T02:00:00.000Z`));
    const officerOver = () =>
      personAs('banner-officer', {
        areaPaths: ['/1506/150603/'],
        programmeId: house.programmeId,
      });
    const body = { terms, reason: '大额时长先审后公示' };
    const { id } = await house.call(draftRule, { body }, officerOver());
    await house.call(approveRule, { params: { id } }, officerOver());
  });
  const awardsOf = async (resident: PersonPrincipal) => {
    await house.digested();
    const { items } = await house.call(listMyAwards, {}, resident);
    return items.map(({ id, state, amountPoints }) => ({ id, state, amountPoints }));
  };
  const awaitAwards = (resident: PersonPrincipal, count: number) =>
    eventually(async () => {
      const awards = await awardsOf(resident);
      return awards.length >= count ? awards : false;
    });
  const approve = (id: string) => house.call(approveAward, { params: { id } }, house.officer);
  const boardOf = (entryId: string) => ({ entryId, subjectRef: `points-award:${entryId}` });

  it('wait for an officer, those of more for the board too, and are granted then', async () => {
    const [little, more, most] = [await house.joined(), await house.joined(), await house.joined()];
    await hoursOf(little).verify([[on, 120]]);
    await hoursOf(more).verify([[on, 180]]);
    const told = hoursOf(most);
    await told.verify([[on, 240]]);
    await expectPoints(little, 20);
    const [proposed] = await awaitAwards(more, 1);
    const [large] = await awaitAwards(most, 1);
    expect([proposed, large]).toMatchObject([{ state: 'proposed' }, { state: 'proposed' }]);
    expect(await meters(more)).toEqual([0, 0]);
    await approve(proposed?.id ?? '');
    await expectPoints(more, 30);
    await approve(large?.id ?? '');
    expect(await awardsOf(most)).toMatchObject([{ state: 'publishing', amountPoints: 40 }]);
    const entry = boardOf(large?.id ?? '');
    const period = { reference: 'GS2026-000777', fromOn: '2026-12-20', toOn: '2026-12-27' };
    await house.tell(entryPosted, { ...entry, ...period });
    house.clock.advanceMs(9 * day);
    await house.tell(entryClosed, { ...entry, outcome: 'unopposed' });
    await expectPoints(most, 40);
    // Less than what was agreed to needs nobody's word again.
    await told.correct(2, 180, on);
    await eventually(async () => (await house.call(listMyReversals, {}, most)).items.length > 0);
    house.clock.advanceMs(17 * day);
    await expectPoints(most, 30);
    expect(await house.audit()).toEqual([]);
  });

  it('that are corrected before they are decided on are proposed anew, or granted', async () => {
    const resident = await house.joined();
    const hours = hoursOf(resident);
    await hours.verify([[on, 240]]);
    await awaitAwards(resident, 1);
    await hours.correct(2, 180, on);
    const proposed = await awaitAwards(resident, 2);
    expect(proposed.map(({ state, amountPoints }) => [state, amountPoints]).sort()).toEqual([
      ['proposed', 30],
      ['withdrawn', 40],
    ]);
    await hours.correct(3, 60, on);
    await expectPoints(resident, 10);
    expect((await awardsOf(resident)).filter(({ state }) => state === 'proposed')).toEqual([]);
  });

  it('do not pass in parts, and one that was refused is not proposed again', async () => {
    const resident = await house.joined();
    const hours = hoursOf(resident);
    await hours.verify([[on, 120]]);
    await expectPoints(resident, 20);
    await hours.correct(2, 180, on);
    const parts = await awaitAwards(resident, 2);
    const open = parts.find(({ state }) => state === 'proposed');
    expect(open).toMatchObject({ amountPoints: 10 });
    const params = { id: open?.id ?? '' };
    await house.call(withdrawAward, { params, body: { reason: '核对不符' } }, house.officer);
    await hours.correct(3, 170, on);
    await house.digested();
    expect(await meters(resident)).toEqual([20, 20]);
    expect(await house.audit()).toEqual([]);
  });
});

it.each([
  'UPDATE points_volunteering SET target_points = target_points + 1 WHERE version = 1 AND participation_id IS NOT NULL',
  'DELETE FROM points_volunteering_award',
  'UPDATE points_volunteering_day SET minutes = minutes - 1 LIMIT 1',
])('P13 names what is wrong: %s', async (fault) => {
  expect(await house.auditWith(fault)).toContain('P13');
});
