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

export interface Browsers {
  /** One page that shares nothing with others; `fontSize` is what the reader has set, 16 unless they did. */
  withPage<T>(look: Look, work: (page: Page) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The browsers of a test file: one for each size of text, started when it is first asked for. */
export function keepBrowsers(program: string): Browsers {
  const started = new Map<number, Promise<Browser>>();
  const browserOf = (fontSize: number) => {
    const args = [...chromiumArguments, `--blink-settings=defaultFontSize=${fontSize}`];
    const browser = started.get(fontSize) ?? chromium.launch({ executablePath: program, args });
    started.set(fontSize, browser);
    return browser;
  };
  return {
    async withPage({ fontSize = 16, ...options }, work) {
      const browser = await browserOf(fontSize);
      const context = await browser.newContext({ locale: 'zh-CN', ...options });
      try {
        return await work(await context.newPage());
      } finally {
        await context.close();
      }
    },
    async close() {
      await Promise.all([...started.values()].map(async (browser) => (await browser).close()));
    },
  };
}

/** The rules that the same page may keep in one theme or size of text and break in another. */
export const rulesOfLooks = [
  ...['color-contrast', 'link-in-text-block'],
  ...['scrollable-region-focusable', 'target-size'],
];

/** The rules of WCAG 2.2 AA that a page breaks, as far as a program can tell; of those given, if any. */
export async function findViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axeSource);
  return page.evaluate(
    async (only) => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run({
        ...(only ? { runOnly: { type: 'rule' as const, values: only } } : {}),
        // Nothing else is read of the verdict, and no style sheet is another's.
        ...{ resultTypes: ['violations' as const], selectors: false, preload: false },
      });
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    },
    rules && [...rules],
  );
}

export const phone = { width: 360, height: 740 };
export const looks = [
  ['on a phone', { viewport: phone }],
  ['on a phone in the dark', { viewport: phone, colorScheme: 'dark' }],
  ['on a phone with large text', { viewport: phone, fontSize: 24 }],
  ['at a desk', { viewport: { width: 1280, height: 800 } }],
] as const;
