import {
  acceptFollowUp,
  contactRater,
  listFollowUps,
  resolveFollowUp,
} from '@ddp/contracts/ratings/follow-up-routes';
import { submitRating } from '@ddp/contracts/ratings/routes';
import { expect } from 'vitest';
import type { WatchedContext } from './screen.ts';
import { clientOf, type World } from './world.ts';

/** J2 from the side of who rated: told that it was put right, and rating the fix on the screen. */
export async function rateFix(world: World, rater: WatchedContext): Promise<void> {
  const { officer } = world.house;
  const own = await clientOf(world.house, rater);
  const bad = { token: world.token, level: 2, reasons: ['slow'], words: '排队太久' };
  const { id: ratingId } = await own.call(submitRating, { body: bad });
  const { items } = await officer.call(listFollowUps, { query: { limit: 100 } });
  const params = { id: items.find((one) => one.ratingId === ratingId)?.id ?? '' };
  await officer.call(acceptFollowUp, { params });
  const words = '已电话致歉，增设窗口';
  await officer.call(contactRater, { params, body: { way: 'phone', words } });
  await officer.call(resolveFollowUp, { params, body: { outcome: 'fixed', words } });
  const { page } = rater;
  await page.goto('/app/ratings');
  await page.getByRole('button', { name: '差评办理' }).click();
  await page.getByText(words).waitFor();
  await page.getByLabel('满意', { exact: true }).check();
  await page.getByRole('button', { name: '提交评价' }).click();
  await page.getByText('已结束').waitFor();
}

/** J8: what is kept is seen and taken along, the programme is left, and the account is gone. */
export async function leaveForGood(world: World, resident: WatchedContext): Promise<void> {
  const { page } = resident;
  const own = await clientOf(world.house, resident);
  await page.goto('/app/me/data');
  const file = await page.getByRole('link', { name: '导出我的资料' }).getAttribute('href');
  expect(await (await own.fetch(file ?? '')).json()).toMatchObject({
    person: { phone: world.own },
  });
  await page.getByRole('button', { name: '退出品德积分' }).click();
  await page.getByRole('button', { name: '确定' }).click();
  await page.getByText('您已退出品德积分。').waitFor();
  await page.getByRole('button', { name: '注销账号并删除资料' }).click();
  await page.getByRole('button', { name: '确定' }).click();
  await page.getByText('账号已注销。').waitFor();
  expect((await own.fetch('/api/identity/v1/me')).status).toBe(401);
}
