import { actorOf, auditActor, requireArea, requirePermission } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type {
  decideReply as replyRoute,
  decideWords as wordsRoute,
} from '@ddp/contracts/ratings/review-routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { setWordsState } from '../store/ratings.ts';
import { findReply, lockReply, setReplyState } from '../store/replies.ts';
import { readOfficerRating } from './read-officer-rating.ts';
import { requireRating } from './require-rating.ts';

const stateAfter = { release: 'shown', hide: 'hidden' } as const;

/** Lets the words of a rating be seen, or hides them; a decision can be changed, with a reason. */
export async function decideWords(
  { store }: RatingsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof wordsRoute>,
): Promise<RouteResult<typeof wordsRoute>> {
  requirePermission('ratings.review', principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'decide-words', input };
  await runCommand(store, command, async (tx) => {
    const { view } = await requireRating(tx, store, principal, params.id);
    const wordsState = stateAfter[body.decision];
    if (view.words === '' || view.wordsState === wordsState) {
      throw new Problem(ratingsProblems.ratingDecided);
    }
    await setWordsState(tx, params.id, wordsState);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'decide-words', objectKind: 'rating', objectId: params.id },
      detail: { decision: body.decision, reason: body.reason },
    });
  });
  return readOfficerRating(store.db, principal, params.id);
}

/** The same for what the rated replied. */
export async function decideReply(
  { store }: RatingsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof replyRoute>,
): Promise<RouteResult<typeof replyRoute>> {
  requirePermission('ratings.review', principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'decide-reply', input };
  await runCommand(store, command, async (tx) => {
    const reply = await lockReply(tx, params.id);
    if (!reply) throw new Problem(commonProblems.notFound);
    requireArea(principal, reply.areaPath);
    await requireRating(tx, store, principal, reply.ratingId);
    const state = stateAfter[body.decision];
    if (reply.state === state) throw new Problem(ratingsProblems.ratingDecided);
    await setReplyState(tx, params.id, state);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'decide-reply', objectKind: 'reply', objectId: params.id },
      detail: { decision: body.decision, reason: body.reason },
    });
  });
  const decided = await findReply(store.db, params.id);
  if (!decided) throw new Problem(commonProblems.notFound);
  const { areaPath, ...shown } = decided;
  requireArea(principal, areaPath);
  return shown;
}
