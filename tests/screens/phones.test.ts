import { readMe } from '@ddp/contracts/identity/routes';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { setVoucherSettings } from '@ddp/contracts/rewards/voucher-routes';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { phone } from '../pages/browser.ts';
import { inspect, type Walked } from './inspect.ts';
import { leaveForGood, rateFix } from './rights.ts';
import { openScreen, settle, signIn, type WatchedContext } from './screen.ts';
import {
  confirmHours,
  type OpenedShift,
  openShift,
  openWorker,
  rateWorker,
  replyAndAppeal,
  scanOffline,
  takePlace,
} from './serving.ts';
import { acceptPlace, enterDraw, giveVoucher, waitInLine } from './sharing.ts';
import {
  askForCertificate,
  finishService,
  joinTeam,
  openVolunteer,
  orderService,
  seeHours,
} from './volunteer.ts';
import { clientOf, openWorld, type World } from './world.ts';

let world: World;
let page: Page;
let counter: WatchedContext;
let worker: WatchedContext;
let volunteer: Awaited<ReturnType<typeof openVolunteer>>;
let leader: WatchedContext;
let shift: OpenedShift;
let benefitInLine = '';
let draw = '';
let obstacle = '';

beforeAll(async () => {
  const opened = await openWorld();
  if ('obstacle' in opened) {
    obstacle = opened.obstacle;
    return;
  }
  world = opened;
  page = world.screen.page;
}, 300_000);
beforeEach(({ skip }) => skip(obstacle !== '', obstacle));
afterAll(() => world?.stop());

const open = (to: string) => page.goto(`/app${to}`);
const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const ownId = async () =>
  (await (await clientOf(world.house, world.screen)).call(readMe, {})).personId;

it('a new resident signs in, chooses the community, and joins by a consent of their own', async () => {
  await open('/');
  await page
    .getByRole('link', { name: '登录' })
    .or(page.getByRole('button', { name: '登录' }))
    .click();
  await signIn(page, world.house.smsUrl, world.own, ['康巴什区', '滨河街道', '示范社区']);
  await see('加入品德积分');
  await page.getByLabel('我同意').check();
  await press('加入');
  await see('可用积分');
  await see('等级 初心');
}, 90_000);

it('types the number below a code, rates, and finds the rating again', async () => {
  await open('/rate');
  await page.getByLabel('不能扫码').fill(world.code.shortCode.toLowerCase());
  await press('打开评价页');
  await page.locator('label[for=l5]').click();
  await page.locator('button[type=submit]').first().click();
  await see('谢谢');
  await open('/ratings');
  await see('萨仁');
  await see('非常满意');
}, 90_000);

/** Redeems on the screen what is on offer, and tells the digits of its voucher. */
async function redeem(): Promise<string> {
  await open('/');
  await page.getByRole('link', { name: /奶茶一杯/ }).click();
  await press('用 8 积分兑换');
  await press('确定');
  await page.getByRole('button', { name: '出示券' }).click();
  await page.getByAltText('券的二维码').waitFor();
  return ((await page.locator('.digits').textContent()) ?? '').replace(/\D/g, '');
}

it('redeems with progress; the shop scans the code, looks, confirms, and undoes it in time', async () => {
  await world.house.officer.call(setVoucherSettings, { body: { undoMinutes: 10 } });
  const award = { personId: await ownId(), rule: 'mediation' as const, evidence: '调解楼道纠纷' };
  await world.house.officer.call(awardPoints, { body: award });
  const { context, page: door } = await openScreen(world.browser, world.house.url, {
    viewport: phone,
  });
  await door.goto('/shop/sign-in');
  await signIn(door, world.house.smsUrl, world.shop.ownerPhone);
  await door.getByRole('button', { name: '扫一扫' }).waitFor();
  // The code of a voucher is good for half a minute: the shop is ready before it is shown.
  counter = await world.openCamera(await redeem(), await context.storageState());
  await context.close();
  const { page: till } = counter;
  await till.goto('/shop/');
  await till.getByRole('button', { name: '扫一扫' }).click();
  await till.getByText('请核对后确认').waitFor();
  await till.getByRole('heading', { name: '奶茶一杯' }).waitFor();
  await till.getByRole('button', { name: '确认核销' }).click();
  await till.getByText('已核销').waitFor();
  await see(/已于 .* 使用/);
  await till.getByRole('button', { name: '撤销核销' }).click();
  await till.getByLabel('为什么撤销').fill('客人点错了');
  await till.getByRole('button', { name: '撤销核销' }).click();
  await till.getByText('已撤销').waitFor();
  await page.reload();
  await see('可使用');
}, 180_000);

