import { actorOf, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { rateAgain as route } from '@ddp/contracts/ratings/own-routes';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { hashRequest } from '@ddp/db-kit/command';
import { deriveId, newId } from '@ddp/db-kit/ids';
import type { ClockOffset } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingsDeps } from '../deps.ts';
import { raterKey } from '../domain/rater.ts';
import { findRating } from '../store/ratings.ts';
import { insertRight, rightNames } from '../store/rights.ts';
import { answerRepeat, raterOf, submitDraft } from './submit-rating.ts';

/**
 * Lets whoever gave a rating give it anew, once for each time that what it was about was put right. A
 * guest cannot be found again and gets none.
 */
export async function grantReRating(
  tx: Transaction<RatingsDatabase>,
  clock: ClockOffset,
  { ratingId, round, expiresAt }: { ratingId: string; round: number; expiresAt: Date },
): Promise<void> {
  const rating = await findRating(tx, ratingId);
  if (!rating?.personId) return;
  const sourceId = deriveId('re-rating', ratingId, String(round));
  await insertRight(tx, clock, {
    ...{ id: newId(), kind: 'again', tokenHash: null, mintedBy: 'ratings', sourceId, expiresAt },
    ...{ subjectId: rating.view.subjectId, personId: rating.personId, ratesAgain: ratingId },
  });
}

/** Rates anew; the first rating stays beside it. */
export async function rateAgain(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const { personId } = requirePerson(principal);
  const original = await findRating(deps.store.db, params.id);
  if (original?.personId !== personId) throw new Problem(commonProblems.notFound);
  const actor = actorOf(principal);
  const input = { ...params, ...body };
  const hash = hashRequest({ actor, key, name: 'rate-again', input });
  const rater = raterOf(principal);
  const { view } = original;
  if (view.state !== 'counted') {
    const decided = new Problem(ratingsProblems.ratingDecided);
    return answerRepeat(deps, { actor, key, hash }, decided);
  }
  const subject = { id: view.subjectId, name: view.subjectName };
  return submitDraft(deps, {
    ...{ actor, key, hash, requestId: principal.requestId },
    draft: {
      ...body,
      id: newId(),
      programmeId: original.programmeId,
      subject: { ...subject, personId: original.subjectPersonId, unitId: original.unitId },
      codeId: original.codeId,
      areaPath: original.areaPath,
      questionVersion: body.questionVersion,
      ...{ rater, raterKey: raterKey(rater, key), assistance: null, device: null, network: null },
      wordsState: await deps.screener.screen(body.words),
      rightName: rightNames.again(params.id),
    },
  });
}
