import { civilDateOf } from '@ddp/calendar/civil-date';
import { importAreas, startProgramme } from '@ddp/contracts/directory/routes';
import { listEntries, submitObjection } from '@ddp/contracts/notices/routes';
import {
  approveAward,
  awardPoints,
  readAward,
  withdrawAward,
} from '@ddp/contracts/points/award-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { joinProgramme, readMyBalance, readMyStatement } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { directoryModule } from '@ddp/directory/module';
import { gatewayModule } from '@ddp/gateway/module';
import { identityModule } from '@ddp/identity/module';
import { noticesModule } from '@ddp/notices/module';
import { pointsModule } from '@ddp/points/module';
import { createHarness, eventually, type Harness } from '@ddp/testing/module-harness';
import { personAs } from '@ddp/testing/principals';
import { afterAll, beforeAll, expect, it } from 'vitest';

const dayMs = 86_400_000;
const areas = [
  { code: '1506', name: '鄂尔多斯市', level: 'city' as const, parentCode: null },
  { code: '150603', name: '康巴什区', level: 'banner' as const, parentCode: '1506' },
];
const modules = [identityModule, directoryModule, pointsModule, noticesModule, gatewayModule];

let house: Harness;
let resident: PersonPrincipal;
let officers: PersonPrincipal[];
beforeAll(async () => {
  // A Monday noon in a week without holidays.
  const startAt = new Date('2026-11-23T04:00:00Z');
  house = await createHarness({ modules, startAt });
  const administrator = personAs('administrator', { areaPaths: ['/'] });
  await house.call(importAreas, { body: { areas } }, administrator);
  const programme = { areaCode: '1506', name: '品德积分' };
  const { id: programmeId } = await house.call(startProgramme, { body: programme }, administrator);
  const areaPaths = ['/1506/150603/'];
  officers = [1, 2].map(() => personAs('banner-officer', { areaPaths, programmeId }));
  resident = personAs('resident', { areaPaths, programmeId });
  await house.call(joinProgramme, { body: { consentVersion } }, resident);
});
afterAll(() => house?.stop());

const propose = async (points: number) => {
  const [proposer = resident, approver = resident] = officers;
  const { personId } = resident;
  const body = { personId, rule: 'good-deed', points, evidence: '冰面救起落水儿童' };
  const { id } = await house.call(awardPoints, { body }, proposer);
  await house.call(approveAward, { params: { id } }, approver);
  await reaches(id, 'published');
  return id;
};
const read = (id: string) => house.call(readAward, { params: { id } }, officers[0] ?? resident);
const reaches = (id: string, state: string) =>
  eventually(async () => (await read(id)).state === state);

/** What anybody sees who opens the board in a browser. */
async function board(): Promise<{ id: string; text: string }[]> {
  const url = `http://house.test/api/notices${listEntries.path}?areaCode=150603`;
  const answer = await house.gatewayFetch(new Request(url));
  return ((await answer.json()) as { items: { id: string; text: string }[] }).items;
}

it('an award is granted when its entry has stood on the board for five working days', async () => {
  const id = await propose(30);
  const award = await read(id);
  expect(award).toMatchObject({ publishedFrom: '2026-11-23', publishedTo: '2026-11-30' });
  const entry = (await board()).find((one) => one.id === id);
  expect(entry?.text).toContain('本社区一位居民因“好人好事”');
  house.clock.setTo(new Date('2026-11-30T15:59:00Z'));
  expect(civilDateOf(house.clock.now())).toBe('2026-11-30');
  expect((await read(id)).state).toBe('published');
  expect(await house.call(readMyBalance, {}, resident)).toMatchObject({ standing: 0, points: 0 });
  house.clock.setTo(new Date('2026-11-30T16:00:30Z'));
  await reaches(id, 'active');
  expect(await house.call(readMyBalance, {}, resident)).toMatchObject({ standing: 30, points: 30 });
  const { items } = await house.call(readMyStatement, {}, resident);
  expect(items[0]).toMatchObject({
    kind: 'award',
    rule: 'good-deed',
    ruleVersion: 1,
    evidence: '冰面救起落水儿童',
    decidedBy: '旗区工作人员',
  });
});

it('an award with an open objection waits for its answer, however long', async () => {
  const id = await propose(20);
  const { areaPaths } = resident;
  const neighbour = personAs('resident', { areaPaths, programmeId: resident.programmeId });
  const objection = { params: { id }, body: { text: '救人的另有其人' } };
  await house.call(submitObjection, objection, neighbour);
  await reaches(id, 'objected');
  house.clock.advanceMs(60 * dayMs);
  await eventually(async () => (await read(id)).state === 'objected');
  expect(await house.call(readMyBalance, {}, resident)).toMatchObject({ standing: 30 });
});

it('an award that staff withdraws leaves the board and is never granted', async () => {
  const id = await propose(25);
  const withdrawal = { params: { id }, body: { reason: '重复提出' } };
  await house.call(withdrawAward, withdrawal, officers[0] ?? resident);
  await eventually(async () => (await board()).every((one) => one.id !== id));
  house.clock.advanceMs(30 * dayMs);
  await eventually(async () => (await read(id)).state === 'withdrawn');
  expect(await house.call(readMyBalance, {}, resident)).toMatchObject({ standing: 30 });
});
