import type { HouseClient } from '@ddp/contracts/house-client';
import { readMyBalance, readMyStatement } from '@ddp/contracts/points/routes';
import { approveBenefit, submitBenefit } from '@ddp/contracts/rewards/benefit-routes';
import { inviteClerk, listClerks } from '@ddp/contracts/rewards/counter-routes';
import { readRedemptionCourse } from '@ddp/contracts/rewards/course-routes';
import {
  createBenefit,
  createMerchant,
  listVerifications,
  lookUpVoucher,
  publishBenefit,
  readVoucher,
  requestRedemption,
  verifyVoucher,
} from '@ddp/contracts/rewards/routes';
import type { RedemptionProgress } from '@ddp/contracts/rewards/schemas';
import { readVoucherSettings } from '@ddp/contracts/rewards/voucher-routes';
import { drawPhone, refusalOf, signInByPhone } from './house.ts';
import { assertSame, until } from './step.ts';
import type { WalkOptions } from './walk-rating.ts';

const pricePoints = 8;

export interface RedemptionOptions extends WalkOptions {
  officers: readonly HouseClient[];
}

/** A benefit on offer, and the clerk of its merchant. */
export interface OpenedShop {
  benefitId: string;
  merchant: HouseClient;
  ownerPhone: string;
}

export async function openShop({
  house,
  officer,
  officers,
  areaCode,
  step,
}: RedemptionOptions): Promise<OpenedShop> {
  const approver = officers.find((one) => one !== officer);
  if (!approver) throw new Error('J5 needs two officers');
  const ownerPhone = drawPhone();
  const benefitId = await step('staff registers a merchant and drafts a benefit', async () => {
    const merchant = { name: '草原奶茶馆', areaCode, ownerName: '图雅', ownerPhone };
    const { id: merchantId } = await officer.call(createMerchant, { body: merchant });
    const benefit = { title: '奶茶一杯', kind: 'goods' as const, pricePoints, stock: 5 };
    const body = { ...benefit, merchantId, payer: 'donated' as const };
    const { id } = await officer.call(createBenefit, { body });
    await officer.call(submitBenefit, { params: { id } });
    return id;
  });
  await step('another officer approves it, its author cannot, and it goes on offer', async () => {
    const params = { id: benefitId };
    assertSame(
      await refusalOf(officer.call(approveBenefit, { params })),
      'own-proposal',
      'the approval by its author',
    );
    const early = officer.call(publishBenefit, { params });
    assertSame(await refusalOf(early), 'conflict', 'a publication before the approval');
    await approver.call(approveBenefit, { params });
    await officer.call(publishBenefit, { params });
  });
  const owner = await step('the merchant signs in', () =>
    signInByPhone(house, ownerPhone, { role: 'merchant' }),
  );
  const merchant = await step('the owner adds a clerk, whose phone is bound', async () => {
    const phone = drawPhone();
    await owner.call(inviteClerk, { body: { name: '斯琴', phone } });
    const clerk = await signInByPhone(house, phone, { role: 'merchant' });
    const { items } = await owner.call(listClerks, {});
    if (!items[0]?.deviceBoundAt) throw new Error('the phone of the clerk is not bound');
    return clerk;
  });
  return { benefitId, merchant, ownerPhone };
}

/** J5: points held, stock reserved, a voucher issued by jobs; the merchant verifies; points post. */
export async function walkRedemption(
  options: RedemptionOptions,
  resident: HouseClient,
): Promise<OpenedShop> {
  const { step } = options;
  const shop = await openShop(options);
  const { benefitId, merchant } = shop;
  const before = await resident.call(readMyBalance, {});
  const asked = await step('the resident redeems', () =>
    resident.call(requestRedemption, { body: { benefitId } }),
  );
  const voucherId = await step('jobs hold, reserve and issue a voucher, told as it happens', () =>
    followToVoucher(resident, asked.id),
  );
  await step('the points are held', async () => {
    const { points, held } = await resident.call(readMyBalance, {});
    assertSame(
      { points, held },
      { points: before.points - pricePoints, held: pricePoints },
      'balance',
    );
  });
  const code = await step('the phone shows a code that changes', async () => {
    const face = await resident.call(readVoucher, { params: { id: voucherId } });
    if (face.code === null) throw new Error('the voucher shows no code');
    return face.code;
  });
  await step('the merchant looks, verifies, and cannot verify twice', async () => {
    const sight = await merchant.call(lookUpVoucher, { body: { code } });
    assertSame(sight.benefitTitle, '奶茶一杯', 'what the merchant sees');
    await merchant.call(verifyVoucher, { body: { code } });
    const again = merchant.call(verifyVoucher, { body: { code } });
    assertSame(await refusalOf(again), 'voucher-used', 'a second scan');
    const { items } = await merchant.call(listVerifications, {});
    assertSame(items.length, 1, 'verifications of the shop');
  });
  const { undoMinutes } = await resident.call(readVoucherSettings, {});
  if (undoMinutes > 0) {
    await step('the points stay held while the merchant may undo it', async () => {
      const { points, held } = await resident.call(readMyBalance, {});
      assertSame(points, before.points - pricePoints, 'points');
      assertSame(held, pricePoints, 'held');
    });
    return shop;
  }
  await step('the points are spent, and the statement says so', async () => {
    await until('the posting', async () => {
      const { held } = await resident.call(readMyBalance, {});
      return held === 0 ? true : null;
    });
    const after = await resident.call(readMyBalance, {});
    assertSame(after.points, before.points - pricePoints, 'points');
    assertSame(after.standing, before.standing, 'standing');
    const { items } = await resident.call(readMyStatement, {});
    if (!items.some((line) => line.kind === 'spending' && line.pointsChange === -pricePoints)) {
      throw new Error('the statement has no line for the spending');
    }
  });
  await showCourse(options, asked.id);
  return shop;
}

/** Follows a redemption by its server-sent events to their end; the id of its voucher. */
export function followToVoucher(resident: HouseClient, id: string): Promise<string> {
  return until('the voucher', async () => {
    const answer = await resident.fetch(`/api/rewards/v1/redemptions/${id}/events`);
    const text = await answer.text();
    const told = [...text.matchAll(/^event: redemption\ndata: (.*)$/gm)];
    const last = JSON.parse(told.at(-1)?.[1] ?? 'null') as RedemptionProgress | null;
    if (last?.state === 'failed') throw new Error(`the redemption failed: ${last.failure}`);
    return text.includes('event: end') ? (last?.voucherId ?? null) : null;
  });
}

async function showCourse({ officer, step }: RedemptionOptions, id: string): Promise<void> {
  await step('staff sees it from the request to the ledger', async () => {
    const course = await until('the last step', async () => {
      const seen = await officer.call(readRedemptionCourse, { params: { id } });
      return seen.steps.some((one) => one.step === 'posted') ? seen : null;
    });
    const steps = ['requested', 'held', 'reserved', 'issued', 'verified', 'final', 'posted'];
    const taken = course.steps.map((one) => one.step);
    assertSame(taken.join(), steps.join(), 'the steps');
    assertSame(course.verifications.length, 1, 'its verifications');
    const entries = course.hold?.entries.map(({ kind }) => kind) ?? [];
    assertSame(entries.join(), 'placed,posted', 'the entries of its hold');
  });
}
