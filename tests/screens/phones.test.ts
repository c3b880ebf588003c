import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHouseClient } from '@ddp/contracts/house-client';
import { readMe } from '@ddp/contracts/identity/routes';
import { awardPoints } from '@ddp/contracts/points/award-routes';
import { setVoucherSettings } from '@ddp/contracts/rewards/voucher-routes';
import { drawPhone } from '@ddp/infra/demo/house';
import { type OpenedHouse, openHouse } from '@ddp/infra/demo/open-house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { issueWorkerCode } from '@ddp/infra/demo/walk-rating';
import { type OpenedShop, openShop } from '@ddp/infra/demo/walk-redemption';
import { createMatrix } from '@ddp/qr/matrix';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { findBrowser, findViolations, phone } from '../pages/browser.ts';
import { camerasOf, filmOf } from './film.ts';
import {
  isTooWide,
  openBrowser,
  openScreen,
  settle,
  signIn,
  takePicture,
  type WatchedContext,
} from './screen.ts';

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

let house: OpenedHouse;
let browser: Browser;
let screen: WatchedContext;
let page: Page;
let shop: OpenedShop;
let counter: Awaited<ReturnType<typeof openCounter>>;
let program = '';
let shortCode = '';
let obstacle = '';
const own = drawPhone();
const step = <T>(_name: string, work: () => Promise<T>) => work();

beforeAll(async () => {
  const found = await findBrowser();
  if ('obstacle' in found) {
    obstacle = found.obstacle;
    return;
  }
  const logDir = mkdtempSync(path.join(tmpdir(), 'ddp-screens-'));
  const engines = readTestEngines();
  // One phone signs in again and again.
  const env = { IDENTITY_CODE_WAIT_SECONDS: '1' };
  const prefix = drawPrefix();
  house = await openHouse({ ...engines, topology: 'mounted', prefix, logDir, env });
  const options = { house, officer: house.officer, officers: house.officers, areaCode, step };
  ({ shortCode } = await issueWorkerCode(options));
  shop = await openShop(options);
  program = found.program;
  browser = await openBrowser(program);
  screen = await openScreen(browser, house.url, { viewport: phone });
  page = screen.page;
}, 300_000);
beforeEach(({ skip }) => skip(obstacle !== '', obstacle));
afterAll(async () => {
  await browser?.close();
  await counter?.browser.close();
  await house?.stop();
});

const open = (to: string) => page.goto(`/app${to}`);
const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

/** A phone at the counter, signed in before, whose camera sees a voucher's symbol. */
async function openCounter(code: string, storageState: StorageState) {
  const film = path.join(mkdtempSync(path.join(tmpdir(), 'ddp-film-')), 'voucher.y4m');
  writeFileSync(film, filmOf(createMatrix(code)));
  const camera = await openBrowser(program, camerasOf(film));
  const look = { viewport: phone, permissions: ['camera'], storageState };
  return { browser: camera, screen: await openScreen(camera, house.url, look) };
}

/** What the browser's session may ask the house, for what no screen shows yet. */
async function ownId(): Promise<string> {
  const cookies = await screen.context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const client = createHouseClient(house.url, (request) => {
    request.headers.set('cookie', cookie);
    return fetch(request);
  });
  return (await client.call(readMe, {})).personId;
}

it('a new resident signs in, chooses the community, and joins by a consent of their own', async () => {
  await open('/');
  await page
    .getByRole('link', { name: '登录' })
    .or(page.getByRole('button', { name: '登录' }))
    .click();
  await signIn(page, house.smsUrl, own, ['康巴什区', '滨河街道', '示范社区']);
  await see('加入品德积分');
  await page.getByLabel('我同意').check();
  await press('加入');
  await see('可用积分');
  await see('等级 初心');
});

it('types the number below a code, rates, and finds the rating again', async () => {
  await open('/rate');
  await page.getByLabel('不能扫码').fill(shortCode.toLowerCase());
  await press('打开评价页');
  await page.locator('label[for=l5]').click();
  await page.locator('button[type=submit]').first().click();
  await see('谢谢');
  await open('/ratings');
  await see('萨仁');
  await see('非常满意');
});

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
  await house.officer.call(setVoucherSettings, { body: { undoMinutes: 10 } });
  const award = { personId: await ownId(), rule: 'mediation' as const, evidence: '调解楼道纠纷' };
  await house.officer.call(awardPoints, { body: award });
  const { context, page: door } = await openScreen(browser, house.url, { viewport: phone });
  await door.goto('/shop/sign-in');
  await signIn(door, house.smsUrl, shop.ownerPhone);
  await door.getByRole('button', { name: '扫一扫' }).waitFor();
  // The code of a voucher is good for half a minute: the shop is ready before it is shown.
  counter = await openCounter(await redeem(), await context.storageState());
  await context.close();
  const { page: till } = counter.screen;
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
});

it('a session that ends keeps what was typed: signed in again, it is sent', async () => {
  await open('/volunteering/code');
  await page.getByLabel('出生年月').fill('1990-05');
  await screen.context.clearCookies();
  await press('登记为志愿者');
  await page.getByRole('dialog', { name: '登录' }).waitFor();
  await signIn(page, house.smsUrl, own);
  await see('已保存。');
  expect(await page.getByLabel('出生年月').inputValue()).toBe('1990-05');
});

it('without a network it says so and keeps what was typed; asked again, it happens once', async () => {
  await open('/rate');
  await open('/volunteering/code');
  await page.getByLabel('出生年月').waitFor();
  await screen.context.setOffline(true);
  await press('保存');
  await see('网络不通');
  await screen.context.setOffline(false);
  await press('保存');
  await see('已保存。');
});

const residentPaths = [
  ...['/', '/rate', '/ratings', '/points', '/points/reversals', '/benefits', '/redemptions'],
  ...['/messages', '/me', '/me/look', '/me/data', '/sign-in', '/nowhere'],
  ...['/volunteering', '/volunteering/mine', '/volunteering/code', '/volunteering/hours'],
].map((one) => `/app${one}`);
const shopPaths = ['/', '/history', '/stock', '/statements', '/disputes', '/me'].map(
  (one) => `/shop${one}`,
);
type Look = readonly [theme: string, textScale: string, contrast: string];
const looks: readonly Look[] = [
  ['light', 'normal', 'usual'],
  ['dark', 'larger', 'usual'],
  ['light', 'larger', 'high'],
];

/** What is wrong with pages in a look; a picture of each is kept where pictures are wanted. */
async function inspect(on: Page, paths: readonly string[], look: Look) {
  for (const [index, name] of ['theme', 'text-scale', 'contrast'].entries()) {
    await on.evaluate(`localStorage.setItem('ddp.${name}', '${look[index]}')`);
  }
  const found: string[] = [];
  for (const one of paths) {
    await on.goto(one);
    await settle(on);
    for (const violation of await findViolations(on)) found.push(`${one}: ${violation}`);
    if (await isTooWide(on)) found.push(`${one} scrolls sideways`);
    await takePicture(on, [one.slice(1).replaceAll('/', '-'), ...look].join('-'));
  }
  return found;
}

it.each(looks)(
  'every page in %s with %s text and %s contrast breaks no rule and fits a phone',
  async (...look) => {
    const resident = await inspect(page, residentPaths, look);
    const till = await inspect(counter.screen.page, shopPaths, look);
    expect([...resident, ...till]).toEqual([]);
  },
  120_000,
);

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

it('no page asked anybody else or was refused by its policy', () => {
  expect([...screen.complaints, ...counter.screen.complaints]).toEqual([]);
});
