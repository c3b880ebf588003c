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
import { findBrowser, findViolations } from '../pages/browser.ts';
import {
  isTooWide,
  openBrowser,
  openScreen,
  settle,
  takePicture,
  type WatchedContext,
} from './screen.ts';

const desk = { width: 1280, height: 800 };
const smallDesk = { width: 1024, height: 768 };
const step = <T>(_name: string, work: () => Promise<T>) => work();

let house: OpenedHouse;
let browser: Browser;
let screen: WatchedContext;
let page: Page;
let admin: WatchedContext;
let second: WatchedContext;
let shortCode = '';
let obstacle = '';
/** Pages that no menu leads to, found on the way. */
const details: string[] = [];
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
  await walkVolunteering({ ...options, officers: house.officers });
  browser = await openBrowser(found.program);
  screen = await openScreen(browser, house.url, { viewport: desk });
  page = screen.page;
  admin = await openScreen(browser, house.url, { viewport: desk });
  second = await openScreen(browser, house.url, { viewport: desk });
}, 300_000);
beforeEach(({ skip }) => skip(obstacle !== '', obstacle));
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const open = (to: string, on = page) => on.goto(`/desk${to}`);
const see = (text: string | RegExp, on = page) => on.getByText(text).first().waitFor();
const press = (name: string, on = page) =>
  on.getByRole('button', { name, exact: true }).last().click();

/** The dialog that is open; fields behind it have the same names. */
const dialog = (on = page) => on.getByRole('dialog');

/** Chooses on a list that opens, by what is typed first where the list is long. */
async function choose(on: Page, label: string, option: string | RegExp, typed = ''): Promise<void> {
  const field = dialog(on).getByRole('combobox', { name: label });
  // What is chosen lies above the field that takes the keys.
  await field.click({ force: true });
  if (typed !== '') await field.fill(typed);
  await on.getByRole('option', { name: option }).first().click();
}

async function signInDesk(on: Page, login: string): Promise<void> {
  await on.getByLabel('账号').fill(login);
  await on.locator('input[type=password]').fill(password);
  await on.locator('form button[type=submit]').click();
}

