import { civilDateOf } from '@ddp/calendar/civil-date';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { leaveProgramme, postHold } from '@ddp/contracts/points/routes';
import { settingsSchema } from '@ddp/contracts/points/settings';
import { setSettings } from '@ddp/contracts/points/settings-routes';
import { readSolvency } from '@ddp/contracts/points/solvency-routes';
import { fundingChanged } from '@ddp/contracts/rewards/events';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await house?.stop();
});

const solvency = () => house.call(readSolvency, {}, house.officer);
const today = () => civilDateOf(house.clock.now());

function fund(fundedPoints: number, version = 1, benefitId = newId(), of = house.programmeId) {
  return house.tell(fundingChanged, { benefitId, programmeId: of, fundedPoints, version });
}

async function setBrake(brakeAtPercent: number | null) {
  const officer = personAs('city-officer', {
    areaPaths: ['/1506/'],
    programmeId: house.programmeId,
  });
  const body = { fromOn: today(), settings: settingsSchema.parse({ brakeAtPercent }) };
  await house.call(setSettings, { body }, officer);
}

describe('solvency', () => {
  it('is what people hold and have not spent, counted by hand, what waits apart', async () => {
    expect(await solvency()).toEqual({
      ...{ outstandingPoints: 0, maturingPoints: 0, fundedPoints: 0, percent: null },
      ...{ brakeAtPercent: null, isBraked: false },
    });
    const [first, second, leaver] = [
      await house.joined(),
      await house.joined(),
      await house.joined(),
    ];
    await house.enrich(first, 2);
    await house.enrich(second);
    await house.enrich(leaver);
    await house.rated(second, today());
    await house.digested();
    const spent = await house.hold(first, 15);
    await house.call(postHold, { params: { id: spent.id } }, house.rewards);
    await house.hold(first, 5);
    await house.call(leaveProgramme, { body: { confirm: 'LEAVE' } }, leaver);
    await fund(120);
    await fund(30);
    await house.digested();
    // 40 + 20 + 20 by staff, 15 spent, 20 lapsed; what is held is still to be paid out.
    expect(await solvency()).toMatchObject({
      ...{ outstandingPoints: 45, maturingPoints: 1, fundedPoints: 150, percent: 30 },
    });
    house.clock.advanceMs(25 * 3_600_000);
    await eventually(async () => (await house.balance(second)).points === 21);
    expect(await solvency()).toMatchObject({ outstandingPoints: 46, maturingPoints: 0 });
  });

  it('keeps the latest of what a benefit could pay out, in whatever order it is told', async () => {
    const benefitId = newId();
    await fund(80, 3, benefitId);
    await house.digested();
    await fund(100, 1, benefitId);
    await fund(90, 2, benefitId);
    await fund(500, 1, newId(), newId());
    await house.digested();
    expect(await house.letters()).toBe(0);
    expect(await solvency()).toMatchObject({ fundedPoints: 80 });
    await fund(0, 4, benefitId);
    await house.digested();
    expect(await solvency()).toMatchObject({ fundedPoints: 0 });
  });

  it('is shown to staff of the programme and to nobody else', async () => {
    const resident = await house.joined();
    await expect(house.call(readSolvency, {}, resident)).rejects.toMatchObject({
      slug: 'forbidden',
    });
    await fund(70);
    await house.digested();
    const elsewhere = personAs('auditor', { programmeId: newId() });
    expect(await house.call(readSolvency, {}, elsewhere)).toMatchObject({ fundedPoints: 0 });
  });
});

describe('the brake', () => {
  it('is off unless it is set', async () => {
    await house.enrich(await house.joined());
    expect(await solvency()).toMatchObject({ outstandingPoints: 20, isBraked: false });
    await house.enrich(await house.joined());
  });

  it('refuses new awards by staff until more is funded, and never what earns by itself', async () => {
    const resident = await house.joined();
    const benefitId = newId();
    await setBrake(100);
    await fund(20, 1, benefitId);
    await house.digested();
    const key = newId();
    const body = { personId: resident.personId, rule: 'mediation', evidence: '调解楼道纠纷' };
    const give = () => house.call(awardPoints, { body }, house.officer, key);
    const given = await give();
    expect(await solvency()).toMatchObject({ percent: 100, isBraked: false });
    const more = await house.joined();
    await house.enrich(more);
    expect(await solvency()).toMatchObject({ percent: 200, isBraked: true, brakeAtPercent: 100 });
    await expect(house.enrich(more)).rejects.toMatchObject({
      slug: 'grants-braked',
      document: { status: 409 },
    });
    // What was granted before keeps its answer.
    expect(await give()).toEqual(given);
    await house.rated(more, today());
    await house.digested();
    expect(await house.balance(more)).toMatchObject({ standing: 21, maturing: 1 });
    await fund(40, 2, benefitId);
    await house.digested();
    await house.enrich(more);
    expect(await house.balance(more)).toMatchObject({ standing: 41 });
    expect(await house.audit()).toEqual([]);
  });

  it('holds from the day on which it is set, and lets go on the day it is unset', async () => {
    const resident = await house.joined();
    await house.enrich(resident);
    await setBrake(50);
    await expect(house.enrich(resident)).rejects.toMatchObject({ slug: 'grants-braked' });
    await setBrake(null);
    await house.enrich(resident);
  });
});
