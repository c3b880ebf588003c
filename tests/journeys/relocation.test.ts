import { codesModule } from '@ddp/codes/module';
import { issueCode, listCodes, readScan } from '@ddp/contracts/codes/routes';
import { appointSubstitute } from '@ddp/contracts/directory/post-routes';
import {
  listRelocations,
  mergeArea,
  moveArea,
  readAreaHistory,
} from '@ddp/contracts/directory/relocation-routes';
import {
  createPost,
  createSubject,
  createUnit,
  importAreas,
  startProgramme,
} from '@ddp/contracts/directory/routes';
import { createHouseClient, type HouseClient } from '@ddp/contracts/house-client';
import {
  changePassword,
  createStaff,
  readMe,
  readPerson,
  registerPerson,
  signInByPassword,
} from '@ddp/contracts/identity/routes';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { joinProgramme, readStatement } from '@ddp/contracts/points/routes';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { createMerchant, listMerchants } from '@ddp/contracts/rewards/routes';
import { directoryModule } from '@ddp/directory/module';
import { gatewayModule } from '@ddp/gateway/module';
import { identityModule } from '@ddp/identity/module';
import { noticesModule } from '@ddp/notices/module';
import { pointsModule } from '@ddp/points/module';
import { ratingsModule } from '@ddp/ratings/module';
import { rewardsModule } from '@ddp/rewards/module';
import { createHarness, eventually, type Harness } from '@ddp/testing/module-harness';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
import { volunteeringModule } from '@ddp/volunteering/module';
import { afterAll, beforeAll, expect, it } from 'vitest';

const areas = [
  { code: '1506', name: '鄂尔多斯市', level: 'city' as const, parentCode: null },
  { code: '150602', name: '东胜区', level: 'banner' as const, parentCode: '1506' },
  { code: '150603', name: '康巴什区', level: 'banner' as const, parentCode: '1506' },
  { code: '150602001', name: '交通街道', level: 'township' as const, parentCode: '150602' },
  { code: '150603001', name: '滨河街道', level: 'township' as const, parentCode: '150603' },
  { code: '150603001001', name: '滨河社区', level: 'community' as const, parentCode: '150603001' },
  { code: '150603001002', name: '景观社区', level: 'community' as const, parentCode: '150603001' },
];
const oldPath = '/1506/150603/150603001/150603001001/';
const newPath = '/1506/150602/150603001/150603001001/';
const modules = [
  ...[identityModule, directoryModule, codesModule, pointsModule],
  ...[ratingsModule, rewardsModule, volunteeringModule, noticesModule, gatewayModule],
];

let house: Harness;
let programmeId: string;
let administrator: PersonPrincipal;
let city: PersonPrincipal;
const inBanner = (code: string) =>
  personAs('banner-officer', { areaPaths: [`/1506/${code}/`], programmeId });

beforeAll(async () => {
  house = await createHarness({ modules });
  administrator = personAs('administrator', { areaPaths: ['/'] });
  await house.call(importAreas, { body: { areas } }, administrator);
  const body = { areaCode: '1506', name: '品德积分' };
  programmeId = (await house.call(startProgramme, { body }, administrator)).id;
  city = personAs('city-officer', { areaPaths: ['/1506/'], programmeId });
});
afterAll(() => house?.stop());

/** An account of staff that has signed in through the gateway, and its person. */
async function newStaff(login: string) {
  const body = { login, name: '白音' };
  const { personId, oneTimePassword } = await house.call(createStaff, { body }, administrator);
  const client = createHouseClient('http://house.test', (request) => house.gatewayFetch(request));
  await client.call(signInByPassword, { body: { login, password: oneTimePassword } });
  const change = { currentPassword: oneTimePassword, newPassword: 'a-long-password' };
  await client.call(changePassword, { body: change });
  /** Sessions begin in the strongest role that is known by then. */
  const signInOver = (path: string) =>
    eventually(async () => {
      await client.call(signInByPassword, { body: { login, password: 'a-long-password' } });
      return (await scopeOf(client)).includes(path);
    });
  return { client, personId, signInOver };
}

/** What a session may do at this moment, as the gateway is told. */
async function scopeOf(client: HouseClient): Promise<string[]> {
  return (await client.call(readMe, {})).areaPaths;
}

async function settle(): Promise<void> {
  const state = async () => (await house.call(listRelocations, {}, city)).items[0]?.state;
  await eventually(async () => (await state()) === 'settling');
  house.clock.advanceMs(61_000);
  await eventually(async () => (await state()) === 'done');
}

const register = (name: string, areaCode: string) =>
  house.call(
    registerPerson,
    { body: { name, phone: null, areaCode, consent: 'signed' as const } },
    city,
  );

