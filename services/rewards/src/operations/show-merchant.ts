import type { Merchant } from '@ddp/contracts/rewards/merchants';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { findMerchant, type StoredMerchant } from '../store/merchants.ts';

export function showMerchant(merchant: StoredMerchant): Merchant {
  const { programmeId: _programmeId, applicantId: _a, pausedBy: _p, ...shown } = merchant;
  return shown;
}

/** A merchant after what was just written. */
export async function readShownMerchant(
  db: Kysely<RewardsDatabase>,
  id: string,
): Promise<Merchant> {
  const merchant = await findMerchant(db, id);
  if (!merchant) throw new Error('the merchant just written is not there');
  return showMerchant(merchant);
}
