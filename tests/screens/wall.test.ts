import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setAreaMap } from '@ddp/contracts/directory/area-map-routes';
import { createHouseClient } from '@ddp/contracts/house-client';
import { createKiosk, revokeKiosk } from '@ddp/contracts/identity/kiosk-routes';
import { submitRating } from '@ddp/contracts/ratings/routes';
import { type OpenedHouse, openHouse } from '@ddp/infra/demo/open-house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { issueWorkerCode, tokenOf } from '@ddp/infra/demo/walk-rating';
import { startTopology } from '@ddp/infra/topology';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { findBrowser, findViolations } from '../pages/browser.ts';
import { fullWall } from './full-wall.ts';
import { keepPicture, openBrowser, openScreen, type WatchedContext } from './screen.ts';

const size = { width: 1920, height: 1080 };
const logDir = mkdtempSync(path.join(tmpdir(), 'ddp-wall-'));
const step = <T>(_name: string, work: () => Promise<T>) => work();
/** Of the worker that the house registers: a name that no wall may show. */
const planted = '萨仁';

let house: OpenedHouse;
let browser: Browser;
let screen: WatchedContext;
let page: Page;
let token = '';
let obstacle = '';
let rate: (level: 1 | 5) => Promise<void>;

beforeAll(async () => {
  const found = await findBrowser();
  if ('obstacle' in found) {
    obstacle = found.obstacle;
    return;
  }
  const env = { GATEWAY_WALL_EVERY_MS: '500' };
  house = await openHouse({
    ...readTestEngines(),
    ...{ topology: 'mounted', prefix: drawPrefix(), logDir, env },
  });
  const code = await issueWorkerCode({ house, officer: house.officer, areaCode, step });
  rate = async (level) => {
    const guest = createHouseClient(house.url);
    await guest.fetch(`/e/${tokenOf(code)}`);
    const body = { token: tokenOf(code), level, words: `谢谢${planted}` };
    await guest.call(submitRating, { body });
  };
  for (let count = 0; count < 6; count += 1) await rate(5);
  const wall = { areaCode: '1506', label: `${planted}的办公室`, days: 30 };
  ({ token } = await house.officer.call(createKiosk, { body: wall }));
  browser = await openBrowser(found.program);
  screen = await openScreen(browser, house.url, { viewport: size });
  page = screen.page;
}, 300_000);
beforeEach(({ skip }) => skip(obstacle !== '', obstacle));
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const counter = (name: string) =>
  page.locator('.counter', { has: page.locator('dt', { hasText: name }) });
const isLive = () => page.locator('.state.live').waitFor();
const isLost = () => page.locator('.state.lost', { hasText: '数字截至' }).waitFor();
const kept = () => page.evaluate<string | null>("localStorage.getItem('ddp.kiosk')");

it('without a link it says where to get one', async () => {
  await page.goto('/wall/');
  await page.getByRole('heading', { name: '这块屏幕还没有开通' }).waitFor();
  expect(await findViolations(page)).toEqual([]);
  await keepPicture(page, 'wall-closed');
});

it('opened by its link it shows the area, and takes the token out of the address', async () => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`/wall/#k=${token}`);
  await page.getByRole('heading', { name: '鄂尔多斯市' }).waitFor();
  await isLive();
  await counter('今日评价').getByText('6', { exact: true }).waitFor();
  expect(page.url()).toBe(`${house.url}/wall/`);
  expect(await kept()).toBe(token);
  expect(asked.filter((url) => url.includes(token))).toEqual([]);
  expect(await findViolations(page)).toEqual([]);
});

it('counts on while it is looked at, and names nobody', async () => {
  await rate(1);
  await counter('今日评价').getByText('7', { exact: true }).waitFor();
  await counter('待整改').getByText('不足 5').waitFor();
  const text = await page.content();
  expect(text).toContain('康巴什区');
  expect(text).not.toContain(planted);
  const feed = await page.evaluate<string>(`(async () => {
    const headers = { authorization: 'Bearer ' + localStorage.getItem('ddp.kiosk') };
    const answer = await fetch('/api/wall/v1/figures', { headers });
    const { value } = await answer.body.getReader().read();
    return new TextDecoder().decode(value);
  })()`);
  expect(feed).toContain('康巴什区');
  expect(feed).not.toContain(planted);
});

