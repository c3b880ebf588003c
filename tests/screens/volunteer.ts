import { registerPerson } from '@ddp/contracts/identity/routes';
import { decideMenuItem, proposeMenuItem } from '@ddp/contracts/volunteering/menu-routes';
import { placeOrder } from '@ddp/contracts/volunteering/order-routes';
import { setRecognitionRules } from '@ddp/contracts/volunteering/star-routes';
import { drawPhone } from '@ddp/infra/demo/house';
import { expect } from 'vitest';
import { phone } from '../pages/browser.ts';
import { openScreen, signIn, type WatchedContext } from './screen.ts';
import { type OpenedShift, reloadUntil } from './serving.ts';
import { areaCode, clientOf, type World } from './world.ts';

/** Somebody whom staff registered by name, on a phone of their own, who becomes a volunteer there. */
export async function openVolunteer({ browser, house }: World) {
  const ownPhone = drawPhone();
  const person = { name: '乌兰', phone: ownPhone, areaCode, consent: 'signed' as const };
  await house.officer.call(registerPerson, { body: person });
  const screen = await openScreen(browser, house.url, { viewport: phone });
  const { page } = screen;
  await page.goto('/app/sign-in');
  await signIn(page, house.smsUrl, ownPhone);
  await page.getByLabel('我同意').check();
  await page.getByRole('button', { name: '加入', exact: true }).click();
  await page.getByText('可用积分').waitFor();
  await page.goto('/app/volunteering/code');
  await page.getByLabel('出生年月').fill('1990-05');
  await page.getByRole('button', { name: '登记为志愿者' }).click();
  await page.getByText('已保存。').waitFor();
  return { ...screen, phone: ownPhone };
}

/** Applies to a team on one phone, and is admitted on another. */
export async function joinTeam(
  { page }: WatchedContext,
  leader: WatchedContext,
  { teamId }: OpenedShift,
): Promise<void> {
  await page.goto('/app/volunteering/teams');
  await page.getByText('还没有加入队伍').waitFor();
  await page.getByRole('button', { name: '全部' }).click();
  await page.getByRole('button', { name: '申请加入' }).click();
  await page.getByText('已申请，等队长同意。').waitFor();
  await leader.page.goto(`/app/my-work/teams/${teamId}`);
  await leader.page.getByRole('button', { name: '队员' }).click();
  await leader.page.getByRole('button', { name: '同意', exact: true }).click();
  await leader.page.getByText('没有待办理的入队申请').waitFor();
  await page.reload();
  await page.getByText('队员', { exact: true }).waitFor();
}

/** J3 to its end on paper: a certificate is asked for, made, downloaded, and checked by anybody. */
export async function askForCertificate(world: World, volunteer: WatchedContext): Promise<void> {
  const { officer } = world.house;
  const issuer = { issuer: '康巴什区志愿服务联合会', contact: '0477-8590000' };
  await officer.call(setRecognitionRules, { body: issuer });
  const { page } = volunteer;
  await page.goto('/app/volunteering/stars');
  await page.getByText('再核实 100 小时可评 1 星').waitFor();
  await page.getByRole('link', { name: '志愿服务记录证明' }).click();
  await page.getByLabel('服务开始日期').fill('2026-01-01');
  await page.getByRole('button', { name: '申请', exact: true }).click();
  await page.getByText('已生成').waitFor();
  const paper = await page.getByRole('link', { name: '下载证明' }).getAttribute('href');
  const pdf = await (await clientOf(world.house, volunteer)).fetch(paper ?? '');
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  const check = await page.getByRole('link', { name: '打开核验页面' }).getAttribute('href');
  const shown = await (await fetch(new URL(check ?? '', world.house.url))).text();
  expect(shown).toContain('有效');
}

/** Offers a service at home, and an order of it that is soon, which the screens go on with. */
export async function orderService(
  world: World,
  { resident, member, leader }: Record<'resident' | 'member' | 'leader', WatchedContext>,
  { teamId }: OpenedShift,
): Promise<void> {
  const [officer, decider] = world.house.officers;
  const lead = await clientOf(world.house, leader);
  const item = { teamId, title: '上门理发', words: '自带工具', minutes: 15 };
  const { id: itemId } = await lead.call(proposeMenuItem, { body: item });
  const verdict = { verdict: 'approved' as const };
  await (decider ?? officer)?.call(decideMenuItem, { params: { id: itemId }, body: verdict });
  const { page } = resident;
  await page.goto('/app/services');
  await page.getByRole('button', { name: '预约', exact: true }).click();
  await page.getByLabel('上门地址').fill('3 号楼 2 单元 501');
  await page.getByRole('button', { name: '提交预约' }).click();
  await page.getByText('已提交，有人接单会发消息。').waitFor();
  await page.getByRole('button', { name: '我的预约' }).click();
  await page.getByRole('button', { name: '取消预约' }).click();
  await page.getByRole('button', { name: '确定' }).click();
  await page.getByText('已取消').waitFor();
  // A form asks for whole minutes.
  const from = Math.ceil((Date.now() + 60_000) / 60_000) * 60_000;
  const times = { wantedFrom: toInstant(from), wantedUntil: toInstant(from + 3 * 3_600_000) };
  const order = { itemId, place: '3 号楼 2 单元 501', ...times };
  await (await clientOf(world.house, resident)).call(placeOrder, { body: order });
  const { page: taker } = member;
  await taker.goto('/app/volunteering/services');
  await taker.getByRole('button', { name: '接单' }).click();
  await taker.getByText('没有可以接的预约').waitFor();
  await taker.getByRole('button', { name: '我接的' }).click();
  await taker.getByText('地址：3 号楼 2 单元 501').waitFor();
  await page.reload();
  await page.getByRole('button', { name: '我的预约' }).click();
  const code = page.locator('article .digits');
  await code.waitFor();
  await taker.getByLabel('6 位上门码').fill((await code.textContent()) ?? '');
  await taker.getByRole('button', { name: '上门签到' }).click();
  await taker.getByText('服务中').waitFor();
}

const toInstant = (ms: number) => new Date(ms).toISOString();

/** Done by one, confirmed by the other: minutes that both have seen. */
export async function finishService(
  { page }: WatchedContext,
  { page: taker }: WatchedContext,
): Promise<void> {
  await taker.goto('/app/volunteering/services');
  await taker.getByRole('button', { name: '我接的' }).click();
  await taker.getByRole('button', { name: '服务完成' }).click();
  await taker.getByRole('button', { name: '确定' }).click();
  await taker.getByText('等您确认').waitFor();
  await page.goto('/app/services');
  await page.getByRole('button', { name: '我的预约' }).click();
  await page.getByRole('button', { name: '确认服务已完成' }).click();
  await page.getByRole('button', { name: '确定' }).click();
  await page.getByText('已完成').first().waitFor();
}

/** What was scanned and confirmed stands in the hours of the volunteer. */
export async function seeHours({ page }: WatchedContext): Promise<void> {
  await page.goto('/app/volunteering/hours');
  const verified = page.getByRole('article').filter({ hasText: '清洁河岸' }).getByText('核实');
  await reloadUntil(page, verified, 20_000);
}
