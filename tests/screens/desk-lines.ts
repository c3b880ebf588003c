import type { HouseClient } from '@ddp/contracts/house-client';
import { approveBenefit, submitBenefit } from '@ddp/contracts/rewards/benefit-routes';
import { requestTopUp } from '@ddp/contracts/rewards/counter-routes';
import {
  createBenefit,
  createMerchant,
  publishBenefit,
  requestRedemption,
} from '@ddp/contracts/rewards/routes';
import { drawPhone, signInByPhone } from '@ddp/infra/demo/house';
import type { OpenedHouse } from '@ddp/infra/demo/open-house';
import type { Page } from 'playwright-core';
import { findViolations } from '../pages/browser.ts';
import { dialogOf, findIn, openDesk, press, see } from './desk.ts';
import { goOn } from './inspect.ts';

const pathOf = (page: Page) => new URL(page.url()).pathname;

/** What is handed out by lot and what is waited for, on offer, with somebody who redeems. */
export async function offerLines(
  house: OpenedHouse,
  areaCode: string,
  resident: HouseClient,
): Promise<void> {
  const { officers } = house;
  const [author, approver] = officers;
  if (!author || !approver) throw new Error('a benefit needs two officers');
  const ownerPhone = drawPhone();
  const merchant = { name: '助老服务社', areaCode, ownerName: '乌兰', ownerPhone };
  const { id: merchantId } = await author.call(createMerchant, { body: merchant });
  const offer = async (title: string, allocation: 'draw' | 'waiting-list') => {
    const terms = { title, allocation, kind: 'service' as const, pricePoints: 1, stock: 5 };
    const body = { ...terms, merchantId, payer: 'donated' as const };
    const { id } = await author.call(createBenefit, { body });
    const params = { id };
    await author.call(submitBenefit, { params });
    await approver.call(approveBenefit, { params });
    await author.call(publishBenefit, { params });
    return id;
  };
  const drawnId = await offer('上门助浴', 'draw');
  const benefitId = await offer('上门理发', 'waiting-list');
  await resident.call(requestRedemption, { body: { benefitId } });
  const owner = await signInByPhone(house, ownerPhone, { role: 'merchant' });
  for (const one of [drawnId, benefitId]) {
    const more = { benefitId: one, pieces: 3, words: '节前预约多' };
    await owner.call(requestTopUp, { body: more });
  }
}

/** A draw is opened with its proof; a redemption is seen from its request on. The paths of all. */
export async function openLines(page: Page): Promise<string[]> {
  await openDesk(page, '/benefits');
  await page.getByRole('link', { name: '上门助浴' }).click();
  await press(page, '开设抽签');
  await dialogOf(page).getByText('种子的指纹马上公布').waitFor();
  await press(page, '开设抽签');
  await page.getByRole('link', { name: / – / }).click();
  await see(page, '公平证明');
  await page.getByText(/^[0-9a-f]{64}$/).waitFor();
  const draw = pathOf(page);
  await openDesk(page, '/redemptions');
  await page.getByRole('link', { name: '上门理发' }).click();
  await see(page, '提出兑换');
  const redemption = pathOf(page);
  await page.getByRole('link', { name: '上门理发' }).click();
  await see(page, '没有人在候补');
  return [draw, redemption, pathOf(page)];
}

/** A project is approved by another officer than its author; the path of a team on the way. */
export async function approveProject(page: Page, other: Page): Promise<string> {
  await openDesk(page, '/teams');
  await page.getByRole('link', { name: '邻里互助队' }).first().click();
  await page.getByRole('cell', { name: '队长', exact: true }).waitFor();
  const team = pathOf(page);
  await openDesk(page, '/projects');
  await press(page, '起草项目');
  await findIn(page, '区划', '示范社区');
  await dialogOf(page).getByLabel('项目', { exact: true }).fill('暖心敲门');
  await dialogOf(page).getByLabel('目标', { exact: true }).fill('每周看望独居老人');
  await dialogOf(page).getByRole('spinbutton', { name: '时长目标（小时）' }).fill('200');
  await press(page, '起草项目');
  await press(page, '同意立项');
  await press(page, '同意立项');
  await dialogOf(page).getByRole('alert').waitFor();
  await openDesk(other, '/projects');
  await press(other, '同意立项');
  await press(other, '同意立项');
  await see(other, '已立项');
  return team;
}

const ownPages = new RegExp(
  `^/desk/(?:${[
    ...['benefits', 'draws', 'top-ups', 'budgets', 'merchants', 'settlements', 'voucher-settings'],
    ...['teams', 'volunteers', 'skills', 'activities', 'projects', 'hours', 'certificates'],
    ...['service-menu', 'service-orders', 'reviews', 'stars', 'volunteering-rules'],
  ].join('|')})(?:/|$)`,
);

/** Opens each dialog that pages of rewards and volunteering offer, once under each name, and says what is wrong in it. */
export async function inspectDialogs(page: Page, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const path of paths.filter((one) => ownPages.test(one))) {
    await goOn(page, path);
    const buttons = page.locator('main button[aria-haspopup=dialog]');
    for (const [place, name] of (await buttons.allInnerTexts()).entries()) {
      if (seen.has(name)) continue;
      seen.add(name);
      await buttons.nth(place).click();
      await dialogOf(page).waitFor();
      await page.locator('.dialog-fade-enter-active').waitFor({ state: 'detached' });
      for (const violation of await findViolations(page)) {
        found.push(`${name} on ${path}: ${violation}`);
      }
      await page.keyboard.press('Escape');
      await dialogOf(page).waitFor({ state: 'hidden' });
    }
  }
  return seen.size > 0 ? found : ['no page offers a dialog'];
}
