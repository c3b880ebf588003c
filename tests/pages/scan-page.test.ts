import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type OpenedHouse, openHouse } from '@ddp/infra/demo/open-house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { issueWorkerCode } from '@ddp/infra/demo/walk-rating';
import { chromiumArguments, provideChromium } from '@ddp/infra/engines/chromium';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import { source as axeSource } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

let house: OpenedHouse;
let pageUrl: string;
let program: string | null = null;
let obstacle = 'no Chromium on this machine';

beforeAll(async () => {
  const say = (line: string) => process.stderr.write(`· ${line}\n`);
  program = await provideChromium(say).catch((error: unknown) => {
    obstacle = `Chromium could not be installed: ${String(error)}`;
    return null;
  });
  if (program === null) return;
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

async function withPage<T>(
  look: BrowserContextOptions & { fontSize?: number },
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const { fontSize = 16, ...options } = look;
  const args = [...chromiumArguments, `--blink-settings=defaultFontSize=${fontSize}`];
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath: program ?? '', args });
    const context = await browser.newContext({ locale: 'zh-CN', ...options });
    return await work(await context.newPage());
  } finally {
    await browser?.close();
  }
}

/** The rules of WCAG 2.2 AA that a page breaks, as far as a program can tell. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

const phone = { width: 360, height: 740 };
const looks = [
  ['on a phone', { viewport: phone }],
  ['on a phone in the dark', { viewport: phone, colorScheme: 'dark' }],
  ['on a phone with large text', { viewport: phone, fontSize: 24 }],
  ['at a desk', { viewport: { width: 1280, height: 800 } }],
] as const;

describe.each(looks)('the scan page %s', (_name, look) => {
  const pages = ['', '/report', '/thanks?as=skipped'];

  it.each(pages)(
    'breaks no rule of accessibility and needs no sideways scroll: "%s"',
    async (at) => {
      await withPage(look, async (page) => {
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
  await withPage({ viewport: phone, javaScriptEnabled: false }, async (page) => {
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
  await withPage({ viewport: phone }, async (page) => {
    const answer = await page.goto(`${house.url}/e/${'0'.repeat(26)}`);
    expect(answer?.status()).toBe(404);
    expect(await page.locator('h1').textContent()).toContain('此码无效或已停用');
    expect(await findViolations(page)).toEqual([]);
  });
});

describe('the scan page on a weak network', () => {
  it('is one answer of at most 14 KB that asks nobody for anything else', async () => {
    await withPage({ viewport: phone }, async (page) => {
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
    await withPage({ viewport: phone }, async (page) => {
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
      await page.waitForFunction(`localStorage.getItem('ddp-unsent') === '[]'`);
      // The same device has rated this subject today: what was kept went in.
      await page.goto(pageUrl);
      await page.locator('label[for=l5]').click();
      await page.getByRole('button', { name: '提交评价' }).click();
      await page.waitForFunction(`document.body.textContent.includes('今天已经评价过了')`);
    });
  });

  it('takes two taps to the thanks', { timeout: 60_000 }, async () => {
    await withPage({ viewport: phone }, async (page) => {
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
