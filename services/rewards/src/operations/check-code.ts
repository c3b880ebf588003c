import { requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { Principal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import type { CodeMatch, Operator } from '../domain/decide-verifications.ts';
import { isFromPaper, matchesPaper } from '../domain/printed-code.ts';
import { findStep, isFresh, splitCode, stepAt } from '../domain/rotating-code.ts';
import { addTry, limitsOfTry, waitOfTries } from '../domain/try-limits.ts';
import { lockTries, readTries, writeTries } from '../store/tries.ts';
import { findVoucherByNumber, type Voucher } from '../store/vouchers.ts';

export function requireOperator(principal: Principal): Operator {
  requirePermission('vouchers.verify', principal);
  const { personId, role, merchantId } = requirePerson(principal);
  if (merchantId === null) throw new Problem(commonProblems.forbidden);
  return { personId, role, merchantId };
}

/**
 * Finds the shop's voucher of a code. Null for a wrong code, which is counted: the caller must let
 * the transaction commit before it refuses. A right code only looks at the counts; a wrong one locks
 * them first, so that parallel guesses cannot share a try. Throws once too many were wrong.
 */
export async function checkCode(
  deps: RewardsDeps,
  tx: Transaction<RewardsDatabase>,
  operator: Operator,
  code: string,
): Promise<Voucher | null> {
  const { voucherNumber } = splitCode(code);
  const voucher = await findVoucherByNumber(tx, operator.merchantId, voucherNumber);
  const match: CodeMatch = voucher ? matchCode(deps, voucher, code) : { kind: 'wrong' };
  const limits = limitsOfTry(operator.personId, voucher?.id ?? null);
  const read = match.kind === 'wrong' ? lockTries : readTries;
  const { tries, now } = await read(tx, deps.store.clock, limits);
  const retryAfterSeconds = waitOfTries(limits, tries, now);
  if (retryAfterSeconds !== null) {
    throw new Problem(rewardsProblems.tooManyTries, { retryAfterSeconds });
  }
  if (match.kind === 'right') return voucher;
  if (match.kind === 'stale') throw new Problem(rewardsProblems.voucherInvalid);
  await writeTries(tx, addTry(limits, tries, now));
  return null;
}

/** What a code says of the voucher that it names. */
export function matchCode(
  { clock, voucherKeys }: Pick<RewardsDeps, 'clock' | 'voucherKeys'>,
  voucher: Pick<Voucher, 'id' | 'keyId' | 'salt' | 'paperSeal' | 'usedStep' | 'state'>,
  code: string,
): CodeMatch {
  const { rotating } = splitCode(code);
  const now = clock.now();
  if (isOnPaper(voucherKeys, voucher, rotating)) {
    return { kind: 'right', step: stepAt(now), isPrinted: true };
  }
  if (isFromPaper(rotating)) return { kind: 'wrong' };
  const secret = voucherKeys.secretOf(voucher.id, voucher);
  const step = findStep(secret, rotating, now, voucher.usedStep);
  if (step === null) return { kind: 'wrong' };
  // It was right once, so that it is no guess.
  const isStale = voucher.state !== 'used' && !isFresh(step, voucher.usedStep);
  return isStale ? { kind: 'stale' } : { kind: 'right', step, isPrinted: false };
}

function isOnPaper(
  keys: RewardsDeps['voucherKeys'],
  { id, paperSeal }: Pick<Voucher, 'id' | 'paperSeal'>,
  rest: string,
): boolean {
  return paperSeal !== null && matchesPaper(keys.paperSecretOf(id, paperSeal), rest);
}
