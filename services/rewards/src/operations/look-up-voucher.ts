import { Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { lookUpVoucher as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { transact } from '@ddp/db-kit/transact';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { findRefusal } from '../domain/decide-verifications.ts';
import { checkCode, requireOperator } from './check-code.ts';
import { namedProblem } from './named-problem.ts';
import { readMaskedName } from './read-masked-name.ts';
import { tellingUse } from './tell-use.ts';

/** What would be verified, with a cue of whose it is; only a wrong code leaves a trace. */
export async function lookUpVoucher(
  deps: RewardsDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const operator = requireOperator(principal);
  const { requestId } = principal;
  const voucher = await tellingUse(deps, { operator, code: body.code, requestId }, () =>
    transact(deps.store.db, async (tx) => {
      const found = await checkCode(deps, tx, operator, body.code);
      const refusal = found && findRefusal(found, deps.clock.now());
      if (refusal) throw namedProblem(refusal);
      return found;
    }),
  );
  if (!voucher) throw new Problem(rewardsProblems.voucherInvalid);
  return {
    voucherId: voucher.id,
    benefitTitle: voucher.benefitTitle,
    holder: await readMaskedName(deps, voucher.holderId, requestId),
    expiresAt: voucher.expiresAt.toISOString(),
  };
}
