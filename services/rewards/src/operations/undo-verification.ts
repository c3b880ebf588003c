import { actorOf, auditActor } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { undoVerification as route } from '@ddp/contracts/rewards/voucher-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { hasEffect, insertEffect } from '../store/effects.ts';
import { moveGoods } from '../store/goods.ts';
import { lockRedemption, moveRedemption } from '../store/redemptions.ts';
import { findVerification, markUndone, type Verification } from '../store/verifications.ts';
import { findVoucherOfRedemption, markVoucherUnused } from '../store/vouchers.ts';
import { requireOperator } from './check-code.ts';
import { showVerification } from './list-verifications.ts';
import { mustHold } from './must-hold.ts';
import { fundingOf } from './tell-funding.ts';
import { noticesOf } from './tell-parties.ts';

/**
 * Takes back a verification of the own merchant: the voucher is good again, by a later code than
 * the one it was used with, its stock and budget are set aside again, and its points stay held, as
 * they are not spent before the time to undo is over.
 */
export async function undoVerification(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const operator = requireOperator(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'undo-verification', input };
  return runCommand(store, command, async (tx) => {
    const seen = await findVerification(tx, params.id, operator.merchantId);
    if (!seen) throw new Problem(commonProblems.notFound);
    const redemption = await lockRedemption(tx, seen.redemptionId);
    if (!redemption) throw new Error('the redemption of a voucher is not there');
    await refuseUndone(tx, seen);
    const by = { operatorId: operator.personId, operatorRole: operator.role, ...body };
    if (!(await markUndone(tx, store.clock, seen.id, by))) {
      throw new Problem(rewardsProblems.undoOver);
    }
    const { id } = redemption;
    mustHold(await markVoucherUnused(tx, seen.voucherId), 'a verified voucher is used');
    const move = { id, from: 'verified', to: 'issued', nextSeconds: null } as const;
    mustHold(await moveRedemption(tx, store.clock, move), 'a used voucher was verified');
    mustHold(await moveGoods(tx, redemption, 'sold', 'reserved'), 'its stock is sold');
    await insertEffect(tx, store.clock, id, 'undone');
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'undo-verification',
      objectKind: 'verification',
      objectId: seen.id,
      detail: { voucherId: seen.voucherId },
    });
    const voucher = await findVoucherOfRedemption(tx, id);
    if (!voucher) throw new Error('a verified redemption has no voucher');
    const notices = noticesOf(voucher, 'verification-undone');
    const events = [...notices, await fundingOf(tx, redemption.benefitId)];
    await appendEvents(tx, store, events, principal.requestId);
    const written = await findVerification(tx, seen.id, operator.merchantId);
    if (!written) throw new Error('the verification just undone is not there');
    return showVerification(written);
  });
}

/** Under the lock of the redemption: what was undone, or is to be paid, is so for good. */
async function refuseUndone(
  tx: Transaction<RewardsDatabase>,
  { redemptionId }: Verification,
): Promise<void> {
  if (await hasEffect(tx, redemptionId, 'undone')) {
    throw new Problem(rewardsProblems.undoneAlready);
  }
  if (await hasEffect(tx, redemptionId, 'final')) throw new Problem(rewardsProblems.undoOver);
}
