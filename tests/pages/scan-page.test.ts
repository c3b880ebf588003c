import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type OpenedHouse, openHouse } from '@ddp/infra/demo/open-house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { issueWorkerCode } from '@ddp/infra/demo/walk-rating';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser, findViolations, looks, phone, withPage } from './browser.ts';

let house: OpenedHouse;
let pageUrl: string;
let program: string | null = null;
let obstacle = '';

beforeAll(async () => {
  const browser = await findBrowser();
  if ('obstacle' in browser) {
    obstacle = browser.obstacle;
    return;
  }
  program = browser.program;
  house = await openHouse({
    ...readTestEngines(),
    topology: 'mounted',
    prefix: drawPrefix(),
    logDir: mkdtempSync(path.join(tmpdir(), 'ddp-pages-')),
  });
  const step = <T>(_name: string, work: () => Promise<T>): Promise<T> => work();
  const code = await issueWorkerCode({ house, officer: house.officer, areaCode, step });
  pageUrl = `${house.url}/e/${code.url.split('/').at(-1)}`;
}, 300_000);
beforeEach(({ skip }) => skip(program === null, obstacle));
afterAll(() => house?.stop());

describe.each(looks)('the scan page %s', (_name, look) => {
  const pages = ['', '/report', '/thanks?as=skipped'];

  it.each(pages)(
    'breaks no rule of accessibility and needs no sideways scroll: "%s"',
    async (at) => {
      await withPage(program ?? '', look, async (page) => {
        await page.goto(`${pageUrl}${at}`);
        if (at === '') await page.locator('label[for=l3]').click();
        expect(await findViolations(page)).toEqual([]);
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect(width).toBeLessThanOrEqual(look.viewport.width);
      });
    },
  );
});

it('takes a rating by keyboard alone, without any script', { timeout: 60_000 }, async () => {
  await withPage(program ?? '', { viewport: phone, javaScriptEnabled: false }, async (page) => {
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
  await withPage(program ?? '', { viewport: phone }, async (page) => {
    const answer = await page.goto(`${house.url}/e/${'0'.repeat(26)}`);
    expect(answer?.status()).toBe(404);
    expect(await page.locator('h1').textContent()).toContain('此码无效或已停用');
    expect(await findViolations(page)).toEqual([]);
  });
});

describe('the scan page on a weak network', () => {
  it('is one answer of at most 14 KB that asks nobody for anything else', async () => {
    await withPage(program ?? '', { viewport: phone }, async (page) => {
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
    await withPage(program ?? '', { viewport: phone }, async (page) => {
      await page.goto(pageUrl);
      await page.context().setOffline(true);
      await page.locator('label[for=l4]').click();
      await page.getByRole('button', { name: '提交评价' }).click();
      await page.locator('#unsent').waitFor({ state: 'visible' });
      const kept = () => page.evaluate<string | null>(`localStorage.getItem('ddp-unsent')`);
      expect(await kept()).toContain('level=4');
      const sent = page.waitForResponse(
        (answer) => answer.request().method() === 'POST' && answer.url() === pageUrl,
      );
      await page.context().setOffline(false);
      expect((await sent).status()).toBe(303);
      await expect.poll(kept).toBe('[]');
      // The same device has rated this subject today: what was kept went in.
      await page.goto(pageUrl);
      await page.locator('label[for=l5]').click();
      await page.getByRole('button', { name: '提交评价' }).click();
      await page.getByText('今天已经评价过了').first().waitFor();
    });
  });

  it('takes two taps to the thanks', { timeout: 60_000 }, async () => {
    await withPage(program ?? '', { viewport: phone }, async (page) => {
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
