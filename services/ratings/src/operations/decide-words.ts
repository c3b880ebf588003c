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
import { listOpenFlags } from '../store/flags.ts';
import { setWordsState } from '../store/ratings.ts';
import { lockReply, setReplyState } from '../store/replies.ts';
import { toOfficerView } from './list-ratings.ts';
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
  return runCommand(store, command, async (tx) => {
    const rating = await requireRating(tx, store, principal, params.id);
    const wordsState = stateAfter[body.decision];
    const { view } = rating;
    if (view.words === '' || view.wordsState === wordsState) {
      throw new Problem(ratingsProblems.ratingDecided);
    }
    await setWordsState(tx, params.id, wordsState);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'decide-words', objectKind: 'rating', objectId: params.id },
      detail: { decision: body.decision, reason: body.reason },
    });
    const flags = await listOpenFlags(tx, [params.id]);
    return toOfficerView({ ...rating, view: { ...view, wordsState } }, flags.get(params.id));
  });
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
  return runCommand(store, command, async (tx) => {
    const reply = await lockReply(tx, params.id);
    if (!reply) throw new Problem(commonProblems.notFound);
    const { areaPath, ...shown } = reply;
    requireArea(principal, areaPath);
    await requireRating(tx, store, principal, reply.ratingId);
    const state = stateAfter[body.decision];
    if (reply.state === state) throw new Problem(ratingsProblems.ratingDecided);
    await setReplyState(tx, params.id, state);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'decide-reply', objectKind: 'reply', objectId: params.id },
      detail: { decision: body.decision, reason: body.reason },
    });
    return { ...shown, state };
  });
}
