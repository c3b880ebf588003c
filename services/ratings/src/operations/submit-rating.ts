import { actorOf } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import { resolveScan } from '@ddp/contracts/codes/routes';
import type { ResolvedScan } from '@ddp/contracts/codes/schemas';
import type { Principal } from '@ddp/contracts/principal';
import { Problem } from '@ddp/contracts/problem';
import { ratingSubmitted } from '@ddp/contracts/ratings/events';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { submitRating as route } from '@ddp/contracts/ratings/routes';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { doReasonsFit } from '../domain/question-set.ts';
import { decideRater, type Rater, raterKey } from '../domain/rater.ts';
import { listUnitsServed } from '../store/post-cards.ts';
import { findRating, insertRating, noProgramme } from '../store/ratings.ts';
import { type AcceptedRating, openFollowUps } from './open-follow-ups.ts';

/**
 * Takes one walk-up rating for a rater, subject and day. A resident's counts and may earn points; a
 * guest's is kept and shown apart.
 */
export async function submitRating(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  const { store, caller, clock } = deps;
  if (!doReasonsFit(body.level, body.reasons)) throw new Problem(ratingsProblems.reasonMismatch);
  const { requestId } = principal;
  const scan = await caller.call(resolveScan, { params: { token: body.token } }, { requestId });
  const rater = raterOf(principal);
  const ratedOn = civilDateOf(clock.now());
  const command = { actor: actorOf(principal), key, name: 'submit-rating', input: body };
  return runCommand(store, command, async (tx) => {
    const units = rater.personId ? await listUnitsServed(tx, rater.personId, ratedOn) : [];
    refuseRater(rater, scan, units);
    const id = newId();
    try {
      await insertRating(tx, clock, {
        ...body,
        id,
        programmeId: scan.programmeId,
        subjectId: scan.subject.id,
        subjectName: scan.subject.name,
        codeId: scan.codeId,
        raterKey: raterKey(rater, key),
        personId: rater.personId,
        isVerified: rater.isResident,
        areaPath: scan.areaPath,
        ratedOn,
      });
    } catch (error) {
      throw isDuplicate(error) ? new Problem(ratingsProblems.ratedAlready) : error;
    }
    const accepted = acceptedOf(id, body.level, scan);
    await appendEvents(tx, store, await openFollowUps(deps, tx, [accepted]), requestId);
    if (rater.isResident && rater.personId && scan.programmeId) {
      const { programmeId, areaPath } = scan;
      const { personId } = rater;
      const payload = { ratingId: id, programmeId, personId, areaPath, ratedOn };
      await appendEvents(tx, store, [outgoing(ratingSubmitted, payload)], requestId);
    }
    const rating = await findRating(tx, id);
    if (!rating) throw new Error('a rating cannot be read back');
    return rating;
  });
}

function acceptedOf(id: string, level: number, scan: ResolvedScan): AcceptedRating {
  const { programmeId, subject, subjectPersonId, areaPath } = scan;
  return {
    id,
    programmeId: programmeId ?? noProgramme,
    subjectId: subject.id,
    subjectPersonId,
    subjectUnitId: subject.kind === 'organization' ? subject.unitId : null,
    areaPath,
    level,
  };
}

function raterOf(principal: Principal): Rater & { isResident: boolean } {
  if (principal.kind === 'person') {
    const isResident = principal.role === 'resident' || principal.role === 'volunteer-leader';
    return { personId: principal.personId, deviceId: null, isResident };
  }
  const deviceId = principal.kind === 'anonymous' ? principal.deviceId : null;
  return { personId: null, deviceId, isResident: false };
}

function refuseRater(rater: Rater, scan: ResolvedScan, units: readonly string[]): void {
  const subject = { personId: scan.subjectPersonId, unitId: scan.subject.unitId };
  switch (decideRater(rater.personId, subject, units)) {
    case 'self-rating':
      throw new Problem(ratingsProblems.selfRating);
    case 'own-unit':
      throw new Problem(ratingsProblems.ownUnit);
    case 'allowed':
  }
}
