import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { joinProgramme } from '@ddp/contracts/points/routes';
import { submitRating } from '@ddp/contracts/ratings/routes';
import { drawPhone, signInByPhone } from '@ddp/infra/demo/house';
import { type OpenedHouse, openHouse } from '@ddp/infra/demo/open-house';
import { areaCode, password } from '@ddp/infra/demo/prepare-house';
import { issueWorkerCode, tokenOf } from '@ddp/infra/demo/walk-rating';
import { walkVolunteering } from '@ddp/infra/demo/walk-volunteering';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { findBrowser } from '../pages/browser.ts';
import * as desk from './desk.ts';
import { choose, deskSize, deskSizes, dialogOf, listMenu, openDesk, signInDesk } from './desk.ts';
import { answerObjection, publishAndWithdraw } from './desk-board.ts';
import { approveProject, inspectDialogs, offerLines, openLines } from './desk-lines.ts';
import { offerBenefit, refuseEarlySettlement, registerMerchant } from './desk-offers.ts';
import {
  decideServices,
  giveStock,
  importRoster,
  noteReview,
  openServices,
  type Services,
} from './desk-rows.ts';
import { bringMap, correctHours, setUpWall } from './desk-sections.ts';
import { arrangeAreas, publishQuestions, screenWord, setProgramme } from './desk-settings.ts';
import { inspect } from './inspect.ts';
import { openBrowser, openScreen, settle, type WatchedContext } from './screen.ts';

const step = <T>(_name: string, work: () => Promise<T>) => work();

let house: OpenedHouse;
let browser: Browser;
let screen: WatchedContext;
let page: Page;
let admin: WatchedContext;
let second: WatchedContext;
let services: Services;
let shortCode = '';
let obstacle = '';
/** Pages that no menu leads to, found on the way. */
const details: string[] = [];
const administered: string[] = [];
const residentPhone = drawPhone();

beforeAll(async () => {
  const found = await findBrowser();
  if ('obstacle' in found) {
    obstacle = found.obstacle;
    return;
  }
  const logDir = mkdtempSync(path.join(tmpdir(), 'ddp-desk-'));
  const engines = readTestEngines();
  const env = { IDENTITY_CODE_WAIT_SECONDS: '1' };
  house = await openHouse({ ...engines, topology: 'mounted', prefix: drawPrefix(), logDir, env });
  const options = { house, officer: house.officer, areaCode, step };
  const code = await issueWorkerCode(options);
  const token = tokenOf(code);
  ({ shortCode } = code);
  const resident = await signInByPhone(house, residentPhone, { role: 'resident', areaCode });
  await resident.call(joinProgramme, { body: { consentVersion } });
  const complaint = { level: 1, reasons: ['slow'], words: '等了一上午没有人', isNamed: true };
  await resident.call(submitRating, { body: { token, ...complaint } });
  await offerLines(house, areaCode, resident);
  services = await openServices(house, areaCode, resident);
  await walkVolunteering({ ...options, officers: house.officers });
  browser = await openBrowser(found.program);
  screen = await openScreen(browser, house.url, { viewport: deskSize });
  page = screen.page;
  admin = await openScreen(browser, house.url, { viewport: deskSize });
  second = await openScreen(browser, house.url, { viewport: deskSize });
}, 300_000);
beforeEach(({ skip }) => skip(obstacle !== '', obstacle));
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const open = (to: string, on = page) => openDesk(on, to);
const see = (text: string | RegExp, on = page) => desk.see(on, text);
const press = (name: string, on = page) => desk.press(on, name);
const dialog = (on = page) => dialogOf(on);

it('staff sign in by password, and find in the menu what their post may do and no more', async () => {
  await open('/');
  await signInDesk(page, 'officer');
  await page.getByRole('link', { name: '整改台' }).first().waitFor();
  const offered = await listMenu(page);
  expect(offered).toEqual([...new Set(offered)]);
  await open('/', admin.page);
  await signInDesk(admin.page, 'admin');
  await admin.page.locator('.desk-menu').waitFor();
  expect(await admin.page.getByRole('link', { name: '整改台' }).count()).toBe(0);
  await open('/follow-ups', admin.page);
  await see('您现在的岗位不能使用这个页面', admin.page);
});

it('a bad rating is accepted, its rater contacted, and it is put right from the board', async () => {
  await open('/follow-ups');
  await page.getByRole('link', { name: '萨仁' }).click();
  await press('受理');
  await see('您成为承办人');
  await press('受理');
  await press('记录联系');
  await page.getByLabel('联系情况').fill('已电话致歉，约定下周二上门');
  await press('记录联系');
  await press('办结');
  await page.getByLabel('办理说明').fill('已');
  await press('办结');
  // What the house says of a field stands beside it, and what was typed is still there.
  await page.locator('[data-field=words] .el-form-item__error').waitFor();
  expect(await page.getByLabel('办理说明').inputValue()).toBe('已');
  await page.getByLabel('办理说明').fill('已上门办结');
  await press('办结');
  await see('待回评');
  await see('办结：已整改');
});

