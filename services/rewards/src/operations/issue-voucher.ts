import type { PayloadOf } from '@ddp/contracts/event';
import { noticeRequested } from '@ddp/contracts/notices/events';
import type { redemptionReserved } from '@ddp/contracts/rewards/events';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { nextNotice, voucherEnd } from '../domain/deadlines.ts';
import { insertEffect } from '../store/effects.ts';
import { readSoldTitle } from '../store/redemption-views.ts';
import { lockRedemption, moveRedemption } from '../store/redemptions.ts';
import { readSettings } from '../store/settings.ts';
import { insertVoucher, type NewVoucher } from '../store/vouchers.ts';
import { mustHold } from './must-hold.ts';

const numberDraws = 20;

/** Issues the voucher of a redemption whose stock is set aside, and tells its holder. */
export async function issueVoucher(
  deps: RewardsDeps,
  delivery: Delivery<PayloadOf<typeof redemptionReserved>>,
): Promise<void> {
  const { store, clock, voucherKeys } = deps;
  const { requestId, payload } = delivery;
  await handleOnce(store, delivery, async (tx) => {
    const redemption = await lockRedemption(tx, payload.redemptionId);
    if (redemption?.state !== 'reserved') return;
    const { id, benefitId, programmeId, areaPath, personId, validDays, merchantId } = redemption;
    if (merchantId === null) throw new Error('stock was set aside at no merchant');
    const { lastDay, at: expiresAt } = voucherEnd(clock.now(), validDays);
    const { noticeDays } = await readSettings(tx, programmeId);
    await insertNumbered(deps, tx, {
      id: newId(),
      redemptionId: id,
      ...voucherKeys.newSeal(),
      ...{ benefitId, merchantId, programmeId, areaPath, expiresAt },
      noticeAt: nextNotice(lastDay, noticeDays, clock.now()),
    });
    const move = { id, from: 'reserved', to: 'issued', nextSeconds: null, expiresAt } as const;
    mustHold(await moveRedemption(tx, store.clock, move), 'it was reserved');
    await insertEffect(tx, store.clock, id, 'issued');
    const notice = outgoing(noticeRequested, {
      audience: { kind: 'person', personId },
      template: 'voucher-issued',
      params: { benefit: await readSoldTitle(tx, redemption), expiresOn: lastDay },
    });
    await appendEvents(tx, store, [notice], requestId);
  });
}

/** Draws numbers until one is free; with a hundred million of them the first nearly always is. */
async function insertNumbered(
  { store, voucherKeys }: RewardsDeps,
  tx: Transaction<RewardsDatabase>,
  voucher: Omit<NewVoucher, 'voucherNumber'>,
): Promise<void> {
  for (let draw = 1; ; draw += 1) {
    try {
      const voucherNumber = voucherKeys.drawNumber();
      return await insertVoucher(tx, store.clock, { ...voucher, voucherNumber });
    } catch (error) {
      if (!isDuplicate(error) || draw >= numberDraws) throw error;
    }
  }
}
