import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type { createBenefit as route } from '@ddp/contracts/rewards/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RewardsDeps } from '../deps.ts';
import { findBenefit, insertDraft } from '../store/benefits.ts';
import { readDraftFields } from './draft-terms.ts';
import { refuseForbidden } from './refuse-forbidden.ts';
import { showBenefit } from './show-benefit.ts';

/** Drafts a benefit of one or more merchants. */
export async function createBenefit(
  { store }: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.manage', principal);
  const officer = requirePerson(principal);
  refuseForbidden(body);
  const command = { actor: actorOf(principal), key, name: 'create-benefit', input: body };
  return runCommand(store, command, async (tx) => {
    const draft = { id: newId(), ...(await readDraftFields(tx, officer, body)) };
    await insertDraft(tx, store.clock, draft);
    const { pricePoints, stock, payer, unitValueCents, budgetId } = body;
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'create-benefit',
      objectKind: 'benefit',
      objectId: draft.id,
      detail: { pricePoints, stock, payer, unitValueCents, budgetId },
    });
    const written = await findBenefit(tx, draft.id);
    if (!written) throw new Error('the draft just written is not there');
    return showBenefit(written);
  });
}
