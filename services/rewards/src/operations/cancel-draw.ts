import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { cancelDraw as route } from '@ddp/contracts/rewards/draw-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { findDraw, lockDraw, markCancelled, type StoredDraw } from '../store/draws.ts';
import { returnPieces } from '../store/goods.ts';
import { listFreePieces } from '../store/pieces.ts';
import { mustHold } from './must-hold.ts';
import { showDraw } from './show-draw.ts';
import { fundingOf } from './tell-funding.ts';

type Tx = Transaction<RewardsDatabase>;

/** Cancels a draw before it is drawn; its result cannot be waited for and then thrown away. */
export async function cancelDraw(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rewards.manage', principal);
  const { store } = deps;
  const officer = requirePerson(principal);
  const { id } = params;
  const input = { id, ...body };
  const command = { actor: actorOf(principal), key, name: 'cancel-draw', input };
  return runCommand(store, command, async (tx) => {
    const draw = await lockDraw(tx, id, officer.areaPaths);
    if (!draw) throw new Problem(commonProblems.notFound);
    if (!(await callOff(deps, tx, draw, body.reason, officer.requestId))) {
      throw new Problem(commonProblems.conflict);
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'cancel-draw',
      objectKind: 'draw',
      objectId: id,
      detail: { reason: body.reason },
    });
    const written = await findDraw(tx, id);
    if (!written) throw new Error('the draw just cancelled is not there');
    return showDraw(written);
  });
}

/** Ends a locked draw that is not drawn yet; false when it is, or it has ended. */
export async function callOff(
  { store }: Pick<RewardsDeps, 'store'>,
  tx: Tx,
  draw: StoredDraw,
  reason: string,
  requestId: string,
): Promise<boolean> {
  if (draw.state !== 'open' && draw.state !== 'frozen') return false;
  await markCancelled(tx, store.clock, draw.id, reason);
  await returnFree({ store }, tx, draw, requestId);
  return true;
}

/** Gives back the pieces of a locked draw that nobody is to have. */
export async function returnFree(
  { store }: Pick<RewardsDeps, 'store'>,
  tx: Tx,
  { id, benefitId }: StoredDraw,
  requestId: string,
): Promise<void> {
  const pieces = await listFreePieces(tx, id);
  if (pieces.length === 0) return;
  mustHold(await returnPieces(tx, pieces), 'what is set aside for a draw is reserved');
  await appendEvents(tx, store, [await fundingOf(tx, benefitId)], requestId);
}
