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
import type { PostRole } from '@ddp/contracts/directory/schemas';
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
import { joinProgramme, readStatement } from '@ddp/contracts/points/routes';
import { consentVersion } from '@ddp/contracts/points/schemas';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { createMerchant, listMerchants } from '@ddp/contracts/rewards/routes';
import { directoryModule } from '@ddp/directory/module';
import { gatewayModule } from '@ddp/gateway/module';
import { identityModule } from '@ddp/identity/module';
import { noticesModule } from '@ddp/notices/module';
import { pointsModule } from '@ddp/points/module';
import { rewardsModule } from '@ddp/rewards/module';
import { createHarness, eventually, type Harness } from '@ddp/testing/module-harness';
import { anonymous, personAs, serviceAs } from '@ddp/testing/principals';
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
  ...[rewardsModule, noticesModule, gatewayModule],
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

const appoint = (personId: string, role: PostRole, areaCode: string) =>
  house.call(
    createPost,
    { body: { personId, role, areaCode, unitId: null, fromOn: '2026-01-01', toOn: null } },
    city,
  );

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

it('a township goes to another banner with its people, codes, authority and merchants', async () => {
  const unit = { name: '滨河社工室', kind: 'room' as const, areaCode: '150603001001' };
  const { id: unitId } = await house.call(createUnit, { body: unit }, city);
  const register = (name: string) =>
    house.call(
      registerPerson,
      { body: { name, phone: null, areaCode: '150603001001', consent: 'signed' as const } },
      city,
    );
  const worker = await register('萨仁');
  const subject = { kind: 'worker' as const, name: '萨仁', unitId, personId: worker.id };
  const { id: subjectId } = await house.call(
    createSubject,
    { body: { ...subject, areaCode: '150603001001' } },
    city,
  );
  const holder = await newStaff('officer.one');
  const post = await appoint(holder.personId, 'community-officer', '150603001');
  const standIn = await newStaff('officer.two');
  const period = { fromOn: '2026-01-02', toOn: '2036-01-01', reason: '援派' };
  const body = { personId: standIn.personId, ...period };
  await house.call(appointSubstitute, { params: { id: post.id }, body }, city);
  const code = await eventually(() =>
    house.call(issueCode, { body: { subjectId, place: '' } }, city).catch(() => null),
  );
  const token = code.url.split('/').at(-1) ?? '';
  const resident = await register('乌兰');
  const asResident = personAs('resident', {
    personId: resident.id,
    areaPaths: [oldPath],
    programmeId,
  });
  await house.call(joinProgramme, { body: { consentVersion } }, asResident);
  const shop = {
    name: '草原奶茶馆',
    areaCode: '150603001001',
    ownerName: '图雅',
    ownerPhone: '13812345678',
  };
  await eventually(() => house.call(createMerchant, { body: shop }, city).catch(() => null));

  for (const one of [holder, standIn]) await one.signInOver('/1506/150603/150603001/');
  const decision = { newParentCode: '150602', reason: '内政发〔2026〕1 号' };
  await house.call(moveArea, { params: { code: '150603001' }, body: decision }, administrator);

  // Authority follows within the event, of the officer and of who stands in.
  for (const { client } of [holder, standIn]) {
    await eventually(async () => (await scopeOf(client)).includes('/1506/150602/150603001/'));
  }
  // So do the scan page, the codes that each banner sees, homes, merchants and those who take part.
  const scan = await house.call(readScan, { params: { token } }, anonymous);
  expect(scan.subject).toMatchObject({
    name: '萨仁',
    unitName: '滨河社工室',
    areaName: '滨河社区',
  });
  const codesOf = async (banner: string) =>
    (await house.call(listCodes, {}, inBanner(banner))).items.map(({ id }) => id);
  await eventually(async () => (await codesOf('150602')).includes(code.id));
  expect(await codesOf('150603')).toEqual([]);
  const person = { params: { id: resident.id } };
  await eventually(
    async () => (await house.call(readPerson, person, serviceAs('points'))).areaPath === newPath,
  );
  const shopsOf = async (banner: string) =>
    (await house.call(listMerchants, {}, inBanner(banner))).items.length;
  await eventually(async () => (await shopsOf('150602')) === 1);
  expect(await shopsOf('150603')).toBe(0);
  const statement = { params: { id: resident.id } };
  await eventually(() =>
    house.call(readStatement, statement, inBanner('150602')).catch(() => null),
  );
  await expect(house.call(readStatement, statement, inBanner('150603'))).rejects.toMatchObject({
    slug: 'not-found',
  });
  const deed = { personId: resident.id, rule: 'mediation', evidence: '调解楼道纠纷' };
  await house.call(awardPoints, { body: deed }, inBanner('150602'));

  const { items } = await house.call(
    readAreaHistory,
    { params: { code: '150603001001' } },
    anonymous,
  );
  expect(items).toMatchObject([{ areaPath: oldPath, change: 'moved', reason: decision.reason }]);
  await settle();
});

it('a community goes on in another: its printed code still names its worker', async () => {
  const person = await house.call(
    registerPerson,
    { body: { name: '图雅', phone: null, areaCode: '150603001002', consent: 'signed' as const } },
    city,
  );
  const subject = { kind: 'worker' as const, name: '图雅', unitId: null, personId: person.id };
  const { id: subjectId } = await house.call(
    createSubject,
    { body: { ...subject, areaCode: '150603001002' } },
    city,
  );
  const code = await eventually(() =>
    house.call(issueCode, { body: { subjectId, place: '' } }, city).catch(() => null),
  );
  const body = { intoCode: '150603001001', reason: '社区合并' };
  await house.call(mergeArea, { params: { code: '150603001002' }, body }, administrator);
  const token = code.url.split('/').at(-1) ?? '';
  const scan = () => house.call(readScan, { params: { token } }, anonymous);
  await eventually(async () => (await scan()).subject.areaName === '滨河社区');
  // Who gives the old code is at home where it went on.
  const late = await house.call(
    registerPerson,
    { body: { name: '娜仁', phone: null, areaCode: '150603001002', consent: 'signed' as const } },
    city,
  );
  expect(late.areaPath).toBe(newPath);
  await settle();
});
