import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { changeBenefit as route } from '@ddp/contracts/rewards/benefit-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { changeDraft, findBenefit, lockBenefit } from '../store/benefits.ts';
import { deleteShares, insertShares } from '../store/shares.ts';
import { readDraftFields } from './draft-terms.ts';
import { refuseForbidden } from './refuse-forbidden.ts';
import { showBenefit } from './show-benefit.ts';

/** Writes a draft anew. What was submitted, approved or sold does not change. */
export async function changeBenefit(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.manage', principal);
  const officer = requirePerson(principal);
  refuseForbidden(body);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'change-benefit', input };
  return runCommand(store, command, async (tx) => {
    const { id } = params;
    const benefit = await lockBenefit(tx, id, officer.areaPaths);
    if (!benefit) throw new Problem(commonProblems.notFound);
    if (benefit.state !== 'draft') throw new Problem(commonProblems.conflict);
    const fields = await readDraftFields(tx, officer, body);
    if (!(await changeDraft(tx, { id, ...fields }))) throw new Problem(commonProblems.conflict);
    await deleteShares(tx, id);
    await insertShares(tx, id, fields.shares);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'change-benefit',
      objectKind: 'benefit',
      objectId: id,
      detail: { pricePoints: body.pricePoints, payer: body.payer, budgetId: body.budgetId },
    });
    const written = await findBenefit(tx, id);
    if (!written) throw new Error('the draft just written is not there');
    return showBenefit(written);
  });
}
