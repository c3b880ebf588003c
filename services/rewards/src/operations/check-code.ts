import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { Role } from '@ddp/contracts/permission';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { isFromPaper, matchesPaper } from '../domain/printed-code.ts';
import { findStep, isFresh, splitCode, stepAt } from '../domain/rotating-code.ts';
import { limitsOfTry } from '../domain/try-limits.ts';
import { countTry, lockTries } from '../store/tries.ts';
import { findVoucherByNumber, type Voucher } from '../store/vouchers.ts';

type Tx = Transaction<RewardsDatabase>;

/** Who stands at the counter, and of which shop. */
export interface Operator {
  personId: string;
  role: Role;
  merchantId: string;
}

export function requireOperator(principal: Principal): Operator {
  requirePermission('vouchers.verify', principal);
  const { personId, role, merchantId } = requirePerson(principal);
  if (merchantId === null) throw new Problem(commonProblems.forbidden);
  return { personId, role, merchantId };
}

export interface CheckedCode {
  voucher: Voucher;
  step: number;
  /** Whether it is the code of the voucher's latest paper, which does not change. */
  isPrinted: boolean;
}

/**
 * Finds the shop's voucher of a code, with the step that the code is of. Null for a wrong code,
 * which is counted: the caller must let the transaction commit before it refuses. The counts are
 * locked first, so that parallel guesses cannot share a try. Throws once too many were wrong.
 */
export async function checkCode(
  { store, clock, voucherKeys }: RewardsDeps,
  tx: Tx,
  operator: Operator,
  code: string,
): Promise<CheckedCode | null> {
  const { voucherNumber, rotating } = splitCode(code);
  const voucher = await findVoucherByNumber(tx, operator.merchantId, voucherNumber);
  const limits = limitsOfTry(operator.personId, voucher?.id ?? null);
  for (const limit of limits) {
    const retryAfterSeconds = await lockTries(tx, store.clock, limit);
    if (retryAfterSeconds === null) continue;
    throw new Problem(rewardsProblems.tooManyTries, { retryAfterSeconds });
  }
  if (voucher) {
    if (isOnPaper(voucherKeys, voucher, rotating)) {
      return { voucher, step: stepAt(clock.now()), isPrinted: true };
    }
    const secret = voucherKeys.secretOf(voucher.id, voucher);
    const step = isFromPaper(rotating)
      ? null
      : findStep(secret, rotating, clock.now(), voucher.usedStep);
    if (step !== null) {
      if (voucher.state === 'used' || isFresh(step, voucher.usedStep)) {
        return { voucher, step, isPrinted: false };
      }
      // It was right once, so that it is no guess: refused, and not counted.
      throw new Problem(rewardsProblems.voucherInvalid);
    }
  }
  for (const limit of limits) await countTry(tx, store.clock, limit);
  return null;
}

function isOnPaper(keys: RewardsDeps['voucherKeys'], voucher: Voucher, rest: string): boolean {
  const { paperSeal } = voucher;
  return paperSeal !== null && matchesPaper(keys.paperSecretOf(voucher.id, paperSeal), rest);
}

/** Why a voucher is not good any more, as the counter is told it. Null while it is good. */
export function findRefusal(voucher: Voucher, now: Date): Problem | null {
  switch (voucher.state) {
    case 'issued':
      return voucher.expiresAt <= now ? new Problem(rewardsProblems.voucherExpired) : null;
    case 'expired':
      return new Problem(rewardsProblems.voucherExpired);
    case 'cancelled':
      return new Problem(rewardsProblems.voucherCancelled);
    case 'used':
      return new Problem(rewardsProblems.voucherUsed);
  }
}
