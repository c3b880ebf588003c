import { readPerson } from '@ddp/contracts/identity/routes';
import { Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { lookUpVoucher as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { transact } from '@ddp/db-kit/transact';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { checkCode, findRefusal, requireOperator } from './check-code.ts';

const unnamedHolder = '***';
const nameDeadlineMs = 2_000;

/** What would be verified, with a cue of whose it is; only a wrong code leaves a trace. */
export async function lookUpVoucher(
  deps: RewardsDeps,
  { principal }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const operator = requireOperator(principal);
  const voucher = await transact(deps.store.db, async (tx) => {
    const found = await checkCode(deps, tx, operator, body.code);
    if (!found) return null;
    const refusal = await findRefusal(tx, found.voucher, deps.clock.now());
    if (refusal) throw refusal;
    return found.voucher;
  });
  if (!voucher) throw new Problem(rewardsProblems.voucherInvalid);
  return {
    voucherId: voucher.id,
    benefitTitle: voucher.benefitTitle,
    holder: await readHolder(deps, voucher.personId, principal.requestId),
    expiresAt: voucher.expiresAt.toISOString(),
  };
}

/** The counter works without the name: a voucher is not refused because identity is away. */
async function readHolder(
  { caller, log }: RewardsDeps,
  personId: string,
  requestId: string,
): Promise<string> {
  try {
    const call = { requestId, deadlineMs: nameDeadlineMs };
    const person = await caller.call(readPerson, { params: { id: personId } }, call);
    return person.maskedName ?? unnamedHolder;
  } catch (error) {
    log.warn({ err: error, requestId }, 'a holder is shown without a name');
    return unnamedHolder;
  }
}
