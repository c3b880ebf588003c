import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { decideAppeal as route } from '@ddp/contracts/ratings/appeal-routes';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { readNow } from '@ddp/db-kit/time';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { decideAppeal as decide, findAppeal } from '../store/appeals.ts';
import { insertSteps, listSteps } from '../store/follow-up-steps.ts';
import { lockFollowUp } from '../store/follow-ups.ts';
import { lockRating } from '../store/ratings.ts';
import { leaveOutRating } from './leave-out-rating.ts';
import { readAppeal, toStaffAppeal } from './list-appeals.ts';
import { refuseParty } from './refuse-party.ts';

/**
 * Decides an appeal: nobody who appealed, is rated or had the follow-up in hand. Upheld, the rating is
 * kept and no longer counts.
 */
export async function decideAppeal(
  { store }: RatingsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('follow-ups.handle', principal);
  const judge = requirePerson(principal);
  const { personId, role, areaPaths, requestId } = judge;
  const { verdict: state, reason } = body;
  const input = { ...body, ...params };
  const command = { actor: actorOf(principal), key, name: 'decide-appeal', input };
  await runCommand(store, command, async (tx) => {
    const appeal = await findAppeal(tx, params.id, areaPaths);
    const followUp = appeal ? await lockFollowUp(tx, appeal.followUpId) : null;
    if (!appeal || !followUp) throw new Problem(commonProblems.notFound);
    await refuseParty(tx, followUp, personId, await readNow(tx, store.clock));
    const steps = (await listSteps(tx, [followUp.id])).get(followUp.id) ?? [];
    if (appeal.appellantId === personId || steps.some((step) => step.personId === personId)) {
      throw new Problem(ratingsProblems.ownCase);
    }
    if (!(await decide(tx, store.clock, params.id, { state, personId, role, reason }))) {
      throw new Problem(ratingsProblems.appealDecided);
    }
    if (state === 'upheld') {
      const rating = await lockRating(tx, appeal.ratingId);
      const why = { reason: 'appeal-upheld', evidence: reason, by: judge } as const;
      if (rating?.view.state === 'counted') await leaveOutRating(tx, store, rating, why);
    }
    const { deskPath } = followUp;
    const step = state === 'upheld' ? 'appeal-upheld' : 'appeal-rejected';
    await insertSteps(tx, store.clock, [
      { followUpId: followUp.id, step, personId, role, deskPath, words: reason },
    ]);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'decide-appeal',
      objectKind: 'appeal',
      objectId: params.id,
      detail: { state },
    });
    if (appeal.appellantId !== null) {
      const notice = outgoing(noticeRequested, {
        audience: { kind: 'person', personId: appeal.appellantId },
        template: 'appeal-decided',
        params: { verdict: state },
      });
      await appendEvents(tx, store, [notice], requestId);
    }
  });
  return toStaffAppeal(await readAppeal(store.db, params.id));
}
