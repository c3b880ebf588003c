import { deriveId } from '@ddp/db-kit/ids';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { findAward } from '../store/awards.ts';
import { giveBackToCaps } from '../store/caps.ts';
import { markGivenBack } from '../store/earnings.ts';
import type { Participation } from '../store/participations.ts';
import type { Reversal } from '../store/reversals.ts';
import { readRuleVersion } from '../store/rules.ts';
import { findReversing, listHoursAwards, setReversing } from '../store/volunteering.ts';
import { awardPart, noticeTooMany, sumOf } from './award-part.ts';

type Tx = Transaction<PointsDatabase>;

/**
 * Grants what is right of hours whose award is about to be taken back because they were too many:
 * before it, so that both together take the difference and no more. Its place in the caps is free.
 */
export async function replaceHours(
  deps: PointsDeps,
  tx: Tx,
  participation: Participation,
  { id: reversalId, awardId, noticedBy }: Reversal,
): Promise<void> {
  const hours = await findReversing(tx, awardId);
  const award = hours && (await findAward(tx, awardId));
  if (!hours || !award) return;
  await setReversing(tx, hours.hoursId, null);
  const { programmeId, participationId, amountPoints, awardedOn: on } = award;
  const rule = await readRuleVersion(tx, programmeId, award.rule, award.ruleVersion);
  await giveBackToCaps(tx, { programmeId, participationId, on }, rule, amountPoints);
  await markGivenBack(tx, deps.store.clock, awardId);
  const others = (await listHoursAwards(tx, hours.hoursId)).filter(({ id }) => id !== awardId);
  const missing = hours.targetPoints - sumOf(others);
  if (missing > 0) {
    const sourceId = deriveId('hours-replacement', hours.hoursId, awardId);
    const part = { amountPoints: missing, quantity: hours.minutes, sourceId, isAgreed: true };
    await awardPart(deps, tx, participation, hours, part, `reversal-${reversalId}`);
  }
  // Hours that were corrected down more than once have another award to go.
  if (missing < 0 && noticedBy !== null) {
    const by = { personId: noticedBy, role: 'community-officer' };
    await noticeTooMany(deps, tx, hours, { by, requestId: `reversal-${reversalId}` });
  }
}

/** An award that was to go stays: what was found of its hours changes nothing any more. */
export async function keepHours(tx: Tx, awardId: string): Promise<void> {
  const hours = await findReversing(tx, awardId);
  if (hours) await setReversing(tx, hours.hoursId, null);
}
