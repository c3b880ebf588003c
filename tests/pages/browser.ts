import { chromiumArguments, provideChromium } from '@ddp/infra/engines/chromium';
import { source as axeSource } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** A Chromium to look at pages with, or why there is none. */
export async function findBrowser(): Promise<{ program: string } | { obstacle: string }> {
  const say = (line: string) => process.stderr.write(`· ${line}\n`);
  try {
    const program = await provideChromium(say);
    return program === null ? { obstacle: 'no Chromium on this machine' } : { program };
  } catch (error) {
    return { obstacle: `Chromium could not be installed: ${String(error)}` };
  }
}

export type Look = BrowserContextOptions & { fontSize?: number };

/** One page of a browser of its own; `fontSize` is what the reader has set, 16 unless they did. */
export async function withPage<T>(
  program: string,
  look: Look,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const { fontSize = 16, ...options } = look;
  const args = [...chromiumArguments, `--blink-settings=defaultFontSize=${fontSize}`];
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath: program, args });
    const context = await browser.newContext({ locale: 'zh-CN', ...options });
    return await work(await context.newPage());
  } finally {
    await browser?.close();
  }
}

/** The rules of WCAG 2.2 AA that a page breaks, as far as a program can tell. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

export const phone = { width: 360, height: 740 };
export const looks = [
  ['on a phone', { viewport: phone }],
  ['on a phone in the dark', { viewport: phone, colorScheme: 'dark' }],
  ['on a phone with large text', { viewport: phone, fontSize: 24 }],
  ['at a desk', { viewport: { width: 1280, height: 800 } }],
] as const;
