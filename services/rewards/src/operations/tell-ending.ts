import { civilDateOf, daysBetween } from '@ddp/calendar/civil-date';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { lastDayOf, nextNotice } from '../domain/deadlines.ts';
import { claimNotice, type EndingVoucher, listEndingVouchers } from '../store/ending-vouchers.ts';
import { readSoldTitle } from '../store/redemption-views.ts';
import { lockRedemption } from '../store/redemptions.ts';
import { readSettings } from '../store/settings.ts';
import { findReceiver } from '../store/vouchers.ts';

const batchSize = 200;

/** Tells holders that their vouchers end soon, on the days that the programme has set, once each. */
export async function tellEnding(deps: RewardsDeps): Promise<void> {
  const { store, log } = deps;
  const due = await listEndingVouchers(store.db, store.clock, batchSize);
  for (const voucher of due) {
    await tellOne(deps, voucher).catch((error: unknown) => {
      log.error({ err: error, voucherId: voucher.id }, 'a holder could not be told of an end');
    });
  }
  if (due.length > 0) store.onCommit();
}

function tellOne({ store }: RewardsDeps, voucher: EndingVoucher): Promise<void> {
  const run = async (tx: Transaction<RewardsDatabase>) => {
    const redemption = await lockRedemption(tx, voucher.redemptionId);
    if (redemption?.state !== 'issued') return;
    const { noticeDays } = await readSettings(tx, voucher.programmeId);
    const now = await readNow(tx, store.clock);
    const lastDay = lastDayOf(voucher.expiresAt);
    if (!(await claimNotice(tx, voucher, nextNotice(lastDay, noticeDays, now)))) return;
    const days = daysBetween(civilDateOf(now), lastDay);
    // What should have been told while nothing ran is not told of a voucher that has ended.
    if (days < 0) return;
    const personId = (await findReceiver(tx, redemption.id)) ?? redemption.personId;
    const notice = outgoing(noticeRequested, {
      audience: { kind: 'person', personId },
      template: 'voucher-ending',
      params: { benefit: await readSoldTitle(tx, redemption), expiresOn: lastDay, days },
    });
    await appendEvents(tx, store, [notice], `ending-${newId()}`);
  };
  return transact(store.db, run, { isRepeatable: true });
}
