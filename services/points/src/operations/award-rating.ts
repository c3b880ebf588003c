import type { PayloadOf } from '@ddp/contracts/event';
import type { ratingSubmitted } from '@ddp/contracts/ratings/events';
import { newId } from '@ddp/db-kit/ids';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { PointsDeps } from '../deps.ts';
import { decideAmount } from '../domain/rule.ts';
import { lockParticipationOf } from '../store/participations.ts';
import { isMarked } from '../store/rating-marks.ts';
import { findRule } from '../store/rules.ts';
import { grantAward, openAward } from './grant-award.ts';

/**
 * A rating earns by its rule, up to the day's cap; who does not take part earns nothing, nor does a
 * rating that was told to be withdrawn or left out as false before it was told of.
 */
export async function awardRating(
  deps: PointsDeps,
  delivery: Delivery<PayloadOf<typeof ratingSubmitted>>,
): Promise<void> {
  const { ratingId, programmeId, personId, ratedOn } = delivery.payload;
  await handleOnce(deps.store, delivery, async (tx) => {
    const participation = await lockParticipationOf(tx, programmeId, personId);
    if (!participation || participation.leftAt !== null) return;
    if (await isMarked(tx, ratingId)) return;
    const rule = await findRule(tx, programmeId, 'rating', ratedOn);
    if (!rule) return;
    const decision = decideAmount(rule, {});
    if (decision.verdict !== 'decided') throw new Error('the rule for ratings gives no amount');
    const { amountPoints } = decision;
    const terms = { id: newId(), rule, amountPoints, sourceId: ratingId, awardedOn: ratedOn };
    const award = { ...terms, option: null, quantity: null, evidence: null, awardedBy: null };
    const verdict = await openAward(deps, tx, participation, award, 'publishing');
    if (verdict === 'opened') await grantAward(deps, tx, participation, award);
  });
}