it('a code is issued and printed, with how far it is and what it will look like', async () => {
  await open('/codes');
  await press('签发评价码');
  await choose(page, '被评价对象', '萨仁', '萨仁');
  await dialog().getByLabel('张贴位置').fill('社区大厅');
  await dialog().getByRole('button', { name: '签发评价码' }).click();
  await page.getByRole('cell', { name: '社区大厅' }).waitFor();
  await page.getByLabel('选择萨仁').first().check();
  await press('打印所选（1）');
  await choose(page, '格式', 'SVG');
  await dialog().getByRole('button', { name: '开始制作' }).click();
  await dialog().getByAltText('打印页预览').waitFor();
  const file = await dialog().getByRole('link', { name: '下载打印页' }).getAttribute('href');
  expect((await page.request.get(file ?? '')).headers()['content-type']).toContain('svg');
  await press('取消');
});

it('an award with evidence is proposed, and approved by another officer alone', async () => {
  await open('/awards');
  await press('授予积分');
  await dialog().getByLabel('居民的手机号').fill(residentPhone);
  await dialog().getByRole('button', { name: '查找' }).click();
  await dialog().locator('.resident-found').waitFor();
  await choose(page, '规则', /好人好事/);
  await dialog().getByRole('spinbutton', { name: '积分' }).fill('30');
  await dialog().getByLabel('证据').fill('冰面救起落水儿童，有现场照片和两名证人');
  await dialog().getByRole('button', { name: '提交' }).click();
  await page.getByRole('link', { name: '好人好事' }).first().click();
  await press('同意');
  await dialog().getByRole('button', { name: '同意' }).click();
  await dialog().getByRole('alert').filter({ hasText: /./ }).waitFor();
  const { page: other } = second;
  await open(new URL(page.url()).pathname.replace('/desk', ''), other);
  await signInDesk(other, 'officer2');
  await press('同意', other);
  await dialog(other).getByRole('button', { name: '同意' }).click();
  await see(/公示中|待公示/, other);
});

it('what stands on the board is objected to, and answered by an officer who had no part in it', async () => {
  details.push(await answerObjection(page, browser, house.url, residentPhone));
}, 120_000);

it('an award that was mistaken is taken back with notice, appealed against, and kept', async () => {
  await open('/awards');
  await press('授予积分');
  await dialog().getByLabel('居民的手机号').fill(residentPhone);
  await dialog().getByRole('button', { name: '查找' }).click();
  await dialog().locator('.resident-found').waitFor();
  await choose(page, '规则', /调解/);
  await dialog().getByLabel('证据').fill('调解楼道纠纷，双方签字');
  await dialog().getByRole('button', { name: '提交' }).click();
  await page.getByRole('link', { name: '调解' }).first().click();
  await press('通知收回');
  await dialog().getByLabel('凭什么收回').fill('签字表上没有这个人');
  await dialog().getByRole('button', { name: '通知收回' }).click();
  await open('/reversals');
  await press('代为申诉');
  await dialog().getByLabel('申诉内容').fill('我在场，邻居可以作证');
  await dialog().getByRole('button', { name: '代为申诉' }).click();
  await see('已申诉，待处理');
  const { page: other } = second;
  await open('/reversals', other);
  await press('处理申诉', other);
  await dialog(other).getByLabel('处理意见').fill('邻居证实在场');
  await dialog(other).getByRole('button', { name: '处理申诉' }).click();
  await see('已撤销收回', other);
});

it('an elder without a phone is registered, gets a card, joins, and rates through staff', async () => {
  await open('/counter');
  await press('登记新居民');
  await dialog().getByLabel('姓名').fill('巴图');
  await choose(page, '居住的社区', '示范社区', '示范');
  await dialog().getByRole('button', { name: '登记新居民' }).click();
  await press('发便民卡');
  await choose(page, '居住的社区', '示范社区', '示范');
  await dialog().getByRole('button', { name: '发便民卡' }).click();
  await see('便民卡编号');
  await press('代为加入积分');
  await dialog().getByLabel('同意的经过').fill('本人口述，网格员在场');
  await dialog().getByRole('button', { name: '代为加入积分' }).click();
  await see('已加入品德积分');
  await press('代为评价');
  await dialog().getByLabel('评价码编号').fill(shortCode);
  await dialog().getByRole('button', { name: '代为评价' }).click();
  await see('已代为评价');
});

it('the overview of an area shows ratings, follow-ups, coverage and points, and gives the report', async () => {
  await open('/overview');
  await see('区域总览 · 鄂尔多斯市');
  await page.getByRole('img', { name: /站点/ }).locator('svg').waitFor();
  await see('未兑积分');
  const file = await page.getByRole('link', { name: '下载月报（PDF）' }).getAttribute('href');
  const answer = await page.request.get(file ?? '');
  expect(answer.headers()['content-type']).toContain('pdf');
});

