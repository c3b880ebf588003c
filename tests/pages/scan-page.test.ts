import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { setSubjectPhoto } from '@ddp/contracts/directory/subject-routes';
import { drawPhone, signInByPhone } from '@ddp/infra/demo/house';
import { type OpenedHouse, openHouse } from '@ddp/infra/demo/open-house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { issueWorkerCode } from '@ddp/infra/demo/walk-rating';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import { eventually } from '@ddp/testing/module-harness';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Browsers,
  findBrowser,
  findViolations,
  keepBrowsers,
  looks,
  phone,
} from './browser.ts';

const step = <T>(_name: string, work: () => Promise<T>): Promise<T> => work();

let house: OpenedHouse;
let pageUrl: string;
let browsers: Browsers;
let obstacle = '';

beforeAll(async () => {
  const browser = await findBrowser();
  if ('obstacle' in browser) {
    obstacle = browser.obstacle;
    return;
  }
  browsers = keepBrowsers(browser.program);
  house = await openHouse({
    ...readTestEngines(),
    topology: 'mounted',
    prefix: drawPrefix(),
    logDir: mkdtempSync(path.join(tmpdir(), 'ddp-pages-')),
  });
  const code = await issueWorkerCode({ house, officer: house.officer, areaCode, step });
  pageUrl = `${house.url}/e/${code.url.split('/').at(-1)}`;
}, 300_000);
beforeEach(({ skip }) => skip(obstacle !== '', obstacle));
afterAll(async () => {
  await browsers?.close();
  await house?.stop();
});

let withPhoto: Promise<{ url: string }> | undefined;

/** The page of a worker with a photo, made once. */
function pageWithPhoto() {
  withPhoto ??= (async () => {
    const { officer } = house;
    const code = await issueWorkerCode({ house, officer, areaCode, step });
    const create = { width: 640, height: 640, channels: 3 as const, background: '#2a6f8f' };
    const data = (await sharp({ create }).png().toBuffer()).toString('base64');
    await officer.call(setSubjectPhoto, { params: { id: code.subjectId }, body: { data } });
    const url = `${house.url}/e/${code.url.split('/').at(-1)}`;
    await eventually(async () => (await (await fetch(url)).text()).includes('<img'));
    return { url };
  })();
  return withPhoto;
}

/** The cookies of a browser that a new resident has signed in with. */
async function signInCookies() {
  const lines: string[] = [];
  const send = async (request: Request) => {
    const answer = await fetch(request);
    lines.push(...answer.headers.getSetCookie());
    return answer;
  };
  await signInByPhone(house, drawPhone(), { role: 'resident', areaCode }, send);
  return lines.map((line) => {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=', 2);
    return { name, value, url: house.url };
  });
}

describe.each(looks)('the scan page %s', (_name, look) => {
  const pages = ['', '/report', '/thanks?as=skipped'];

  it.each(pages)(
    'breaks no rule of accessibility and needs no sideways scroll: "%s"',
    async (at) => {
      await browsers.withPage(look, async (page) => {
        await page.goto(`${pageUrl}${at}`);
        if (at === '') await page.locator('label[for=l3]').click();
        expect(await findViolations(page)).toEqual([]);
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect(width).toBeLessThanOrEqual(look.viewport.width);
      });
    },
  );
});

describe.each(looks)('the scan page with a photo %s', (_name, look) => {
  it('shows it whole with a text, and the letter where it does not come', {
    timeout: 60_000,
  }, async () => {
    await browsers.withPage(look, async (page) => {
      const { url } = await pageWithPhoto();
      await page.goto(url);
      const photo = page.getByRole('img', { name: '照片：萨仁' });
      const widthOf = () =>
        photo.evaluate((image: { complete: boolean; naturalWidth: number }) =>
          image.complete ? image.naturalWidth : -1,
        );
      await expect.poll(widthOf).toBe(320);
      expect(await findViolations(page)).toEqual([]);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(look.viewport.width);
      const html = await (await fetch(url)).text();
      expect(gzipSync(html).length).toBeLessThan(14 * 1024);
      await page.context().clearCookies();
      await page.route('**/subject-photos/**', (route) => route.abort());
      await page.reload();
      await expect.poll(() => page.locator('.photo img').isVisible()).toBe(false);
      expect(await page.locator('.photo span').textContent()).toBe('萨');
      expect(await findViolations(page)).toEqual([]);
    });
  });
});

it('takes a rating by keyboard alone, without any script', { timeout: 60_000 }, async () => {
  await browsers.withPage({ viewport: phone, javaScriptEnabled: false }, async (page) => {
    await page.goto(pageUrl);
    await page.keyboard.press('Tab');
    // No face is chosen beforehand; the first key chooses one.
    expect(await page.locator('input[name=level]:checked').count()).toBe(0);
    await page.keyboard.press('Space');
    expect(await page.locator('input[name=level]:checked').getAttribute('value')).toBe('5');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('input[name=level]:checked').getAttribute('value')).toBe('4');
    await page.getByRole('button', { name: '提交评价' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/thanks/);
    expect(await page.locator('h1').textContent()).toContain('谢谢');
  });
});

it('shows the same page for a code that is not in force, and offers to report it', async () => {
  await browsers.withPage({ viewport: phone }, async (page) => {
    const answer = await page.goto(`${house.url}/e/${'0'.repeat(26)}`);
    expect(answer?.status()).toBe(404);
    expect(await page.locator('h1').textContent()).toContain('此码无效或已停用');
    expect(await findViolations(page)).toEqual([]);
  });
});

