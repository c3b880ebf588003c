import { actorOf } from '@ddp/auth/authorize';
import { Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { verifyVoucher as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { hashRequest, KeyReusedError } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { requireOperator } from './check-code.ts';
import { namedProblem } from './named-problem.ts';
import { tellingUse } from './tell-use.ts';
import type { CodeCommand, CodeVerdict, Verified } from './write-verifications.ts';

/**
 * Uses a voucher of the own shop once; it joins the next commit. A repeat gets the first answer
 * though its code is stale by then.
 */
export async function verifyVoucher(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const operator = requireOperator(principal);
  const named = { actor: actorOf(principal), key };
  const hash = hashRequest({ ...named, name: 'verify-voucher', input: body });
  const { requestId } = principal;
  const { code } = body;
  const draft = { id: newId(), operator, code };
  const verified = await tellingUse(deps, { operator, code, requestId }, () =>
    submitCode(deps, { ...named, hash, requestId, draft }),
  );
  if (!verified) throw new Problem(rewardsProblems.voucherInvalid);
  return verified;
}

/** Hands a code to the next commit; null where it is a wrong one. */
async function submitCode(deps: RewardsDeps, command: CodeCommand): Promise<Verified | null> {
  const [outcome] = await deps.counterGroup.submit([command]);
  if (outcome === undefined) throw new Error('a code got no verdict');
  if (outcome.status === 'rejected') throw outcome.reason;
  return readVerdict(outcome.value);
}

function readVerdict(verdict: CodeVerdict): Verified | null {
  switch (verdict.status) {
    case 'answered':
      return verdict.answer;
    case 'key-reused':
      throw new KeyReusedError('this Idempotency-Key was used with another request');
    case 'refused': {
      const { refusal, retryAfterSeconds } = verdict;
      throw namedProblem(refusal, retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
    }
  }
}
