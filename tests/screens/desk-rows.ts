import type { HouseClient } from '@ddp/contracts/house-client';
import { readMe } from '@ddp/contracts/identity/routes';
import { decideMenuItem, proposeMenuItem } from '@ddp/contracts/volunteering/menu-routes';
import {
  arriveAtOrder,
  finishOrder,
  listMyOrders,
  objectToOrder,
  placeOrder,
  takeOrder,
} from '@ddp/contracts/volunteering/order-routes';
import { setVolunteeringSettings } from '@ddp/contracts/volunteering/settings-routes';
import { createTeam } from '@ddp/contracts/volunteering/team-routes';
import { readMyProfile, saveMyProfile } from '@ddp/contracts/volunteering/volunteer-routes';
import { drawPhone, signInByPhone } from '@ddp/infra/demo/house';
import type { OpenedHouse } from '@ddp/infra/demo/open-house';
import { writeWorkbook } from '@ddp/paper/spreadsheet/write-workbook';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { dialogOf, openDesk, press, see } from './desk.ts';

export interface Services {
  /** Of a volunteer who is in no team. */
  number: string;
  /** Ends the service at the door, which whoever ordered it then objects to. */
  object(): Promise<void>;
}

/** A team with one service on offer and one proposed, and a volunteer of it at the door. */
export async function openServices(
  house: OpenedHouse,
  areaCode: string,
  resident: HouseClient,
): Promise<Services> {
  const [officer, approver] = house.officers;
  if (!officer || !approver) throw new Error('a menu needs two officers');
  // Whatever is served is asked about.
  await officer.call(setVolunteeringSettings, { body: { samplePercent: 100 } });
  const newVolunteer = async () => {
    const client = await signInByPhone(house, drawPhone(), { role: 'resident', areaCode });
    await client.call(saveMyProfile, { body: { birthMonth: '1990-05' } });
    return client;
  };
  const [leader, newcomer] = [await newVolunteer(), await newVolunteer()];
  const { personId } = await leader.call(readMe, {});
  const team = { name: '暖心服务队', areaCode, leaderId: personId };
  const { id: teamId } = await officer.call(createTeam, { body: team });
  const propose = (title: string) =>
    leader.call(proposeMenuItem, { body: { teamId, title, words: '自带工具', minutes: 30 } });
  const { id: itemId } = await propose('陪同就医');
  await propose('家电检修');
  const verdict = { verdict: 'approved' as const };
  await approver.call(decideMenuItem, { params: { id: itemId }, body: verdict });
  const startsAt = new Date(Date.now() + 5 * 60_000).toISOString();
  const wantedUntil = new Date(Date.now() + 3 * 3_600_000).toISOString();
  const order = { itemId, place: '3 号楼 2 单元 501', wantedFrom: startsAt, wantedUntil };
  const { id } = await resident.call(placeOrder, { body: order });
  const params = { id };
  await leader.call(takeOrder, { params, body: { startsAt } });
  const { items } = await resident.call(listMyOrders, {});
  await leader.call(arriveAtOrder, { params, body: { code: items[0]?.arrivalCode ?? '' } });
  return {
    number: (await newcomer.call(readMyProfile, {})).number,
    async object() {
      // Whole minutes count, and the first has not always passed.
      const finish = () => leader.call(finishOrder, { params }).then(({ state }) => state, String);
      await expect.poll(finish, { timeout: 70_000, interval: 1_000 }).toBe('finished');
      await resident.call(objectToOrder, { params, body: { reason: '只来了一会儿' } });
    },
  };
}

/** What a team proposed goes on the menu; what is objected to is decided. */
export async function decideServices(page: Page, { object }: Services): Promise<void> {
  await object();
  await openDesk(page, '/service-menu');
  const proposed = page.getByRole('row').filter({ hasText: '家电检修' });
  await proposed.getByText('待审核').waitFor();
  await press(page, '同意');
  await press(page, '同意');
  await proposed.getByText('可预约').waitFor();
  await openDesk(page, '/service-orders');
  await see(page, '异议：只来了一会儿');
  await press(page, '处理异议');
  await dialogOf(page).getByLabel('理由').fill('门禁记录与时长相符');
  await press(page, '处理异议');
  await see(page, '处理：门禁记录与时长相符');
  await page.getByRole('cell', { name: /^已确认/ }).waitFor();
}

/** What was drawn by lot is asked about, by an officer who had no part in it. */
export async function noteReview(page: Page, other: Page): Promise<void> {
  const note = async (on: Page) => {
    await openDesk(on, '/reviews');
    await on.getByRole('cell', { name: '陪同就医' }).waitFor();
    await press(on, '登记结果');
    await dialogOf(on).getByLabel('回访情况').fill('电话回访，服务属实');
    await press(on, '登记结果');
  };
  await note(page);
  await dialogOf(page).getByRole('alert').waitFor();
  await note(other);
  await see(other, '没有要回访的');
}

/** More stock that an owner asked for is given; the other request stays. */
export async function giveStock(page: Page): Promise<void> {
  await openDesk(page, '/top-ups');
  await see(page, '节前预约多');
  const requests = page.getByRole('cell', { name: '待处理', exact: true });
  expect(await requests.count()).toBe(2);
  await press(page, '同意补充');
  await dialogOf(page).getByText('马上增加 3 份').waitFor();
  await press(page, '同意补充');
  await expect.poll(() => requests.count()).toBe(1);
}

/** A roster with one odd row brings in nobody and says which; without it, it is brought in. */
export async function importRoster(page: Page, { number }: Services): Promise<string> {
  const heads = ['志愿者编号', '同意方式', '同意说明', '同意日期'];
  const columns = heads.map((title) => ({ key: title, title: { zh: title, en: title } }));
  const rowOf = (of: string) => ({
    ...{ 志愿者编号: of, 同意方式: '口头' },
    ...{ 同意说明: '本人电话确认', 同意日期: '2026-11-09' },
  });
  const fileOf = async (numbers: string[]) => ({
    name: 'roster.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(await writeWorkbook([{ name: '名册', columns, rows: numbers.map(rowOf) }])),
  });
  await openDesk(page, '/teams');
  await page.getByRole('link', { name: '暖心服务队' }).click();
  await page.getByRole('cell', { name: '队长', exact: true }).waitFor();
  const members = page.getByRole('cell', { name: '队员', exact: true });
  await press(page, '导入队员名册');
  const file = dialogOf(page).locator('input[name=file]');
  await file.setInputFiles(await fileOf([number, '00000000']));
  await press(page, '检查');
  await dialogOf(page).getByRole('cell', { name: '第 3 行' }).waitFor();
  expect(await dialogOf(page).getByRole('button', { name: /^导入/ }).count()).toBe(0);
  expect(await members.count()).toBe(0);
  await file.setInputFiles(await fileOf([number]));
  await press(page, '检查');
  await press(page, '导入 1 行');
  await see(page, '导入完成');
  await press(page, '关闭');
  await members.waitFor();
  return new URL(page.url()).pathname;
}