describe('the scan page on a weak network', () => {
  it('is one answer of at most 14 KB that asks nobody for anything else', async () => {
    await browsers.withPage({ viewport: phone }, async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(pageUrl, { waitUntil: 'networkidle' });
      expect(asked.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([pageUrl]);
      const html = await (await fetch(pageUrl)).text();
      expect(gzipSync(html).length).toBeLessThan(14 * 1024);
    });
  });

  it('keeps a rating while there is none, and sends it once there is', {
    timeout: 60_000,
  }, async () => {
    await browsers.withPage({ viewport: phone }, async (page) => {
      await page.goto(pageUrl);
      await page.context().setOffline(true);
      await page.locator('label[for=l4]').click();
      await page.getByRole('button', { name: '提交评价' }).click();
      await page.locator('#unsent').waitFor({ state: 'visible' });
      const kept = () => page.evaluate<string | null>(`localStorage.getItem('ddp-unsent')`);
      expect(await kept()).toContain('level=4');
      // The sign-in page of a public network answers everything, and takes nothing.
      await page.route(pageUrl, (route) => route.fulfill({ status: 200, body: '请先登录 Wi-Fi' }));
      const answered = page.waitForResponse(pageUrl);
      await page.context().setOffline(false);
      expect((await answered).status()).toBe(200);
      await page.unroute(pageUrl);
      expect(await kept()).toContain('level=4');
      const sent = page.waitForResponse(
        (answer) => answer.request().method() === 'POST' && answer.url() === pageUrl,
      );
      await page.evaluate(`window.dispatchEvent(new Event('online'))`);
      expect((await sent).status()).toBe(303);
      await expect.poll(kept).toBe('[]');
      // The same device has rated this subject today: what was kept went in.
      await page.goto(pageUrl);
      await page.locator('label[for=l5]').click();
      await page.getByRole('button', { name: '提交评价' }).click();
      await page.getByText('今天已经评价过了').first().waitFor();
    });
  });

  const keepOffline = async (page: Page, level: number) => {
    await page.context().setOffline(true);
    await page.locator(`label[for=l${level}]`).click();
    await page.getByRole('button', { name: '提交评价' }).click();
    await page.locator('#unsent').waitFor({ state: 'visible' });
  };
  const kept = (page: Page) => page.evaluate<string | null>(`localStorage.getItem('ddp-unsent')`);

  it('shows why a kept rating was refused, and keeps it until it is dismissed', {
    timeout: 60_000,
  }, async () => {
    await browsers.withPage({ viewport: phone }, async (page) => {
      await page.goto(pageUrl);
      await page.locator('label[for=l5]').click();
      await page.getByRole('button', { name: '提交评价' }).click();
      await page.waitForURL(/thanks/);
      await page.goto(pageUrl);
      await keepOffline(page, 2);
      await page.context().setOffline(false);
      const refused = page.locator('#kept li');
      await expect.poll(() => refused.textContent()).toContain('今天已经评价过了');
      expect(await page.locator('#unsent').isVisible()).toBe(true);
      await page.goto(pageUrl);
      await expect.poll(() => refused.textContent()).toContain('萨仁');
      expect(await kept(page)).toContain('level=2');
      expect(await findViolations(page)).toEqual([]);
      expect(await page.getByRole('button', { name: '按现在的身份提交' }).isVisible()).toBe(false);
      await page.getByRole('button', { name: '不提交，删除' }).click();
      expect(await page.locator('#kept').isVisible()).toBe(false);
      expect(await kept(page)).toBe('[]');
    });
  });

  it('sends what a person wrote as nobody else before somebody has agreed to it', {
    timeout: 60_000,
  }, async () => {
    await browsers.withPage({ viewport: phone }, async (page) => {
      await page.context().addCookies(await signInCookies());
      await page.goto(pageUrl);
      await keepOffline(page, 4);
      await page.context().clearCookies();
      await page.context().setOffline(false);
      const refused = page.locator('#kept li');
      await expect.poll(() => refused.textContent()).toContain('填写时的登录已不在');
      // The page is still that of the person who wrote; only a page of now can send it as now.
      await page.goto(pageUrl);
      const sendAsNow = page.getByRole('button', { name: '按现在的身份提交' });
      await sendAsNow.waitFor({ state: 'visible' });
      await page.context().addCookies(await signInCookies());
      await sendAsNow.click();
      await expect.poll(() => refused.textContent()).toContain('和现在登录的不同');
      await page.goto(pageUrl);
      const sent = page.waitForResponse((answer) => answer.request().method() === 'POST');
      await sendAsNow.click();
      expect((await sent).status()).toBe(303);
      await expect.poll(() => kept(page)).toBe('[]');
    });
  });

  it('asks before it takes a form of a session that is over, also without any script', {
    timeout: 60_000,
  }, async () => {
    await browsers.withPage({ viewport: phone, javaScriptEnabled: false }, async (page) => {
      await page.context().addCookies(await signInCookies());
      await page.goto(pageUrl);
      await page.locator('label[for=l4]').click();
      await page.context().clearCookies();
      const send = page.getByRole('button', { name: '提交评价' });
      await send.click();
      expect(await page.getByRole('alert').textContent()).toContain('会算作游客评价');
      await send.click();
      await page.waitForURL(/thanks\?as=guest/);
    });
  });

  it('takes two taps to the thanks', { timeout: 60_000 }, async () => {
    await browsers.withPage({ viewport: phone }, async (page) => {
      await page.goto(pageUrl);
      await page.locator('label[for=l5]').click();
      await page.getByRole('button', { name: '提交评价' }).click();
      await page.waitForURL(/thanks/);
    });
  });

  it('goes nowhere that a link names', async () => {
    const query = '?next=https://evil.example/&as=guest';
    for (const at of ['', '/thanks', '/report']) {
      const answer = await fetch(`${pageUrl}${at}${query}`, { redirect: 'manual' });
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toContain('evil.example');
    }
  });
});
