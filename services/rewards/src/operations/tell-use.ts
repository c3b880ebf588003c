import { Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RewardsDeps } from '../deps.ts';
import type { Operator } from '../domain/decide-verifications.ts';
import { splitCode } from '../domain/rotating-code.ts';
import { findVerificationOf } from '../store/verifications.ts';
import { findVoucherByNumber } from '../store/vouchers.ts';
import { readMaskedName } from './read-masked-name.ts';

/**
 * Runs what stands at the counter; a second scan is then told when, where and by whom the voucher
 * was used. Only the own merchant comes here, as another's voucher looks like none.
 */
export async function tellingUse<T>(
  deps: RewardsDeps,
  at: { operator: Operator; code: string; requestId: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isUsed = error instanceof Problem && error.definition === rewardsProblems.voucherUsed;
    throw isUsed ? ((await findUse(deps, at)) ?? error) : error;
  }
}

/** Null where the use was undone in between. */
async function findUse(
  deps: RewardsDeps,
  { operator, code, requestId }: { operator: Operator; code: string; requestId: string },
): Promise<Problem | null> {
  const { db } = deps.store;
  const { voucherNumber } = splitCode(code);
  const voucher = await findVoucherByNumber(db, operator.merchantId, voucherNumber);
  const use = voucher && (await findVerificationOf(db, voucher.id));
  if (!use) return null;
  return new Problem(rewardsProblems.voucherUsed, {
    extensions: {
      usedAt: use.verifiedAt.toISOString(),
      merchantName: voucher.merchantName,
      shopName: use.shopName ?? '',
      usedBy: use.operatorRole,
      usedByName: await readMaskedName(deps, use.operatorId, requestId),
      verificationId: use.id,
    },
  });
}