it('a worker sees the code, no score below five, replies, and appeals', async () => {
  await rateWorker(world);
  worker = await openWorker(world);
  await replyAndAppeal(world, worker);
  // Ratings count for others once their raters can no longer take them back.
  await worker.page.goto(`/app/my-work/subjects/${world.code.subjectId}`);
  await worker.page.getByText('评价还不到 5 条').waitFor();
}, 180_000);

it('a session that ends keeps what was typed: signed in again, it is sent', async () => {
  await open('/volunteering/code');
  await page.getByLabel('出生年月').fill('1990-05');
  await world.screen.context.clearCookies();
  await press('登记为志愿者');
  await page.getByRole('dialog', { name: '登录' }).waitFor();
  await signIn(page, world.house.smsUrl, world.own);
  await see('已保存。');
  expect(await page.getByLabel('出生年月').inputValue()).toBe('1990-05');
}, 90_000);

it('without a network it says so and keeps what was typed; asked again, it happens once', async () => {
  await open('/rate');
  await open('/volunteering/code');
  await page.getByLabel('出生年月').waitFor();
  await world.screen.context.setOffline(true);
  await press('保存');
  await see('网络不通');
  await world.screen.context.setOffline(false);
  await press('保存');
  await see('已保存。');
});

it('volunteers sign up; a leader scans without a network: kept, sent once, and told the verdict', async () => {
  volunteer = await openVolunteer(world);
  shift = await openShift(world, worker);
  const both = [volunteer, world.screen];
  for (const one of both) await takePlace(one);
  leader = await scanOffline(world, { screen: worker, shift }, both);
  await joinTeam(volunteer, worker, shift);
}, 180_000);

it('a service at home is ordered, taken, and begun by the code that is shown at the door', async () => {
  const people = { resident: world.screen, member: worker, leader: worker };
  await orderService(world, people, shift);
}, 180_000);

it('a voucher is offered and refused, a place in a line is kept, and a draw can be checked', async () => {
  await giveVoucher(world.screen, volunteer, 'refuse');
  benefitInLine = await waitInLine(world, world.screen);
  draw = await enterDraw(world, world.screen);
}, 180_000);

it('who was not satisfied rates what was put right', async () => {
  await rateFix(world, volunteer);
}, 60_000);

it('hours that were scanned and confirmed stand, and anybody can check a certificate of them', async () => {
  // A minute of the shift, by the clock on the wall; most of it has passed by now.
  const isServed = () => Date.now() > shift.startsAt.getTime() + 61_000;
  await expect.poll(isServed, { timeout: 90_000 }).toBe(true);
  await confirmHours(world, leader, [volunteer, world.screen]);
  await seeHours(volunteer);
  await askForCertificate(world, volunteer);
  await finishService(world.screen, worker);
}, 200_000);

const app = (paths: readonly string[]) => paths.map((one) => `/app${one}`);
const residentPaths = app([
  ...['/', '/rate', '/ratings', '/points', '/points/reversals', '/benefits', '/redemptions'],
  ...['/messages', '/me', '/me/look', '/me/data', '/sign-in', '/nowhere'],
  ...['/volunteering', '/volunteering/mine', '/volunteering/code', '/volunteering/hours'],
  ...['/volunteering/stars', '/volunteering/teams', '/volunteering/substitutions'],
  ...['/gifts', '/waiting', '/draws', '/services'],
]);
const shopPaths = ['/', '/history', '/stock', '/statements', '/disputes', '/me'].map(
  (one) => `/shop${one}`,
);

