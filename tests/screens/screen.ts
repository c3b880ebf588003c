import path from 'node:path';
import { readLastCode } from '@ddp/infra/demo/house';
import { chromiumArguments } from '@ddp/infra/engines/chromium';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

/** A browser that is told by each page what it may not do. */
export async function openBrowser(program: string, args: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: program, args: [...chromiumArguments, ...args] });
}

export interface WatchedContext {
  context: BrowserContext;
  page: Page;
  /** What pages asked of anybody but this house, and what the browser complained of. */
  complaints: Set<string>;
}

/** A phone or a desk of its own, at a house; whatever goes elsewhere or is refused is written down. */
export async function openScreen(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<WatchedContext> {
  const context = await browser.newContext({ locale: 'zh-CN', baseURL: origin, ...options });
  // Sooner than the test's own bound, so that a failure says what it waited for.
  context.setDefaultTimeout(30_000);
  const complaints = new Set<string>();
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.origin !== new URL(origin).origin) {
      complaints.add(`asked ${url.origin}`);
    }
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    const text = message.text();
    // An answer that refuses is the page's to tell; the browser writes a line for each.
    const isAnswer = text.startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) complaints.add(text);
  });
  page.on('pageerror', (error) => complaints.add(String(error)));
  return { context, page, complaints };
}

/** Signs in on the form that the screen shows; who is new chooses the community, level by level. */
export async function signIn(
  page: Page,
  smsUrl: string,
  phone: string,
  areas: readonly string[] = [],
): Promise<void> {
  const submit = page.locator('form button[type=submit]', { hasText: '登录' });
  await page.getByLabel('手机号').fill(phone);
  await page.getByRole('button', { name: '获取验证码' }).click();
  await page.getByText('验证码已发送').waitFor();
  await page.getByLabel('短信验证码').fill(await readLastCode(smsUrl, phone));
  await submit.click();
  if (areas.length === 0) return;
  for (const name of areas) await page.getByRole('button', { name }).click();
  await submit.click();
}

/** Whether a reader would have to scroll sideways. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
}

/** Waits until the page has all that it asked for. */
export async function settle(page: Page): Promise<void> {
  await page.locator('main').waitFor();
  await page.locator('.van-skeleton, .el-skeleton').first().waitFor({ state: 'detached' });
}

/** Keeps what a screen shows as it is, where pictures are wanted. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const { DDP_PICTURES: folder } = process.env;
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
/** Keeps the look of a page where `DDP_PICTURES` names a folder, as `npm run screens` does. */
export async function takePicture(
  page: Page,
  name: string,
  sizes: readonly { width: number; height: number }[],
): Promise<void> {
  const { DDP_PICTURES: folder } = process.env;
  if (!folder) return;
  const before = page.viewportSize();
  for (const size of sizes) {
    await page.setViewportSize(size);
    const file = path.join(folder, `${name}-${size.width}.png`);
    await page.screenshot({ path: file, fullPage: true });
  }
  if (before) await page.setViewportSize(before);
}
