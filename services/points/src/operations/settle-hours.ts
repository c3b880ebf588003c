import { deriveId } from '@ddp/db-kit/ids';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import type { Participation } from '../store/participations.ts';
import { findReversalOf } from '../store/reversals.ts';
import type { ServedHours } from '../store/volunteering.ts';
import {
  awardPart,
  type CorrectedBy,
  type Hours,
  noticeTooMany,
  withdrawOpenParts,
} from './award-part.ts';
import { endReversalOf } from './end-reversal.ts';

type Tx = Transaction<PointsDatabase>;

/**
 * Brings what hours of a locked participation have earned to what they should: more is awarded, and
 * what was too much goes back by notice, against which the person may appeal.
 */
export async function settleHours(
  deps: PointsDeps,
  tx: Tx,
  participation: Participation,
  of: { hours: Hours; known: ServedHours | null; by: CorrectedBy | null; requestId: string },
): Promise<void> {
  const { hours, known, by, requestId } = of;
  const { hoursId, targetPoints } = hours;
  const { held, decided } = await withdrawOpenParts(deps, tx, hours, requestId);
  if (targetPoints < held) {
    const isUnderWay = (known?.reversingAwardId ?? null) !== null;
    if (!isUnderWay && by) await noticeTooMany(deps, tx, hours, { by, requestId });
    return;
  }
  if (known?.reversingAwardId) {
    await liftNotice(deps, tx, participation, { awardId: known.reversingAwardId, requestId });
  }
  if (targetPoints <= decided) return;
  const before = held === 0 ? 0 : (known?.minutes ?? 0);
  const minutes = Math.max(0, hours.minutes - before);
  const sourceId =
    decided === 0 && !known ? hoursId : deriveId('hours', hoursId, `${hours.version}`);
  const more = { amountPoints: targetPoints - decided, quantity: minutes, sourceId };
  await awardPart(deps, tx, participation, hours, more, requestId);
}

async function liftNotice(
  deps: PointsDeps,
  tx: Tx,
  participation: Participation,
  { awardId, requestId }: { awardId: string; requestId: string },
): Promise<void> {
  const reversal = await findReversalOf(tx, {
    id: awardId,
    programmeId: participation.programmeId,
  });
  if (!reversal) throw new Error('an award that is to go has no notice');
  const end = { from: ['noticed', 'appealed'], state: 'lifted', decision: null } as const;
  await endReversalOf(deps, tx, participation, reversal, { ...end, requestId });
}
