import { transact } from '@ddp/db-kit/transact';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import {
  countSharesAnew,
  fillFirstText,
  listOldBenefits,
  placeAtFirstMerchant,
} from '../store/old-rows.ts';

const batchSize = 200;

/**
 * Completes what a process from before benefits had several merchants still wrote after the
 * migrations that made shares and words: its redemptions could not end, nor its benefits be redeemed.
 */
export async function mendOldRows({ store, log }: Pick<RewardsDeps, 'store' | 'log'>) {
  const place = (tx: Transaction<RewardsDatabase>) => placeAtFirstMerchant(tx);
  const placed = await transact(store.db, place, { isRepeatable: true });
  if (placed > 0) log.warn({ placed }, 'redemptions without a merchant were given their first one');
  for (const benefitId of await listOldBenefits(store.db, batchSize)) {
    const mend = async (tx: Transaction<RewardsDatabase>) => {
      await countSharesAnew(tx, benefitId);
      await fillFirstText(tx, store.clock, benefitId);
    };
    await transact(store.db, mend, { isRepeatable: true }).then(
      () => log.warn({ benefitId }, 'the stock of a benefit was counted anew'),
      (error: unknown) => log.error({ err: error, benefitId }, 'a benefit could not be mended'),
    );
  }
}
