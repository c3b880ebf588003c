import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { deskSize, openDesk, press, see, signInDesk } from './desk.ts';
import { openScreen, settle } from './screen.ts';

/** How an officer who had no part in an award reads and answers what was said against it. */
async function reject(on: Page, words: string): Promise<void> {
  await press(on, '答复');
  await on.getByRole('dialog').getByLabel('答复内容').fill(words);
  await press(on, '答复');
}

/**
 * The middle of J4: an award stands on the board, a resident objects at the counter, whoever took part
 * is refused, and an officer who did not answers. The path of the entry.
 */
export async function answerObjection(
  page: Page,
  browser: Browser,
  url: string,
  phone: string,
): Promise<string> {
  const link = page.getByRole('link', { name: /^GS/ });
  const look = async () => {
    await openDesk(page, '/board');
    await settle(page);
    return link.count();
  };
  await expect.poll(look, { timeout: 20_000 }).toBeGreaterThan(0);
  await link.first().click();
  await see(page, '公示期满没有异议');
  const entry = new URL(page.url()).pathname;
  await press(page, '代居民提异议');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('居民的手机号').fill(phone);
  await dialog.getByRole('button', { name: '查找' }).click();
  await dialog.locator('.resident-found').waitFor();
  await dialog.getByLabel('居民说了什么').fill('当天他不在冰面上');
  await press(page, '代居民提异议');
  await see(page, '待答复');
  await reject(page, '证人都在场');
  await dialog.getByText('未参与该公示事项').waitFor();

  const third = await openScreen(browser, url, { viewport: deskSize });
  await openDesk(third.page, '/');
  await signInDesk(third.page, 'officer3');
  await third.page.locator('.desk-menu').waitFor();
  await third.page.goto(entry);
  await reject(third.page, '两名证人和照片都说明他在场');
  await third.page.getByRole('cell', { name: /^不成立/ }).waitFor();
  const answer = third.page.getByRole('button', { name: '答复', exact: true });
  await expect.poll(() => answer.count()).toBe(0);
  await third.context.close();
  return entry;
}

/** What an office tells of itself is put up, and taken down for a reason that everybody reads. */
export async function publishAndWithdraw(page: Page): Promise<void> {
  await openDesk(page, '/board');
  await press(page, '发布公示');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('标题').fill('积分兑换服务点调整');
  await dialog.getByLabel('内容', { exact: true }).fill('社区大厅服务点搬到一楼东侧。');
  const until = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel('结束日期').fill(until);
  await press(page, '发布公示');
  const entry = page.getByRole('row').filter({ hasText: '积分兑换服务点调整' });
  await entry.getByRole('link').click();
  await press(page, '撤下公示');
  await dialog.getByLabel('撤下原因（公开）').fill('地点有误，将重新公示');
  await press(page, '撤下公示');
  await see(page, '地点有误，将重新公示');
  await see(page, '已撤下');
}
