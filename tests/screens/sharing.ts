import { openDraw } from '@ddp/contracts/rewards/draw-routes';
import { cancelRedemption, requestRedemption } from '@ddp/contracts/rewards/routes';
import { readVoucherSettings } from '@ddp/contracts/rewards/voucher-routes';
import { newResident, offer } from '@ddp/infra/demo/walk-line';
import { followToVoucher } from '@ddp/infra/demo/walk-redemption';
import type { WatchedContext } from './screen.ts';
import { reloadUntil } from './serving.ts';
import { areaCode, type World } from './world.ts';

const step = <T>(_name: string, work: () => Promise<T>) => work();
const optionsOf = ({ house }: World) => ({
  ...{ house, officer: house.officer, officers: house.officers, areaCode, step },
});

async function openVoucher({ page }: WatchedContext): Promise<void> {
  await page.goto('/app/redemptions');
  await page
    .getByRole('link', { name: /奶茶一杯/ })
    .first()
    .click();
  await page.getByRole('button', { name: '出示券' }).click();
  await page.getByAltText('券的二维码').waitFor();
}

/** Offers a voucher on one phone, and answers on another. */
export async function giveVoucher(
  giver: WatchedContext,
  receiver: WatchedContext & { phone: string },
  answer: 'accept' | 'refuse',
): Promise<void> {
  await openVoucher(giver);
  await giver.page.getByRole('button', { name: '转赠给家人或邻居' }).click();
  await giver.page.getByLabel('对方手机号').fill(receiver.phone);
  await giver.page.getByRole('button', { name: '转赠', exact: true }).click();
  await giver.page.getByText('已发出，等待对方接受。').waitFor();
  const { page } = receiver;
  await page.goto('/app/gifts');
  if (answer === 'accept') {
    await page.getByRole('button', { name: '接受', exact: true }).click();
    await page.getByRole('button', { name: '出示券' }).click();
    await page.getByAltText('券的二维码').waitFor();
    return;
  }
  await page.getByRole('button', { name: '谢绝', exact: true }).click();
  await page.getByRole('button', { name: '确定' }).click();
  await page.getByText('已谢绝').waitFor();
  await giver.page.goto('/app/gifts');
  await giver.page.getByRole('button', { name: '我送出的' }).click();
  await giver.page.getByText('已谢绝').waitFor();
}

/** Waits on the screen for what is gone, and is offered what somebody else gives back. */
export async function waitInLine(world: World, { page }: WatchedContext): Promise<string> {
  const options = optionsOf(world);
  const first = await newResident(options);
  const terms = { title: '周末演出票', stock: 1, allocation: 'waiting-list' as const };
  const benefitId = await offer(options, terms);
  const { id } = await first.call(requestRedemption, { body: { benefitId } });
  await followToVoucher(first, id);
  await page.goto(`/app/benefits/${benefitId}`);
  await page.getByRole('button', { name: '登记候补' }).click();
  await page.getByText('您是下一位').waitFor();
  await first.call(cancelRedemption, { params: { id } });
  await page.getByRole('link', { name: '查看我的候补' }).click();
  // Asked for anew before it has come, the page before it would come again.
  await page.waitForURL(/\/waiting$/);
  const accept = page.getByRole('button', { name: '用 8 积分兑换' });
  await reloadUntil(page, accept);
  return `/app/benefits/${benefitId}`;
}

/** Redeems what somebody gave back, by the offer that a place in the line brought. */
export async function acceptPlace({ page }: WatchedContext): Promise<void> {
  await page.goto('/app/waiting');
  await page.getByRole('button', { name: '用 8 积分兑换' }).click();
  await page.getByRole('button', { name: '确定' }).click();
  await page.waitForURL(/\/redemptions\//);
  await page.getByRole('button', { name: '出示券' }).click();
  await page.getByAltText('券的二维码').waitFor();
  await page.goto('/app/waiting');
  await page.getByText('已兑换').waitFor();
}

/** Enters a draw on the screen; once it is frozen, anybody sees the list and what proves it. */
export async function enterDraw(world: World, { page }: WatchedContext): Promise<string> {
  const options = optionsOf(world);
  const terms = { title: '跨年演出票', stock: 1, allocation: 'draw' as const };
  const benefitId = await offer(options, terms);
  const asked = await newResident(options);
  const { drawPublishedMinutes } = await asked.call(readVoucherSettings, {});
  const until = Date.now() + 12_000;
  const times = {
    entriesFrom: new Date(Date.now()).toISOString(),
    entriesUntil: new Date(until).toISOString(),
    drawnFrom: new Date(until + drawPublishedMinutes * 60_000).toISOString(),
  };
  const { officer } = world.house;
  await officer.call(openDraw, { body: { benefitId, winners: 1, ...times } });
  await page.goto(`/app/benefits/${benefitId}`);
  await page.getByRole('link', { name: /抽签/ }).click();
  await page.getByRole('button', { name: '报名抽签' }).click();
  const own = page.getByText(/您的编号：/);
  await own.waitFor();
  const number = ((await own.textContent()) ?? '').split('：')[1] ?? '';
  const listed = page.getByText(number, { exact: true });
  await reloadUntil(page, listed, 40_000);
  await page.getByText('名单指纹').waitFor();
  return new URL(page.url()).pathname;
}