/** Pages of one thing, by what was made before. */
async function listDetails(): Promise<Walked[]> {
  await open('/redemptions');
  await page
    .getByRole('link', { name: /奶茶一杯/ })
    .first()
    .click();
  await page.getByRole('heading', { name: '兑换进度' }).waitFor();
  const redemption = new URL(page.url()).pathname;
  await page.getByRole('button', { name: '出示券' }).click();
  await page.getByAltText('券的二维码').waitFor();
  const voucher = new URL(page.url()).pathname;
  const benefit = `/app/benefits/${world.shop.benefitId}`;
  return [
    { name: 'benefit', path: benefit },
    { name: 'benefit-in-line', path: benefitInLine },
    { name: 'draw', path: draw },
    { name: 'gifts-given', path: '/app/gifts', press: '我送出的' },
    { name: 'orders', path: '/app/services', press: '我的预约' },
    { name: 'order-form', path: '/app/services', press: '预约' },
    { name: 'teams-all', path: '/app/volunteering/teams', press: '全部' },
    { name: 'redemption', path: redemption },
    { name: 'voucher', path: voucher },
    { name: 'follow-ups', path: '/app/ratings', press: '差评办理' },
    { name: 'attendances', path: '/app/volunteering/mine', press: '签到记录' },
  ];
}

function listWork(): Walked[] {
  const subject = `/app/my-work/subjects/${world.code.subjectId}`;
  return [
    '/app/my-work',
    { name: 'work-subject', path: subject },
    { name: 'work-ratings', path: subject, press: '收到的评价' },
    '/app/my-work/appeals',
    { name: 'work-team', path: `/app/my-work/teams/${shift.teamId}` },
    { name: 'work-members', path: `/app/my-work/teams/${shift.teamId}`, press: '队员' },
    { name: 'work-shift', path: shift.path },
    { name: 'work-people', path: shift.path, press: '到场和时长' },
  ];
}

const volunteerPages: Walked[] = [
  '/app/volunteering/certificates',
  '/app/volunteering/services',
  { name: 'services-taken', path: '/app/volunteering/services', press: '我接的' },
];

it('every page breaks no rule in any look and fits a phone', async () => {
  const resident = await inspect(page, [...residentPaths, ...(await listDetails())]);
  const served = await inspect(worker.page, listWork());
  const own = await inspect(volunteer.page, volunteerPages);
  const till = await inspect(counter.page, shopPaths);
  expect([...resident, ...served, ...own, ...till]).toEqual([]);
}, 600_000);

it('every page is walked by the keyboard: a visible focus on each thing that can be used', async () => {
  await open('/benefits');
  await settle(page);
  const reached = new Set<string>();
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    reached.add(
      await page.evaluate<string>(`(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return 'end';
        const { outlineStyle } = getComputedStyle(element);
        return [element.tagName, element.textContent.trim().slice(0, 12), outlineStyle].join(' ');
      })()`),
    );
    if (reached.has('end')) break;
  }
  expect([...reached].filter((one) => one.endsWith(' none'))).toEqual([]);
  expect(reached.size).toBeGreaterThan(8);
});

it('what a place in a line was offered is redeemed', async () => {
  await acceptPlace(world.screen);
}, 90_000);

it('a voucher that is given becomes another’s', async () => {
  await giveVoucher(world.screen, volunteer, 'accept');
}, 90_000);

it('a resident takes their data along, leaves, and is gone', async () => {
  await leaveForGood(world, world.screen);
}, 60_000);

it('no page asked anybody else or was refused by its policy', () => {
  expect([
    ...world.screen.complaints,
    ...counter.complaints,
    ...worker.complaints,
    ...volunteer.complaints,
    ...leader.complaints,
  ]).toEqual([]);
});
