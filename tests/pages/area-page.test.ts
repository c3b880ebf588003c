import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import { submitRating } from '@ddp/contracts/ratings/routes';
import { readAreaScore } from '@ddp/contracts/ratings/score-routes';
import { newId } from '@ddp/db-kit/ids';
import { ratingsModule } from '@ddp/ratings/module';
import { createHarness, eventually, type Harness } from '@ddp/testing/module-harness';
import { anonymous, personAs } from '@ddp/testing/principals';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Browsers,
  findBrowser,
  findViolations,
  keepBrowsers,
  looks,
  phone,
} from './browser.ts';

const origin = 'http://area.test';
const areas = [
  { code: '150603003', name: '滨河街道', level: 'township', parentCode: '150603' },
  { code: '150603003001', name: '示范社区', level: 'community', parentCode: '150603003' },
  { code: '150603003002', name: '乌兰木伦湖社区', level: 'community', parentCode: '150603003' },
].map((area) => ({
  ...area,
  areaPath: `/1506/150603/150603003/${area.level === 'community' ? `${area.code}/` : ''}`,
}));

const token = '0'.repeat(26);
const scan: ResolvedScan = {
  codeId: newId(),
  subject: {
    ...{ id: newId(), kind: 'worker', name: '乌兰', title: '社工' },
    ...{ unitId: null, unitName: '滨河社工站', areaName: '示范社区' },
  },
  ...{ place: '', areaPath: areas[1]?.areaPath ?? '', programmeId: null, subjectPersonId: null },
};

function answerAsDirectory(request: Request): Response {
  const code = new URL(request.url).pathname.split('/')[3];
  if (code === undefined) return Response.json({ items: areas.slice(1), nextCursor: null });
  return Response.json(areas.find((area) => area.code === code));
}

let house: Harness;
let browsers: Browsers;
let obstacle = '';

beforeAll(async () => {
  const browser = await findBrowser();
  if ('obstacle' in browser) {
    obstacle = browser.obstacle;
    return;
  }
  browsers = keepBrowsers(browser.program);
  house = await createHarness({
    modules: [ratingsModule],
    startAt: new Date('2026-10-12T09:00:00+08:00'),
    peers: {
      codes: async () => Response.json({ scans: [{ token, scan }] }),
      directory: async (request) => answerAsDirectory(request),
    },
  });
  for (const level of [5, 5, 4, 4, 3, 2, 1]) {
    await house.call(submitRating, { body: { token, level } }, personAs('resident'));
  }
  house.clock.advanceMs(2 * 86_400_000);
  await eventually(async () => {
    const query = { areaCode: '150603003' };
    return (await house.call(readAreaScore, { query }, anonymous)).count === 7;
  });
}, 300_000);
beforeEach(({ skip }) => skip(obstacle !== '', obstacle));
afterAll(async () => {
  await browsers?.close();
  await house?.stop();
});

/** Opens a page of the service in the browser, as through a gateway. */
async function visit(page: Page, path: string): Promise<void> {
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const answer = await house.fetchOf('ratings')(new Request(`${origin}${pathname}`));
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    });
  });
  await page.goto(`${origin}${path}`);
}

describe.each(looks)('the page of an area %s', (_name, look) => {
  // The first has figures, the last has none yet.
  it.each(['150603003', '150603003001', '150603003002'])(
    'breaks no rule of accessibility and needs no sideways scroll: %s',
    async (code) => {
      await browsers.withPage(look, async (page) => {
        await visit(page, `/a/${code}`);
        expect(await findViolations(page)).toEqual([]);
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect(width).toBeLessThanOrEqual(look.viewport.width);
      });
    },
  );
});

it('leads from an area to its parts and back by keyboard alone', { timeout: 60_000 }, async () => {
  await browsers.withPage({ viewport: phone, javaScriptEnabled: false }, async (page) => {
    await visit(page, '/a/150603003');
    await page.getByRole('link', { name: '示范社区' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/150603003001/);
    expect(await page.locator('h1').textContent()).toContain('示范社区');
    await page.getByRole('link', { name: '上级区域' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/150603003$/);
  });
});
