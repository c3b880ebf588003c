import { noticeRequested } from '@ddp/contracts/notices/events';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { nameOf } from '../domain/rule.ts';
import { insertLine } from '../store/lines.ts';
import type { Participation } from '../store/participations.ts';
import {
  type Decision,
  endReversal,
  type Reversal,
  type ReversalState,
} from '../store/reversals.ts';
import { readRuleVersion } from '../store/rules.ts';
import { keepHours, replaceHours } from './replace-hours.ts';
import { takeBackAward } from './take-back-award.ts';

type Tx = Transaction<PointsDatabase>;

export interface ReversalEnd {
  from: readonly ReversalState[];
  state: 'reversed' | 'lifted';
  decision: Decision;
  requestId: string;
}

/**
 * Ends a reversal of a locked participation and tells the person; false when it has ended before.
 */
export async function endReversalOf(
  deps: PointsDeps,
  tx: Tx,
  participation: Participation,
  reversal: Reversal,
  { from, state, decision, requestId }: ReversalEnd,
): Promise<boolean> {
  const { store } = deps;
  const { id, awardId, amountPoints, participationId, rule } = reversal;
  if (!(await endReversal(tx, store.clock, id, from, { state, decision }))) return false;
  if (state === 'reversed') {
    // What was right of too many hours is granted before, so that what was spent is written off once.
    await replaceHours(deps, tx, participation, reversal);
    await takeBackAward(deps, tx, participation, awardId, 'reversed');
  } else {
    await keepHours(tx, awardId);
    const line = { participationId, amountPoints, awardId };
    await insertLine(tx, store.clock, { ...line, kind: 'reversal-lifted' });
  }
  if (participation.personId !== null) {
    const version = await readRuleVersion(tx, reversal.programmeId, rule, reversal.ruleVersion);
    const notice = outgoing(noticeRequested, {
      audience: { kind: 'person', personId: participation.personId },
      template: state === 'reversed' ? 'points-reversed' : 'reversal-lifted',
      params: { points: amountPoints, reason: nameOf(version) },
    });
    await appendEvents(tx, store, [notice], requestId);
  }
  return true;
}
