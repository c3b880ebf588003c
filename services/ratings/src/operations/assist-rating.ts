import { actorOf, requireArea, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { assistRating as route } from '@ddp/contracts/ratings/own-routes';
import { ratingsProblems } from '@ddp/contracts/ratings/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { hashRequest } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { elderKey, type Rater, raterKey } from '../domain/rater.ts';
import { draftOf, submitDraft } from './submit-rating.ts';

/**
 * Rates for somebody without a phone, by staff of the area, with the consent that was given. It is
 * marked as such and shown apart; nobody acts for a rating of themselves or of their own unit.
 */
export async function assistRating(
  deps: RatingsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('ratings.assist', principal);
  const staff = requirePerson(principal);
  const { personId, elderRef, consent, token, ...answers } = body;
  if ((personId === null) === (elderRef === null)) throw nameOne();
  const { requestId } = principal;
  const scan = await deps.resolveScan(token, requestId);
  requireArea(principal, scan.areaPath);
  // Who rates for themselves does so by their own account, and counts there.
  if (personId === staff.personId) throw new Problem(ratingsProblems.ownCase);
  const rater: Rater = { personId, deviceId: null, raterClass: 'assisted' };
  const by = { personId: staff.personId, role: staff.role };
  const actor = actorOf(principal);
  return submitDraft(deps, {
    ...{ actor, key, requestId },
    hash: hashRequest({ actor, key, name: 'assist-rating', input: body }),
    draft: {
      ...draftOf(scan, { ...answers, isNamed: false, photoIds: [] }),
      rater,
      raterKey: elderRef === null ? raterKey(rater, key) : elderKey(scan.areaPath, elderRef),
      assistance: { by, consent, elderRef },
      ...{ device: null, network: null, rightName: null },
      wordsState: await deps.screener.screen(body.words),
    },
  });
}

function nameOne(): Problem {
  const message = {
    zh: '请填写老人的登记编号或自编代号，二选一',
    en: 'either a registered person or a name of your own making',
  };
  return new Problem(commonProblems.invalidRequest, {
    errors: [{ pointer: '/elderRef', message }],
  });
}
