import type { PayloadOf } from '@ddp/contracts/event';
import { noticeRequested } from '@ddp/contracts/notices/events';
import type { redemptionReserved } from '@ddp/contracts/rewards/events';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { type Delivery, handleAllOnce } from '@ddp/queue-kit/inbox';
import { appendEventRows, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { nextNotice, voucherEnd } from '../domain/deadlines.ts';
import { groupBy } from '../domain/group-by.ts';
import { insertEffects } from '../store/effects.ts';
import { readSoldTitles, soldTitleKey } from '../store/redemption-views.ts';
import { lockRedemptions, moveRedemptions } from '../store/redemptions.ts';
import { readSettings } from '../store/settings.ts';
import { insertVouchers, type NewVoucher } from '../store/vouchers.ts';
import { mustHold } from './must-hold.ts';
import { requestIdsOf } from './request-ids.ts';

const numberDraws = 20;

/** Issues the vouchers of redemptions whose stock is set aside, and tells their holders. */
export async function issueVouchers(
  deps: RewardsDeps,
  deliveries: readonly Delivery<PayloadOf<typeof redemptionReserved>>[],
): Promise<void> {
  const { store, voucherKeys } = deps;
  await handleAllOnce(store, deliveries, async (tx, fresh) => {
    const requestIds = requestIdsOf(fresh);
    const locked = await lockRedemptions(tx, [...requestIds.keys()]);
    const reserved = locked.filter(({ state }) => state === 'reserved');
    if (reserved.length === 0) return;
    const now = await readNow(tx, store.clock);
    const noticeDays = await readNoticeDays(tx, reserved);
    const vouchers = reserved.map((redemption) => {
      const { id: redemptionId, benefitId, programmeId, areaPath, merchantId } = redemption;
      if (merchantId === null) throw new Error('stock was set aside at no merchant');
      const { lastDay, at: expiresAt } = voucherEnd(now, redemption.validDays);
      const noticeAt = nextNotice(lastDay, noticeDays.get(programmeId) ?? [], now);
      const of = { redemptionId, benefitId, merchantId, programmeId, areaPath, expiresAt };
      return { id: newId(), ...voucherKeys.newSeal(), ...of, noticeAt };
    });
    await insertNumbered(deps, tx, vouchers, now);
    for (const [validDays, ones] of groupBy(reserved, (one) => one.validDays)) {
      const expiresAt = voucherEnd(now, validDays).at;
      const move = { from: 'reserved', to: 'issued', nextSeconds: null, expiresAt } as const;
      const ids = ones.map(({ id }) => id);
      mustHold(await moveRedemptions(tx, store.clock, ids, move), 'they were reserved');
    }
    const ids = reserved.map(({ id }) => id);
    await insertEffects(tx, store.clock, ids, 'issued');
    const titles = await readSoldTitles(tx, reserved);
    const notices = reserved.map((redemption) => ({
      ...outgoing(noticeRequested, {
        audience: { kind: 'person', personId: redemption.personId },
        template: 'voucher-issued',
        params: {
          benefit: titles.get(soldTitleKey(redemption)) ?? '',
          expiresOn: voucherEnd(now, redemption.validDays).lastDay,
        },
      }),
      requestId: requestIds.get(redemption.id) ?? '',
    }));
    await appendEventRows(tx, store, notices);
  });
}

async function readNoticeDays(
  tx: Transaction<RewardsDatabase>,
  redemptions: readonly { programmeId: string }[],
) {
  const days = new Map<string, readonly number[]>();
  for (const { programmeId } of redemptions) {
    if (days.has(programmeId)) continue;
    days.set(programmeId, (await readSettings(tx, programmeId)).noticeDays);
  }
  return days;
}

/** Draws numbers until all are free; with a hundred million of them the first nearly always are. */
async function insertNumbered(
  { voucherKeys }: RewardsDeps,
  tx: Transaction<RewardsDatabase>,
  vouchers: readonly Omit<NewVoucher, 'voucherNumber'>[],
  now: Date,
): Promise<void> {
  for (let draw = 1; ; draw += 1) {
    try {
      const numbered = vouchers.map((one) => ({ ...one, voucherNumber: voucherKeys.drawNumber() }));
      return await insertVouchers(tx, numbered, now);
    } catch (error) {
      if (!isDuplicate(error) || draw >= numberDraws) throw error;
    }
  }
}
