import { drawPhone } from '@ddp/infra/demo/house';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { deskSize, findIn, openDesk, press, see, signInDesk } from './desk.ts';
import { openScreen } from './screen.ts';

/** Registers a merchant with a ceiling; the path of its page. */
export async function registerMerchant(page: Page): Promise<string> {
  await openDesk(page, '/merchants');
  await press(page, '登记商户');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('商户名称').fill('草原奶茶馆');
  await findIn(page, '区划', '示范社区');
  await dialog.getByLabel('店主姓名').fill('图雅');
  await dialog.getByLabel('店主手机号').fill(drawPhone());
  await press(page, '登记商户');
  await page.getByRole('link', { name: '草原奶茶馆' }).click();
  await page.waitForURL(/\/merchants\/./);
  await see(page, '营业中');
  const merchant = new URL(page.url()).pathname;
  await press(page, '设置月度上限');
  await page.getByRole('dialog').getByLabel('月度上限').fill('1200.50');
  await press(page, '设置月度上限');
  await see(page, '¥1,200.50');
  return merchant;
}

/** Drafts a benefit, whose author may not approve it, and has another officer put it on offer; its path. */
export async function offerBenefit(page: Page, browser: Browser, url: string): Promise<string> {
  await openDesk(page, '/benefits');
  await press(page, '新建权益');
  await page.getByRole('dialog').getByLabel('名称').fill('奶茶一杯');
  await findIn(page, '提供商户', '草原奶茶馆');
  await page.getByRole('dialog').getByLabel('每份结算金额').fill('12.50');
  await press(page, '新建权益');
  await page.getByRole('link', { name: '奶茶一杯' }).click();
  await page.waitForURL(/\/benefits\/./);
  const benefit = new URL(page.url()).pathname;
  await press(page, '提交审核');
  await see(page, '由另一位同事审核');
  await press(page, '提交审核');
  await see(page, '待审核');
  // Its author is refused, in words and beside what was asked.
  await press(page, '审核通过');
  await press(page, '审核通过');
  await page.getByRole('dialog').getByRole('alert').waitFor();

  const second = await openScreen(browser, url, { viewport: deskSize });
  await openDesk(second.page, '/');
  await signInDesk(second.page, 'officer2');
  await second.page.locator('.desk-menu').waitFor();
  await second.page.goto(benefit);
  await press(second.page, '审核通过');
  await press(second.page, '审核通过');
  await see(second.page, '待上架');
  await press(second.page, '上架');
  await press(second.page, '上架');
  await see(second.page, '已上架');
  await second.context.close();
  return benefit;
}

/** A month that is not over is not settled. */
export async function refuseEarlySettlement(page: Page): Promise<void> {
  await openDesk(page, '/settlements');
  await see(page, '还没有结算过');
  await press(page, '发起结算');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('为每家商户生成').waitFor();
  const thisMonth = new Date().toISOString().slice(0, 7);
  await dialog.getByLabel('月份').fill(thisMonth);
  await press(page, '发起结算');
  await dialog.getByRole('alert').waitFor();
  expect(await dialog.getByLabel('月份').inputValue()).toBe(thisMonth);
}
