import { type Browser, type Cookie, chromium } from 'playwright-core';
import { chromiumArguments } from '../../engines/chromium.ts';

/** A phone of some years ago on a slow network: what elders hold in their hands. */
const cpuSlowdown = 4;
const latencyMs = 150;
const bytesPerSecond = 1_600_000 / 8;
const limitMs = 30_000;

export interface PageToShow {
  url: string;
  /** What is on the page once its reader has what they came for. */
  selector: string;
  cookies?: Pick<Cookie, 'name' | 'value'>[];
}

/** Notes when an element is there and was painted, by the page's own clock from the tap on. */
const watchFor = (selector: string) => `(() => {
  const look = () => {
    if (document.querySelector(${JSON.stringify(selector)})) {
      requestAnimationFrame(() => setTimeout(() => { window.shownAtMs = performance.now(); }));
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

export function openWeakPhone(program: string): Promise<Browser> {
  return chromium.launch({ executablePath: program, args: chromiumArguments });
}

/** How long a first visit with nothing kept waits for what the page is for. Throws where it never comes. */
export async function timeFirstPaint(browser: Browser, page: PageToShow): Promise<number> {
  const context = await browser.newContext({
    ...{ locale: 'zh-CN', viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
  });
  try {
    const { origin } = new URL(page.url);
    await context.addCookies((page.cookies ?? []).map((one) => ({ ...one, url: origin })));
    await context.addInitScript(watchFor(page.selector));
    const tab = await context.newPage();
    const devtools = await context.newCDPSession(tab);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: latencyMs },
      ...{ downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond / 2 },
    });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
    await tab.goto(page.url, { waitUntil: 'commit', timeout: limitMs });
    const endsAt = performance.now() + limitMs;
    for (;;) {
      const shownAtMs = await tab.evaluate<number | null>('window.shownAtMs ?? null');
      if (shownAtMs !== null) return shownAtMs;
      if (performance.now() > endsAt) throw new Error(`${page.url} never showed ${page.selector}`);
      await tab.waitForTimeout(50);
    }
  } finally {
    await context.close();
  }
}
