import { createPost, importAreas, startProgramme } from '@ddp/contracts/directory/routes';
import { createHouseClient, type HouseClient } from '@ddp/contracts/house-client';
import {
  changePassword,
  createStaff,
  readMe,
  signInByPassword,
} from '@ddp/contracts/identity/routes';
import { setVoucherSettings } from '@ddp/contracts/rewards/voucher-routes';
import { until } from './step.ts';

/** The community in which the people of a prepared house live. */
export const areaCode = '150603003001';
const areas = [
  { code: '1506', name: '鄂尔多斯市', level: 'city' as const, parentCode: null },
  { code: '150603', name: '康巴什区', level: 'banner' as const, parentCode: '1506' },
  { code: '150603003', name: '滨河街道', level: 'township' as const, parentCode: '150603' },
  { code: areaCode, name: '示范社区', level: 'community' as const, parentCode: '150603003' },
];
/** Of every account of staff in a prepared house, the administrator's too. */
export const password = 'a-long-test-password';

const staff = [
  ['officer', '高娃'],
  ['officer2', '其木格'],
  ['officer3', '斯琴'],
] as const;

/** From nothing to officers over the city, by the administrator whose password was told once. */
export async function prepareHouse(url: string, oneTimePassword: string): Promise<HouseClient[]> {
  const administrator = createHouseClient(url);
  const login = 'admin';
  await administrator.call(signInByPassword, { body: { login, password: oneTimePassword } });
  const change = { currentPassword: oneTimePassword, newPassword: password };
  await administrator.call(changePassword, { body: change });
  await administrator.call(importAreas, { body: { areas } });
  await administrator.call(startProgramme, { body: { areaCode: '1506', name: '品德积分' } });
  const officers: HouseClient[] = [];
  for (const [login, name] of staff) {
    officers.push(await addOfficer(url, administrator, login, name));
  }
  // Nobody waits ten minutes to see points spent.
  await officers[0]?.call(setVoucherSettings, { body: { undoMinutes: 0 } });
  return officers;
}

/** An account over the whole city that has signed in. */
async function addOfficer(
  url: string,
  administrator: HouseClient,
  login: string,
  name: string,
): Promise<HouseClient> {
  const created = await administrator.call(createStaff, { body: { login, name } });
  const post = { personId: created.personId, role: 'city-officer' as const, unitId: null };
  const dated = { ...post, areaCode: '1506', fromOn: '2020-01-01', toOn: null };
  await administrator.call(createPost, { body: dated });
  const officer = createHouseClient(url);
  const oneTime = created.oneTimePassword;
  await officer.call(signInByPassword, { body: { login, password: oneTime } });
  const own = { currentPassword: oneTime, newPassword: password };
  await officer.call(changePassword, { body: own });
  await until('the authority of the officer', async () => {
    await officer.call(signInByPassword, { body: { login, password } });
    const me = await officer.call(readMe, {});
    return me.role === 'city-officer' && me.programmeId !== null ? true : null;
  });
  return officer;
}