it('the administrator creates an account and gives it a post', async () => {
  const { page: on } = admin;
  await open('/staff', on);
  await press('新建账号', on);
  await dialog(on).getByLabel('登录名').fill('wuyun');
  await dialog(on).getByLabel('姓名').fill('乌云');
  await dialog(on).getByRole('button', { name: '新建账号' }).click();
  await see('一次性密码：', on);
  await open('/posts', on);
  await press('任命岗位', on);
  await choose(on, '账号', /wuyun/, 'wuyun');
  await choose(on, '区划', /示范社区/, '示范');
  await dialog(on).getByRole('button', { name: '任命岗位' }).click();
  await on.getByRole('cell', { name: '乌*' }).waitFor();
});

it('a session that ends keeps what was typed: signed in again, it is sent', async () => {
  await open('/me');
  await page.getByLabel('现在的密码').fill(password);
  await page.getByLabel('新密码', { exact: true }).fill(`${password}2`);
  await page.getByLabel('再输入一次新密码').fill(`${password}2`);
  await screen.context.clearCookies();
  await press('保存新密码');
  const sheet = page.getByRole('dialog', { name: '登录' });
  await sheet.getByLabel('账号').fill('officer');
  await sheet.locator('input[type=password]').fill(password);
  await sheet.locator('button[type=submit]').click();
  await see('密码已修改');
});

it('what is asked, how long steps take and how points work are set for days to come', async () => {
  await publishQuestions(page);
  await setProgramme(page);
  await screenWord(admin.page);
}, 120_000);

it('areas are brought in, moved with their reason, and grids set up, by the administrator', async () => {
  administered.push(await arrangeAreas(admin.page));
}, 120_000);

it('a merchant is registered and a benefit drafted; another officer approves and publishes it', async () => {
  details.push(await registerMerchant(page));
  details.push(await offerBenefit(page, browser, house.url));
}, 120_000);

it('a month that is not over is not settled: the house says so, and the dialog stays', () =>
  refuseEarlySettlement(page));

it('who serves in a shift is seen, and hours are corrected with what follows spelled out', async () => {
  details.push(await correctHours(page));
});

it('a draw is opened with its proof, and a redemption is followed from its request', async () => {
  details.push(...(await openLines(page)));
});

it('a project is approved by another than who drafted it', async () => {
  details.push(await approveProject(page, second.page));
});

it('a wall is set up: its link is shown once, shows the area, and is ended', () => setUpWall(page));

it('a map is brought in from a file, and one that does not fit is refused in words', () =>
  bringMap(page));

it('services go on the menu and are decided, stock is given, a roster is brought in', async () => {
  await decideServices(page, services);
  await giveStock(page);
  details.push(await importRoster(page, services));
}, 120_000);

it('an entry of the board is put up and taken down with its reason', () =>
  publishAndWithdraw(page));

it('every page breaks no rule in any look and fits a desk', async () => {
  const offered = await listMenu(page);
  const own = (await listMenu(admin.page)).filter((one) => !offered.includes(one));
  const paths = [...offered, '/desk/me', '/desk/nowhere', '/desk/rules/good-deed', ...details];
  const officers = await inspect(page, paths, deskSizes);
  const administrators = await inspect(admin.page, [...own, ...administered], deskSizes);
  expect([...officers, ...administrators]).toEqual([]);
}, 600_000);

it('every dialog of rewards and volunteering breaks no rule', async () => {
  const paths = [...(await listMenu(page)), ...details];
  expect(await inspectDialogs(page, paths)).toEqual([]);
}, 180_000);

it('what was served is asked about, by who had no part in it', () => noteReview(page, second.page));

it('the board is walked by the keyboard: past the menu, and a visible focus on each thing', async () => {
  await open('/follow-ups');
  await settle(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const reached = new Set<string>();
  for (let presses = 0; presses < 25; presses += 1) {
    await page.keyboard.press('Tab');
    reached.add(
      await page.evaluate<string>(`(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return 'end';
        if (element.id === 'page-title') return 'heading';
        const box = element.closest('.el-select__wrapper, .el-input__wrapper') ?? element;
        const { outlineStyle, boxShadow } = getComputedStyle(box);
        const look = outlineStyle !== 'none' || boxShadow !== 'none' ? 'seen' : 'none';
        return [element.tagName, element.textContent.trim().slice(0, 12), look].join(' ');
      })()`),
    );
    if (reached.has('end')) break;
  }
  expect([...reached].filter((one) => one.endsWith(' none'))).toEqual([]);
  expect([...reached].some((one) => one.startsWith('A 整改台'))).toBe(false);
  expect(reached.size).toBeGreaterThan(4);
});

it('no page asked anybody else or was refused by its policy', () => {
  expect([...screen.complaints, ...admin.complaints, ...second.complaints]).toEqual([]);
});
