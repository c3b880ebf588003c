import { readMe } from '@ddp/contracts/identity/routes';
import { decideAppeal, listAppeals } from '@ddp/contracts/ratings/appeal-routes';
import { submitRating } from '@ddp/contracts/ratings/routes';
import {
  addShift,
  approveActivity,
  createActivity,
  publishActivity,
  submitActivity,
} from '@ddp/contracts/volunteering/activity-routes';
import { createTeam } from '@ddp/contracts/volunteering/team-routes';
import { readMyCode } from '@ddp/contracts/volunteering/volunteer-routes';
import { drawPhone, signInByPhone } from '@ddp/infra/demo/house';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { phone } from '../pages/browser.ts';
import { openScreen, settle, signIn, type WatchedContext } from './screen.ts';
import { areaCode, clientOf, type World } from './world.ts';

const newResident = ({ house }: World) =>
  signInByPhone(house, drawPhone(), { role: 'resident', areaCode });

/** A bad rating whose rater agreed to be named, and as many good ones as make a group. */
export async function rateWorker(world: World): Promise<void> {
  const { token } = world;
  const bad = { token, level: 1, reasons: ['slow'], words: '等了一上午没有人', isNamed: true };
  await (await newResident(world)).call(submitRating, { body: bad });
  for (let count = 0; count < 4; count += 1) {
    const good = { token, level: 5, reasons: ['patient'] };
    await (await newResident(world)).call(submitRating, { body: good });
  }
}

/** The worker of the house on a phone of their own. */
export async function openWorker({ browser, house, workerPhone }: World): Promise<WatchedContext> {
  const screen = await openScreen(browser, house.url, { viewport: phone });
  await screen.page.goto('/app/sign-in');
  await signIn(screen.page, house.smsUrl, workerPhone);
  await screen.page.getByRole('link', { name: '我的工作' }).click();
  return screen;
}

/** Asks for the page anew until it shows what is wanted, once; a failure tells what it showed instead. */
export async function reloadUntil(page: Page, wanted: Locator, timeout = 30_000): Promise<void> {
  const look = async () => {
    await page.reload();
    await settle(page);
    await wanted
      .first()
      .waitFor({ timeout: 1_000 })
      .catch(() => undefined);
    return (await wanted.count()) === 1 ? 'shown' : page.locator('main').textContent();
  };
  await expect.poll(look, { timeout }).toBe('shown');
}

/** J2 from the side of the rated: the code, the score with how sure it is, a reply and an appeal. */
export async function replyAndAppeal(world: World, { page }: WatchedContext): Promise<void> {
  const { code, house } = world;
  await page.getByRole('link', { name: /萨仁/ }).click();
  await page.getByAltText('我的评价码').waitFor();
  await page.getByText(code.shortCode).waitFor();
  await page.getByRole('button', { name: '收到的评价' }).click();
  const bad = page.getByRole('article').filter({ hasText: '等了一上午没有人' });
  await bad.getByText('太慢').waitFor();
  await bad.getByRole('button', { name: '回复' }).click();
  await bad.getByLabel('我的回复').fill('对不起，已经增加值班人员。');
  await bad.getByRole('button', { name: '提交回复' }).click();
  await bad.getByText('我的回复：对不起').waitFor();
  await page.goto('/app/my-work/appeals');
  const appeal = page.getByRole('button', { name: '我要申诉' });
  // Until it may be known of by now.
  await reloadUntil(page, appeal);
  await appeal.click();
  await page.getByLabel('哪里不属实').fill('当天我不在岗，有考勤为证');
  await page.getByRole('button', { name: '提交申诉' }).click();
  await page.getByText('已申诉').waitFor();
  await page.getByRole('button', { name: '我的申诉' }).click();
  await page.getByText('处理中').waitFor();
  const [, judge] = house.officers;
  const { items } = (await judge?.call(listAppeals, { query: { state: 'open' } })) ?? { items: [] };
  const decision = { verdict: 'upheld' as const, reason: '考勤表属实' };
  await judge?.call(decideAppeal, { params: { id: items[0]?.id ?? '' }, body: decision });
  await page.reload();
  await page.getByRole('button', { name: '我的申诉' }).click();
  await page.getByText('已采纳，不再计入').waitFor();
}

export interface OpenedShift {
  path: string;
  shiftId: string;
  activityId: string;
  teamId: string;
  startsAt: Date;
}

