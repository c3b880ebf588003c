import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Code } from '@ddp/contracts/codes/schemas';
import { createHouseClient, type HouseClient } from '@ddp/contracts/house-client';
import { drawPhone } from '@ddp/infra/demo/house';
import { type OpenedHouse, openHouse } from '@ddp/infra/demo/open-house';
import { areaCode } from '@ddp/infra/demo/prepare-house';
import { issueWorkerCode, tokenOf } from '@ddp/infra/demo/walk-rating';
import { type OpenedShop, openShop } from '@ddp/infra/demo/walk-redemption';
import { createMatrix } from '@ddp/qr/matrix';
import { drawPrefix, readTestEngines } from '@ddp/testing/config';
import type { Browser, BrowserContext } from 'playwright-core';
import { findBrowser, phone } from '../pages/browser.ts';
import { camerasOf, filmOf } from './film.ts';
import { openBrowser, openScreen, type WatchedContext } from './screen.ts';

export type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

/** One running house that all screens of phones are looked at in, and who is there. */
export interface World {
  house: OpenedHouse;
  browser: Browser;
  /** The phone of a resident who is new. */
  screen: WatchedContext;
  own: string;
  shop: OpenedShop;
  /** Of a worker, who may sign in by a phone too. */
  code: Code;
  token: string;
  workerPhone: string;
  /** A phone, signed in before, whose camera sees a symbol. */
  openCamera(text: string, storageState: StorageState): Promise<WatchedContext>;
  stop(): Promise<void>;
}

const step = <T>(_name: string, work: () => Promise<T>) => work();

/** Starts the house and the browser; what stands in the way where there is no browser. */
export async function openWorld(): Promise<World | { obstacle: string }> {
  const found = await findBrowser();
  if ('obstacle' in found) return found;
  const { program } = found;
  const logDir = mkdtempSync(path.join(tmpdir(), 'ddp-screens-'));
  // One phone signs in again and again, and nobody waits for a sweep.
  const env = { IDENTITY_CODE_WAIT_SECONDS: '1', DDP_INTERVAL_SCALE: '0.1' };
  const prefix = drawPrefix();
  const house = await openHouse({
    ...readTestEngines(),
    ...{ topology: 'mounted', prefix, logDir, env },
  });
  const options = { house, officer: house.officer, officers: house.officers, areaCode, step };
  const workerPhone = drawPhone();
  const code = await issueWorkerCode({ ...options, workerPhone });
  const shop = await openShop(options);
  const browsers = [await openBrowser(program)];
  const [browser] = browsers as [Browser];
  const screen = await openScreen(browser, house.url, { viewport: phone });
  return {
    ...{ house, browser, screen, own: drawPhone(), shop, code, token: tokenOf(code), workerPhone },
    async openCamera(text, storageState) {
      const film = path.join(mkdtempSync(path.join(tmpdir(), 'ddp-film-')), 'symbol.y4m');
      writeFileSync(film, filmOf(createMatrix(text)));
      const camera = await openBrowser(program, camerasOf(film));
      browsers.push(camera);
      const look = { viewport: phone, permissions: ['camera'], storageState };
      return openScreen(camera, house.url, look);
    },
    async stop() {
      for (const one of browsers) await one.close();
      await house.stop();
    },
  };
}

/** What the session of a browser may ask the house, beside its screens. */
export async function clientOf(
  house: OpenedHouse,
  { context }: WatchedContext,
): Promise<HouseClient> {
  const cookies = await context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return createHouseClient(house.url, (request) => {
    request.headers.set('cookie', cookie);
    return fetch(request);
  });
}

export { areaCode };
