import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consentVersion } from '@ddp/contracts/points/consent-version';
import { joinProgramme } from '@ddp/contracts/points/routes';
import type { Browser } from 'playwright-core';
import { drawPhone, signInByPhone } from '../../demo/house.ts';
import { openHouse } from '../../demo/open-house.ts';
import { areaCode } from '../../demo/prepare-house.ts';
import { issueWorkerCode } from '../../demo/walk-rating.ts';
import { provideChromium } from '../../engines/chromium.ts';
import type { Bench, BenchContext } from '../context.ts';
import { conclude, interleave, type Measurement, type Sample } from '../measurement.ts';
import { openWeakPhone, type PageToShow, timeFirstPaint } from '../screens/weak-phone.ts';

const title = { unit: 'ms', kind: 'limit', better: 'lower' } as const;
/** What a person with a weak phone should wait at the longest. */
const boundsMs = { scan: 1_000, 'resident-home': 2_500 };

/**
 * First visits with nothing kept, on a phone four times slower than this machine and a network of
 * 1.6 Mbit/s and 150 ms: from the tap until the page shows what it is for. The limit is a page of one
 * line that needs nothing else.
 */
export const bench: Bench = {
  name: 'first-paint',
  async run(context) {
    const program = await provideChromium(context.say);
    if (program === null) throw new Error('there is no Chromium on this machine');
    const bare = await serveOneLine();
    const pages = await openPages(context);
    const browser = await openWeakPhone(program);
    try {
      // The first page of a browser pays for its start.
      await timeFirstPaint(browser, bare.page);
      const measurements: Measurement[] = [];
      for (const name of ['scan', 'resident-home'] as const) {
        measurements.push(await measure(context, browser, { name, page: pages[name], bare }));
      }
      return measurements;
    } finally {
      await browser.close();
      await pages.stop();
      bare.stop();
    }
  },
};

async function measure(
  { pace, say }: BenchContext,
  browser: Browser,
  of: { name: keyof typeof boundsMs; page: PageToShow; bare: { page: PageToShow } },
): Promise<Measurement> {
  const sample = async (page: PageToShow): Promise<Sample> => {
    const value = await timeFirstPaint(browser, page);
    return { value, p50Ms: value, p99Ms: value, errors: 0 };
  };
  await sample(of.page);
  const { subject, reference } = await interleave(
    pace.rounds,
    () => sample(of.page),
    () => sample(of.bare.page),
  );
  const measured = conclude({ ...title, name: `first-paint.${of.name}` }, subject, reference);
  const bound = boundsMs[of.name];
  say(`${measured.bench}: ${Math.round(measured.value)} ms, of at most ${bound} ms`);
  return measured;
}

/** A house with a code to scan and a resident who is signed in. */
async function openPages(context: BenchContext) {
  const { databaseUrl, redisUrl } = await context.engines();
  const { DATABASE_PREFIX: prefix = 'bench' } = await context.environment();
  const logDir = mkdtempSync(join(tmpdir(), 'ddp-first-paint-'));
  const house = await openHouse({ databaseUrl, redisUrl, topology: 'mounted', prefix, logDir });
  const step = <T>(_name: string, work: () => Promise<T>) => work();
  const code = await issueWorkerCode({ house, officer: house.officer, areaCode, step });
  let cookie = '';
  const as = { role: 'resident' as const, areaCode };
  const resident = await signInByPhone(house, drawPhone(), as, (request) => {
    cookie = request.headers.get('cookie') ?? '';
    return fetch(request);
  });
  await resident.call(joinProgramme, { body: { consentVersion } });
  const cookies = cookie.split('; ').map((pair) => {
    const [name = '', value = ''] = pair.split('=', 2);
    return { name, value };
  });
  const path = new URL(code.url).pathname;
  return {
    scan: { url: `${house.url}${path}`, selector: 'form label[for=l5]' },
    'resident-home': { url: `${house.url}/app/`, selector: '.meters dd', cookies },
    stop: () => house.stop(),
  };
}

async function serveOneLine() {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><link rel="icon" href="data:,"><p>您好</p>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const page: PageToShow = { url: `http://127.0.0.1:${port}/`, selector: 'p' };
  return {
    page,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
