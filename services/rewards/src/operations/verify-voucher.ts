import { actorOf } from '@ddp/auth/authorize';
import { Problem } from '@ddp/contracts/problem';
import { voucherVerified } from '@ddp/contracts/rewards/events';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { verifyVoucher as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { postingWaitSeconds, resumeSeconds } from '../domain/deadlines.ts';
import { findShopOfClerk } from '../store/clerks.ts';
import { hasEffect, insertEffect } from '../store/effects.ts';
import { moveGoods } from '../store/goods.ts';
import { lockRedemption, moveRedemption } from '../store/redemptions.ts';
import { readSettings } from '../store/settings.ts';
import { findVerificationOf, insertVerification } from '../store/verifications.ts';
import { findVoucherByNumber, markVoucherUsed } from '../store/vouchers.ts';
import {
  type CheckedCode,
  checkCode,
  findRefusal,
  type Operator,
  requireOperator,
} from './check-code.ts';
import { lapseOffer } from './end-gift.ts';
import { showVerification } from './list-verifications.ts';
import { mustHold } from './must-hold.ts';
import { fundingOf } from './tell-funding.ts';
import { noticesOf } from './tell-parties.ts';
import { tellingUse } from './tell-use.ts';

type Verified = RouteResult<typeof route>;

/**
 * Uses a voucher of the own shop once. A repeat gets the first answer though its code is stale by
 * then. A wrong code is an answer too, kept so that its try is counted once and not rolled back.
 */
export async function verifyVoucher(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<Verified> {
  const operator = requireOperator(principal);
  const command = { actor: actorOf(principal), key, name: 'verify-voucher', input: body };
  const { requestId } = principal;
  const verified = await tellingUse(deps, { operator, code: body.code, requestId }, () =>
    runCommand(deps.store, command, async (tx): Promise<Verified | null> => {
      const found = await checkCode(deps, tx, operator, body.code);
      return found ? useVoucher(deps, tx, { ...found, operator }, requestId) : null;
    }),
  );
  if (!verified) throw new Problem(rewardsProblems.voucherInvalid);
  return verified;
}

async function useVoucher(
  { store, clock }: RewardsDeps,
  tx: Transaction<RewardsDatabase>,
  { voucher, step, isPrinted, operator }: CheckedCode & { operator: Operator },
  requestId: string,
): Promise<Verified> {
  const redemption = await lockRedemption(tx, voucher.redemptionId);
  if (!redemption) throw new Error('the redemption of a voucher is not there');
  if (!(await markVoucherUsed(tx, store.clock, voucher, { step, isPrinted }))) {
    const present = await findVoucherByNumber(tx, voucher.merchantId, voucher.voucherNumber);
    const refusal = present && findRefusal(present, clock.now());
    throw refusal ?? new Problem(rewardsProblems.voucherInvalid);
  }
  const { id, benefitId } = redemption;
  const isAgain = await hasEffect(tx, id, 'undone');
  // At most one use of a voucher is undone: the second is final.
  const undoMinutes = isAgain ? 0 : (await readSettings(tx, voucher.programmeId)).undoMinutes;
  const waitSeconds = postingWaitSeconds(undoMinutes);
  const nextSeconds = waitSeconds ?? resumeSeconds;
  const move = { id, from: 'issued', to: 'verified', nextSeconds } as const;
  mustHold(await moveRedemption(tx, store.clock, move), 'a good voucher has an issued redemption');
  mustHold(await moveGoods(tx, redemption, 'reserved', 'sold'), 'its stock is reserved');
  await insertEffect(tx, store.clock, id, isAgain ? 'reverified' : 'verified');
  const { programmeId, areaPath, merchantId } = voucher;
  await insertVerification(tx, store.clock, {
    ...{ id: newId(), programmeId, areaPath, merchantId, voucherId: voucher.id },
    shopId: await findShopOfClerk(tx, merchantId, operator.personId),
    operatorId: operator.personId,
    operatorRole: operator.role,
    ...{ attempt: isAgain ? 2 : 1, undoMinutes, isPrinted },
  });
  // While it may be undone, the sweep of what stands still tells that the points are to be spent.
  const told = waitSeconds === null ? [outgoing(voucherVerified, { redemptionId: id })] : [];
  const lapsed = await lapseOffer({ store }, tx, id);
  const notices = noticesOf(voucher, 'voucher-verified');
  const events = [...told, ...notices, ...lapsed, await fundingOf(tx, benefitId)];
  await appendEvents(tx, store, events, requestId);
  const written = await findVerificationOf(tx, voucher.id);
  if (!written) throw new Error('the verification just written is not there');
  return showVerification(written);
}