it('staff sign in by password, and find in the menu what their post may do and no more', async () => {
  await open('/');
  await signInDesk(page, 'officer');
  await page.getByRole('link', { name: '整改台' }).first().waitFor();
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

/** Chooses in a field that is searched by part of a name. */
async function choose(field: string, text: string, on = page): Promise<void> {
  const input = on.getByRole('dialog').getByLabel(field).last();
  await input.click();
  await input.fill(text);
  await on.getByRole('option', { name: text }).first().click();
}

it('a merchant is registered and a benefit drafted; another officer approves and publishes it', async () => {
  await open('/merchants');
  await press('登记商户');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('商户名称').fill('草原奶茶馆');
  await choose('区划', '示范社区');
  await dialog.getByLabel('店主姓名').fill('图雅');
  await dialog.getByLabel('店主手机号').fill(drawPhone());
  await press('登记商户');
  await page.getByRole('link', { name: '草原奶茶馆' }).click();
  await see('营业中');
  details.push(new URL(page.url()).pathname);
  await press('设置月度上限');
  await page.getByRole('dialog').getByLabel('月度上限').fill('1200.50');
  await press('设置月度上限');
  await see('¥1,200.50');

  await open('/benefits');
  await press('新建权益');
  await page.getByRole('dialog').getByLabel('名称').fill('奶茶一杯');
  await choose('提供商户', '草原奶茶馆');
  await page.getByRole('dialog').getByLabel('每份结算金额').fill('12.50');
  await press('新建权益');
  await page.getByRole('link', { name: '奶茶一杯' }).click();
  const benefit = new URL(page.url()).pathname;
  details.push(benefit);
  await press('提交审核');
  await see('由另一位同事审核');
  await press('提交审核');
  await see('待审核');
  // Its author is refused, in words and beside what was asked.
  await press('审核通过');
  await press('审核通过');
  await page.getByRole('dialog').getByRole('alert').waitFor();

  const second = await openScreen(browser, house.url, { viewport: desk });
  await open('/', second.page);
  await signInDesk(second.page, 'officer2');
  await second.page.locator('.desk-menu').waitFor();
  await second.page.goto(benefit);
  await press('审核通过', second.page);
  await press('审核通过', second.page);
  await see('待上架', second.page);
  await press('上架', second.page);
  await press('上架', second.page);
  await see('已上架', second.page);
  await second.context.close();
}, 120_000);

it('a month that is not over is not settled: the house says so, and the dialog stays', async () => {
  await open('/settlements');
  await see('还没有结算过');
  await press('发起结算');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('为每家商户生成').waitFor();
  const thisMonth = new Date().toISOString().slice(0, 7);
  await dialog.getByLabel('月份').fill(thisMonth);
  await press('发起结算');
  await dialog.getByRole('alert').waitFor();
  expect(await dialog.getByLabel('月份').inputValue()).toBe(thisMonth);
});

it('who serves in a shift is seen, and hours are corrected with what follows spelled out', async () => {
  await open('/activities');
  await page.getByRole('link', { name: /清洁河岸/ }).click();
  await see('报名中');
  await see('服务中');
  details.push(new URL(page.url()).pathname);
  await open('/hours');
  await page.getByRole('button', { name: '更正', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('积分和统计随之更正').waitFor();
  await dialog.getByLabel('正确的分钟数').fill('240');
  await dialog.getByLabel('原因').fill('登记时多写了一小时');
  await press('更正');
  await page.getByRole('cell', { name: '240', exact: true }).waitFor();
});

it('a wall is set up: its link is shown once, shows the area, and is ended', async () => {
  await open('/walls');
  await press('开通大屏');
  await choose('显示哪个区划', '鄂尔多斯市');
  await page.getByRole('dialog').getByLabel('屏幕放在哪里').fill('一楼大厅');
  await press('开通大屏');
  const link = await page.getByLabel('链接', { exact: true }).inputValue();
  const wall = await screen.context.newPage();
  await wall.goto(link);
  await wall.getByRole('heading', { name: '鄂尔多斯市' }).waitFor();
  await press('停用');
  await press('停用');
  await see('还没有大屏');
  await wall.getByRole('heading', { name: '这块屏幕的链接已失效' }).waitFor();
  await wall.close();
  await page.reload();
  await see('还没有大屏');
  expect(await page.content()).not.toContain(link.split('#k=')[1]);
});

it('a map is brought in from a file, and one that does not fit is refused in words', async () => {
  await open('/maps');
  await see('还没有地图');
  const fileOf = (code: string) => ({
    name: 'map.geojson',
    mimeType: 'application/geo+json',
    buffer: Buffer.from(
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            properties: { code },
            geometry: { type: 'Polygon', coordinates: [ring] },
          },
        ],
      }),
    ),
  });
  const ring = [
    [109, 39],
    [110, 39],
    [110, 40],
    [109, 39],
  ];
  await page.locator('input[name=map]').setInputFiles(fileOf('999999'));
  await press('上传地图');
  await see('第 1 块');
  await page.locator('input[name=map]').setInputFiles(fileOf('150603'));
  await press('上传地图');
  await see('1 个下级区划中，1 个有边界');
});

type Look = readonly [theme: string, textScale: string, contrast: string];
const looks: readonly Look[] = [
  ['light', 'normal', 'usual'],
  ['dark', 'larger', 'usual'],
  ['light', 'larger', 'high'],
];

/** The pages that the menu offers, as a reader would find them. */
function listMenu(on: Page): Promise<string[]> {
  return on.evaluate<string[]>(
    `[...document.querySelectorAll('.desk-menu a')].map((link) => link.getAttribute('href'))`,
  );
}

/** What is wrong with pages in a look; a picture of each is kept where pictures are wanted. */
async function inspect(
  { page: on }: WatchedContext,
  look: Look,
  more: readonly string[] = [],
): Promise<string[]> {
  for (const [index, name] of ['theme', 'text-scale', 'contrast'].entries()) {
    await on.evaluate(`localStorage.setItem('ddp.${name}', '${look[index]}')`);
  }
  const found: string[] = [];
  for (const one of [...(await listMenu(on)), '/desk/me', '/desk/nowhere', ...more]) {
    await on.goto(one);
    await settle(on);
    for (const violation of await findViolations(on)) found.push(`${one}: ${violation}`);
    for (const viewport of [smallDesk, desk]) {
      await on.setViewportSize(viewport);
      if (await isTooWide(on)) found.push(`${one} scrolls sideways at ${viewport.width}`);
    }
    await takePicture(on, [one.slice(1).replaceAll('/', '-'), ...look].join('-'), [desk]);
  }
  return found;
}

it.each(looks)(
  'every page in %s with %s text and %s contrast breaks no rule and fits a desk',
  async (...look) => {
    const officers = await inspect(screen, look, details);
    const administrators = await inspect(admin, look);
    expect([...officers, ...administrators]).toEqual([]);
  },
  300_000,
);

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