it('draws the outlines that an officer brought in, under our own names', async () => {
  const ring = [
    [109, 39],
    [110, 39],
    [110, 40],
    [109.2, 39.9],
    [109, 39],
  ];
  const map = {
    type: 'FeatureCollection' as const,
    features: [
      {
        type: 'Feature' as const,
        properties: { adcode: 150603, name: planted },
        geometry: { type: 'Polygon' as const, coordinates: [ring] },
      },
    ],
  };
  await house.officer.call(setAreaMap, { params: { code: '1506' }, body: { map } });
  const told = page.waitForResponse((answer) => answer.url().endsWith('/api/wall/v1/map'));
  await page.reload();
  const answer = await told;
  expect(answer.status()).toBe(200);
  expect(await answer.text()).not.toContain(planted);
  await page.locator('.map canvas').waitFor();
  await page.getByRole('img', { name: /各区划的平均分：康巴什区/ }).waitFor();
});

it('over a lost network it says since when its figures are old, and comes back by itself', async () => {
  await isLive();
  await screen.context.setOffline(true);
  // What is under way is cut as a dead network would, sooner than it is noticed.
  await page.evaluate("window.dispatchEvent(new Event('offline'))");
  await isLost();
  await counter('今日评价').getByText('7', { exact: true }).waitFor();
  await keepPicture(page, 'wall-lost');
  await screen.context.setOffline(false);
  await isLive();
});

it('over a restart of the house it waits, and goes on by itself', async () => {
  const port = Number(new URL(house.url).port);
  const stopped = Date.now();
  await house.topology.stop();
  // A stream that is open does not hold the house up.
  expect(Date.now() - stopped).toBeLessThan(8_000);
  await isLost();
  house.topology = await startTopology({ topology: 'mounted', env: house.env, port, logDir });
  await page.locator('.state.live').waitFor({ timeout: 40_000 });
  await counter('今日评价').getByText('7', { exact: true }).waitFor();
}, 120_000);

it('ends when its token is revoked, and begins anew by another link in the same window', async () => {
  const wall = { areaCode, label: '社区大厅', days: 1 };
  const other = await house.officer.call(createKiosk, { body: wall });
  await page.goto(`/wall/#k=${other.token}`);
  await page.getByRole('heading', { name: '示范社区' }).waitFor();
  await house.officer.call(revokeKiosk, { params: { id: other.id } });
  await page.getByRole('heading', { name: '这块屏幕的链接已失效' }).waitFor();
  await page.evaluate(`location.hash = '#k=${token}'`);
  await page.getByRole('heading', { name: '鄂尔多斯市' }).waitFor();
  await isLive();
});

it.each(['zh', 'en'])('a full wall in %s breaks no rule, and its words fit', async (language) => {
  const { context, page: full } = await openScreen(browser, house.url, { viewport: size });
  await context.addInitScript(fullWall(language));
  await full.goto(`/wall/#k=${token}`);
  await full.locator('.state.live').waitFor();
  await full.locator('.map canvas').waitFor();
  await keepPicture(full, `wall-full-${language}`);
  expect(await findViolations(full)).toEqual([]);
  expect(
    await full.evaluate<string[]>(`[...document.querySelectorAll('.wall *')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
        && !(one instanceof SVGElement) && getComputedStyle(one).display !== 'inline')
      .map((one) => one.className + ' ' + one.textContent.trim().slice(0, 40))`),
  ).toEqual([]);
  expect(
    await full.evaluate<boolean>(
      "document.querySelector('.wall').scrollHeight <= document.querySelector('.wall').clientHeight",
    ),
  ).toBe(true);
  await context.close();
});

it.each([
  [1280, 720],
  [3840, 2160],
  [1024, 768],
])('fits a screen of %i × %i whole', async (width, height) => {
  await page.setViewportSize({ width, height });
  const scale = Math.min(width / 1920, height / 1080);
  const wanted = [(width - 1920 * scale) / 2, (height - 1080 * scale) / 2, 1920 * scale];
  await expect
    .poll(async () => {
      const { x = -1, y = -1, width: wide = 0 } = (await page.locator('main').boundingBox()) ?? {};
      return [x, y, wide].map(Math.round);
    })
    .toEqual(wanted.map(Math.round));
});

it('asked nobody else and was refused nothing by its policy', () => {
  expect([...screen.complaints]).toEqual([]);
});