/** A worker with a printed code. */
async function hire(name: string, areaCode: string, unitId: string | null) {
  const { id: personId } = await register(name, areaCode);
  const subject = { kind: 'worker' as const, name, unitId, areaCode, personId };
  const { id: subjectId } = await house.call(createSubject, { body: subject }, city);
  const code = await eventually(() =>
    house.call(issueCode, { body: { subjectId, place: '' } }, city).catch(() => null),
  );
  const token = code.url.split('/').at(-1) ?? '';
  const scan = async () => (await house.call(readScan, { params: { token } }, anonymous)).subject;
  return { codeId: code.id, scan };
}

/** An officer over the township, and somebody who stands in. */
async function appointOfficers() {
  const holder = await newStaff('officer.one');
  const standIn = await newStaff('officer.two');
  const held = { personId: holder.personId, role: 'community-officer' as const, unitId: null };
  const dated = { ...held, areaCode: '150603001', fromOn: '2026-01-01', toOn: null };
  const post = await house.call(createPost, { body: dated }, city);
  const period = { fromOn: '2026-01-02', toOn: '2036-01-01', reason: '援派' };
  const body = { personId: standIn.personId, ...period };
  await house.call(appointSubstitute, { params: { id: post.id }, body }, city);
  for (const one of [holder, standIn]) await one.signInOver('/1506/150603/150603001/');
  return [holder.client, standIn.client];
}

/** A resident of the community who takes part, and a shop. */
async function settleIn(areaCode: string) {
  const resident = await register('乌兰', areaCode);
  const at = { personId: resident.id, areaPaths: [oldPath], programmeId };
  const principal = personAs('resident', at);
  await house.call(joinProgramme, { body: { consentVersion } }, principal);
  const owner = { ownerName: '图雅', ownerPhone: '13812345678' };
  const shop = { body: { name: '草原奶茶馆', areaCode, ...owner } };
  await eventually(() => house.call(createMerchant, shop, city).catch(() => null));
  return resident.id;
}

it('a township goes to another banner with its people, codes, authority and merchants', async () => {
  const unit = { name: '滨河社工室', kind: 'room' as const, areaCode: '150603001001' };
  const { id: unitId } = await house.call(createUnit, { body: unit }, city);
  const { codeId, scan } = await hire('萨仁', '150603001001', unitId);
  const clients = await appointOfficers();
  const id = await settleIn('150603001001');
  const body = { newParentCode: '150602', reason: '内政发〔2026〕1 号' };
  await house.call(moveArea, { params: { code: '150603001' }, body }, administrator);

  // Authority follows within the event, of the officer and of who stands in.
  for (const client of clients) {
    await eventually(async () => (await scopeOf(client)).includes('/1506/150602/150603001/'));
  }
  // So do the scan page, the codes that each banner sees, homes, merchants and those who take part.
  const shown = { name: '萨仁', unitName: '滨河社工室', areaName: '滨河社区' };
  expect(await scan()).toMatchObject(shown);
  const codesOf = async (banner: string) =>
    (await house.call(listCodes, {}, inBanner(banner))).items.map((code) => code.id);
  await eventually(async () => (await codesOf('150602')).includes(codeId));
  expect(await codesOf('150603')).toEqual([]);
  const person = { params: { id } };
  const points = serviceAs('points');
  await eventually(async () => (await house.call(readPerson, person, points)).areaPath === newPath);
  const shopsOf = async (banner: string) =>
    (await house.call(listMerchants, {}, inBanner(banner))).items.length;
  await eventually(async () => (await shopsOf('150602')) === 1);
  expect(await shopsOf('150603')).toBe(0);
  const statementFor = (banner: string) => house.call(readStatement, person, inBanner(banner));
  await eventually(() => statementFor('150602').catch(() => null));
  await expect(statementFor('150603')).rejects.toMatchObject({ slug: 'not-found' });
  const deed = { personId: id, rule: 'mediation', evidence: '调解楼道纠纷' };
  await house.call(awardPoints, { body: deed }, inBanner('150602'));

  const params = { code: '150603001001' };
  const { items } = await house.call(readAreaHistory, { params }, anonymous);
  expect(items).toMatchObject([{ areaPath: oldPath, change: 'moved', reason: body.reason }]);
  await settle();
});

it('a community goes on in another: its printed code still names its worker', async () => {
  const { scan } = await hire('图雅', '150603001002', null);
  const body = { intoCode: '150603001001', reason: '社区合并' };
  await house.call(mergeArea, { params: { code: '150603001002' }, body }, administrator);
  await eventually(async () => (await scan()).areaName === '滨河社区');
  // Who gives the old code is at home where it went on.
  expect((await register('娜仁', '150603001002')).areaPath).toBe(newPath);
  await settle();
});
