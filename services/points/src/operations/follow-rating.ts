import type { PayloadOf } from '@ddp/contracts/event';
import type { ratingLeftOut, ratingRestored, ratingWithdrawn } from '@ddp/contracts/ratings/events';
import { newId } from '@ddp/db-kit/ids';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { isReversible } from '../domain/award-state.ts';
import { evidenceOfFalseRating } from '../domain/false-rating.ts';
import { type Award, findAwardFor } from '../store/awards.ts';
import { giveBackToCaps } from '../store/caps.ts';
import { markGivenBack } from '../store/earnings.ts';
import { lockParticipationOf, type Participation } from '../store/participations.ts';
import { keepMark, type RatingMark } from '../store/rating-marks.ts';
import { type Decision, findReversalOf } from '../store/reversals.ts';
import { readRuleVersion } from '../store/rules.ts';
import { endReversalOf } from './end-reversal.ts';
import { openReversal } from './notice-reversal.ts';
import { takeBackAward } from './take-back-award.ts';

type Tx = Transaction<PointsDatabase>;
type OfRating = Pick<PayloadOf<typeof ratingWithdrawn>, 'programmeId' | 'personId' | 'ratingId'>;

/** What a rating earned, its participation locked; the mark is kept also where it earned nothing. */
async function markAward(
  tx: Tx,
  { programmeId, personId, ratingId }: OfRating,
  mark: Pick<RatingMark, 'markId' | 'mark'>,
): Promise<{ participation: Participation; award: Award } | null> {
  const participation = await lockParticipationOf(tx, programmeId, personId);
  if (!(await keepMark(tx, { programmeId, ratingId, ...mark })) || !participation) return null;
  const award = await findAwardFor(tx, programmeId, 'rating', ratingId);
  return award && { participation, award };
}

/**
 * Whoever rated took the rating back: what it earned goes back too, waiting or not, and the caps of
 * its day count it no more, unless its points were spent or set aside by then. It is the person's own doing, so that there is nothing to appeal against.
 */
export async function undoWithdrawn(
  deps: PointsDeps,
  delivery: Delivery<PayloadOf<typeof ratingWithdrawn>>,
): Promise<void> {
  const { payload, requestId } = delivery;
  await handleOnce(deps.store, delivery, async (tx) => {
    const found = await markAward(tx, payload, { markId: payload.ratingId, mark: 'withdrawn' });
    if (!found || !isReversible(found.award.state)) return;
    const { participation, award } = found;
    const { id, programmeId, participationId, amountPoints, awardedOn: on } = award;
    await liftOpenReversal(deps, tx, found, { decision: null, requestId });
    const writtenOff = await takeBackAward(deps, tx, participation, id, 'undone');
    // Its place was used where its points were: else a day would pay for more ratings than it allows.
    if (writtenOff > 0) return;
    const rule = await readRuleVersion(tx, programmeId, award.rule, award.ruleVersion);
    await giveBackToCaps(tx, { programmeId, participationId, on }, rule, amountPoints);
    await markGivenBack(tx, deps.store.clock, id);
  });
}

/**
 * An officer left a rating out. Where that says that the rating was no honest one, notice is given that
 * its award is to be taken back; it stays while its person may appeal, as after any notice.
 */
export async function noticeLeftOut(
  deps: PointsDeps,
  delivery: Delivery<PayloadOf<typeof ratingLeftOut>>,
): Promise<void> {
  const { payload, requestId } = delivery;
  const { flagId: markId, flaggedBy: noticedBy, flaggedByRole: noticedByRole } = payload;
  const evidence = evidenceOfFalseRating(payload.reason);
  await handleOnce(deps.store, delivery, async (tx) => {
    if (evidence === null) return;
    const found = await markAward(tx, payload, { markId, mark: 'left-out' });
    if (!found || found.participation.personId === null) return;
    const { award } = found;
    // An award goes through a notice once.
    if (!isReversible(award.state) || (await findReversalOf(tx, award))) return;
    const by = { noticedBy, noticedByRole, reason: 'false-evidence' } as const;
    const notice = { ...by, id: newId(), awardId: award.id, evidence };
    await openReversal(deps, tx, award, notice, requestId);
  });
}

/** The rating counts again: a notice that is still open is lifted with it. */
export async function liftRestored(
  deps: PointsDeps,
  delivery: Delivery<PayloadOf<typeof ratingRestored>>,
): Promise<void> {
  const { payload, requestId } = delivery;
  await handleOnce(deps.store, delivery, async (tx) => {
    const found = await markAward(tx, payload, { markId: payload.flagId, mark: 'lifted' });
    if (!found) return;
    const { liftedBy: personId, liftedByRole: role } = payload;
    const decision = { personId, role, reason: countsAgain };
    await liftOpenReversal(deps, tx, found, { decision, requestId });
  });
}

const countsAgain = '评价已重新计入 · the rating counts again';

async function liftOpenReversal(
  deps: PointsDeps,
  tx: Tx,
  { participation, award }: { participation: Participation; award: Award },
  { decision, requestId }: { decision: Decision; requestId: string },
): Promise<void> {
  const reversal = await findReversalOf(tx, award);
  if (!reversal) return;
  // Whoever wrote the appeal down decides nothing about it.
  const isParty = decision !== null && decision.personId === reversal.appealRecordedBy;
  const by = { decision: isParty ? null : decision, requestId };
  const end = { from: ['noticed', 'appealed'], state: 'lifted', ...by } as const;
  await endReversalOf(deps, tx, participation, reversal, end);
}
