import { personErased } from '@ddp/contracts/identity/events';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import {
  assistJoining,
  joinProgramme,
  leaveProgramme,
  readMyBalance,
  voidHold,
} from '@ddp/contracts/points/routes';
import { newId } from '@ddp/db-kit/ids';
import { eventually } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.stop());

const whoIs = "SELECT 1 FROM points_participation WHERE person_id = UNHEX(REPLACE(?, '-', ''))";
const leaving = { body: { confirm: 'LEAVE' as const } };

describe('joining with help', () => {
  const consent = { kind: 'spoken' as const, words: '本人口述', on: '2026-11-10' };
  const help = (personId: string, by = house.officer, key = newId()) =>
    house.call(assistJoining, { body: { personId, consent, consentVersion } }, by, key);

  it('takes somebody without a phone in, once, by staff of where they live', async () => {
    const elder = personAs('resident', { programmeId: house.programmeId });
    const { personId } = elder;
    house.homes.set(personId, '/1506/150603/150603003/');
    const key = newId();
    const joined = await help(personId, house.officer, key);
    expect(await help(personId, house.officer, key)).toEqual(joined);
    expect((await house.balance(elder)).points).toBe(0);
    await house.enrich(elder);
    expect((await house.balance(elder)).points).toBe(20);
    await expect(help(personId)).rejects.toMatchObject({ slug: 'joined-already' });
    const [audit] = await house.sql(
      `SELECT detail FROM points_audit WHERE action = 'assist-joining' AND object_id = ?`,
      personId,
    );
    expect(JSON.parse(String(audit?.detail))).toMatchObject({ consent: 'spoken', on: consent.on });
  });

  it('is refused for who lives elsewhere or nowhere, for oneself, and to who is no staff', async () => {
    const away = newId();
    house.homes.set(away, '/1506/150602/');
    for (const personId of [away, newId()]) {
      await expect(help(personId)).rejects.toMatchObject({ slug: 'not-found' });
    }
    await expect(help(house.officer.personId)).rejects.toMatchObject({ slug: 'forbidden' });
    const resident = personAs('resident', { programmeId: house.programmeId });
    await expect(help(away, resident)).rejects.toMatchObject({ slug: 'forbidden' });
  });
});

describe('joining', () => {
  it('opens both meters at nothing, once for one key however often it is sent', async () => {
    const resident = personAs('resident', {
      areaPaths: ['/1506/150603/'],
      programmeId: house.programmeId,
    });
    const key = newId();
    const join = () => house.call(joinProgramme, { body: { consentVersion } }, resident, key);
    const answers = await Promise.all(Array.from({ length: 20 }, join));
    expect(new Set(answers.map((one) => one.joinedAt)).size).toBe(1);
    expect(await house.balance(resident)).toEqual({
      standing: 0,
      points: 0,
      held: 0,
      maturing: 0,
      lots: [],
      level: { zh: '初心', en: 'Beginner' },
      levelUntil: null,
      nextLevelAt: 100,
    });
    await expect(
      house.call(joinProgramme, { body: { consentVersion } }, resident),
    ).rejects.toMatchObject({ slug: 'joined-already' });
  });

  it('is refused where no programme is in force, and nobody who did not join has a balance', async () => {
    const stranger = personAs('resident', { areaPaths: ['/1506/'] });
    await expect(
      house.call(joinProgramme, { body: { consentVersion } }, stranger),
    ).rejects.toMatchObject({ document: { status: 409 } });
    const resident = personAs('resident', { programmeId: house.programmeId });
    await expect(house.call(readMyBalance, {}, resident)).rejects.toMatchObject({
      slug: 'not-participating',
    });
  });
});

describe('leaving', () => {
  it('lets unspent points lapse, keeps the standing, and coming back finds it', async () => {
    const resident = await house.joined();
    await house.enrich(resident);
    await house.call(leaveProgramme, leaving, resident);
    await expect(house.balance(resident)).rejects.toMatchObject({ slug: 'not-participating' });
    const body = { personId: resident.personId, rule: 'meeting' as const, evidence: '议事会签到' };
    await expect(house.call(awardPoints, { body }, house.officer)).rejects.toMatchObject({
      slug: 'not-participating',
    });
    await house.call(joinProgramme, { body: { consentVersion } }, resident);
    expect(await house.balance(resident)).toMatchObject({ standing: 20, points: 0 });
    expect(await house.kinds(resident)).toEqual(['leaving', 'award']);
    expect(await house.audit()).toEqual([]);
  });

  it('lets points lapse that a redemption gives back afterwards', async () => {
    const resident = await house.joined();
    await house.enrich(resident);
    const { id } = await house.hold(resident, 8);
    await house.call(leaveProgramme, leaving, resident);
    await house.call(voidHold, { params: { id } }, house.rewards);
    await house.call(joinProgramme, { body: { consentVersion } }, resident);
    expect(await house.balance(resident)).toMatchObject({ standing: 20, points: 0, held: 0 });
    expect(await house.kinds(resident)).toEqual(['leaving', 'return', 'leaving', 'hold', 'award']);
    expect(await house.audit()).toEqual([]);
  });
});

describe('erasure', () => {
  it('cuts every tie to the person and leaves every total as it was', async () => {
    const resident = await house.joined();
    const { personId } = resident;
    await house.enrich(resident);
    const totals = () =>
      house.sql(
        'SELECT unit, SUM(credits_posted - debits_posted) AS total FROM ' +
          'points_ledger_account WHERE code IN (3, 4, 11, 12, 13) GROUP BY unit ORDER BY unit',
      );
    const before = await totals();
    await house.tell(personErased, { personId });
    await eventually(async () => (await house.sql(whoIs, personId)).length === 0);
    expect(await totals()).toEqual(before);
    const awards = await house.sql('SELECT evidence FROM points_award ORDER BY id DESC LIMIT 1');
    expect(awards).toEqual([{ evidence: null }]);
    const scope = `person:${personId}`;
    expect(await house.sql('SELECT 1 FROM points_idempotency WHERE scope = ?', scope)).toEqual([]);
    expect(await house.audit()).toEqual([]);
  });

  it('is not followed by a joining that was under way', async () => {
    const resident = await house.joined();
    const { personId } = resident;
    await house.tell(personErased, { personId });
    await eventually(async () => (await house.sql(whoIs, personId)).length === 0);
    await expect(
      house.call(joinProgramme, { body: { consentVersion } }, resident),
    ).rejects.toMatchObject({ document: { status: 404 } });
    expect(await house.sql(whoIs, personId)).toEqual([]);
  });

  it('takes an officer out of the awards they gave', async () => {
    const officer = personAs('community-officer', {
      areaPaths: ['/1506/'],
      programmeId: house.programmeId,
    });
    const resident = await house.joined();
    const body = { personId: resident.personId, rule: 'meeting' as const, evidence: '议事会签到' };
    await house.call(awardPoints, { body }, officer);
    await house.tell(personErased, { personId: officer.personId });
    const by = "SELECT 1 FROM points_award WHERE awarded_by = UNHEX(REPLACE(?, '-', ''))";
    await eventually(async () => (await house.sql(by, officer.personId)).length === 0);
    expect(await house.audit()).toEqual([]);
  });
});