/** The worker founds a team by an officer and opens a shift that begins soon. */
export async function openShift(world: World, screen: WatchedContext): Promise<OpenedShift> {
  const { officer, officers } = world.house;
  const { page } = screen;
  await page.goto('/app/volunteering/code');
  await page.getByLabel('出生年月').fill('1985-03');
  await page.getByRole('button', { name: '登记为志愿者' }).click();
  await page.getByText('已保存。').waitFor();
  const leader = await clientOf(world.house, screen);
  const { personId } = await leader.call(readMe, {});
  const team = { name: '邻里互助队', areaCode, leaderId: personId };
  const { id: teamId } = await officer.call(createTeam, { body: team });
  const activity = { teamId, title: '清洁河岸', areaCode, place: '滨河公园' };
  const { id } = await leader.call(createActivity, { body: activity });
  const params = { id };
  const startsAt = new Date(Date.now() + 30_000);
  const shift = { startsAt: startsAt.toISOString(), minutes: 60, places: 5 };
  await leader.call(addShift, { params, body: shift });
  await leader.call(submitActivity, { params });
  await officers[1]?.call(approveActivity, { params });
  const { shifts } = await leader.call(publishActivity, { params });
  const shiftId = shifts[0]?.id ?? '';
  const path = `/app/my-work/activities/${id}/shifts/${shiftId}`;
  return { path, shiftId, activityId: id, teamId, startsAt };
}

/** Signs up for the shift on the screen, as somebody registered before. */
export async function takePlace({ page }: WatchedContext): Promise<void> {
  await page.goto('/app/volunteering');
  const shift = page.getByRole('article').filter({ hasText: '清洁河岸' });
  await shift.getByRole('button', { name: '报名' }).click();
  await shift.getByText('已报名，请按时到场签到。').waitFor();
}

/**
 * The leader scans without a network: it is kept over a reload, sent once, and told what it came to;
 * what is typed by hand with a network is decided at once.
 */
export async function scanOffline(
  world: World,
  { screen, shift }: { screen: WatchedContext; shift: OpenedShift },
  volunteers: readonly WatchedContext[],
): Promise<WatchedContext> {
  const [seen, typed] = await Promise.all(volunteers.map((one) => clientOf(world.house, one)));
  if (!seen || !typed) throw new Error('the leader scans two volunteers');
  await screen.page.goto('/app/my-work');
  await screen.page.getByRole('link', { name: '邻里互助队' }).click();
  await screen.page.getByText('清洁河岸').waitFor();
  const state = await screen.context.storageState();
  // The code is good for half a minute: the phone of the leader is ready before it is shown.
  const { code } = await seen.call(readMyCode, {});
  const { context, page, complaints } = await world.openCamera(code, state);
  // What reads symbols comes with the page, before the network goes.
  const reader = page.waitForResponse(/\.wasm$/);
  await page.goto(shift.path);
  await (await reader).finished();
  await page.getByText('请志愿者打开').waitFor();
  await context.setOffline(true);
  await page.getByText('现在没有网络').waitFor();
  await page.getByRole('button', { name: '扫一扫' }).click();
  await page.getByText('等待发送（1 条）').waitFor();
  await context.route('**/scan-batches', (route) => route.abort());
  await context.setOffline(false);
  await page.reload();
  await page.getByText('等待发送（1 条）').waitFor();
  await context.unroute('**/scan-batches');
  await page.getByText('已发送（1 条）').waitFor();
  await page.getByText('已计入').waitFor();
  await page.getByLabel('14 位数字').fill('12345678000000');
  await page.getByRole('button', { name: '签到', exact: true }).last().click();
  await page.locator('[role=alert]', { hasText: /\S/ }).first().waitFor();
  await page.getByLabel('14 位数字').fill((await typed.call(readMyCode, {})).code);
  await page.getByRole('button', { name: '签到', exact: true }).last().click();
  await page.getByText(/\d{8} 签到成功/).waitFor();
  await page.getByRole('button', { name: '到场和时长' }).click();
  await expect.poll(() => page.getByText('在场').count()).toBe(2);
  return { context, page, complaints };
}

/** The leader scans both out and confirms the hours of all with one tap. */
export async function confirmHours(
  world: World,
  { page }: WatchedContext,
  volunteers: readonly WatchedContext[],
): Promise<void> {
  await page.getByRole('button', { name: '扫码签到' }).click();
  await page.getByRole('button', { name: '签退', exact: true }).first().click();
  for (const one of volunteers) {
    const { code } = await (await clientOf(world.house, one)).call(readMyCode, {});
    await page.getByLabel('14 位数字').fill(code);
    await page.getByRole('button', { name: '签退', exact: true }).last().click();
    await page.getByText(`${code.slice(0, 8)} 签退成功`).waitFor();
  }
  await page.getByRole('button', { name: '到场和时长' }).click();
  await page.getByRole('button', { name: '确认 2 人的时长' }).click();
  await page.getByText('已处理：2 人核实').waitFor();
}
