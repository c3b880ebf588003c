import { addDays, civilDateOf } from '@ddp/calendar/civil-date';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { deriveId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import type { PostedRequest } from '@ddp/ledger/domain/transfer';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { levelOf, levelStanding } from '../domain/level.ts';
import { freeChangeOf, type LotChange, lotOf, planTakingBack } from '../domain/lots.ts';
import { nameOf } from '../domain/rule.ts';
import { markReversed } from '../store/award-course.ts';
import { type Award, findAward } from '../store/awards.ts';
import {
  applySurely,
  move,
  openProgrammeBooks,
  programmeAccountsOf,
  readMeters,
  transferCode,
} from '../store/books.ts';
import { insertLine } from '../store/lines.ts';
import { listLots } from '../store/lots.ts';
import { keepLevel, type Participation } from '../store/participations.ts';
import {
  type Decision,
  endReversal,
  type Reversal,
  type ReversalState,
} from '../store/reversals.ts';
import { readRuleVersion } from '../store/rules.ts';
import { readSettings } from '../store/settings.ts';

type Tx = Transaction<PointsDatabase>;

export interface ReversalEnd {
  from: readonly ReversalState[];
  state: 'reversed' | 'lifted';
  decision: Decision;
  requestId: string;
}

/**
 * Ends a reversal of a locked participation and tells the person; false when it has ended before.
 * A reversal takes the standing in full and as many points as are free, those of the award's own lot
 * first; what is beyond them is written off and never becomes a debt.
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
    await takeBack(deps, tx, participation, awardId);
  } else {
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

async function takeBack(
  deps: PointsDeps,
  tx: Tx,
  participation: Participation,
  awardId: string,
): Promise<void> {
  const { store, ledger } = deps;
  const award = await findAward(tx, awardId);
  if (!award || !(await markReversed(tx, awardId))) throw new Error('an award is reversed twice');
  const { programmeId, amountPoints, awardedOn } = award;
  const settings = await readSettings(tx, programmeId, awardedOn);
  const ownLot = lotOf(awardedOn, settings.lotLifeYears);
  const lots = await listLots(tx, participation.id);
  // What matures is taken from where it waits; what was forfeited has lapsed in full.
  const taken = award.state === 'active' ? planTakingBack(lots, amountPoints, ownLot) : [];
  await openProgrammeBooks(tx, ledger, programmeId);
  const { standing } = await readMeters(tx, ledger, participation.accounts);
  await applySurely(tx, ledger, chainOf(participation, award, taken));
  await insertLine(tx, store.clock, {
    participationId: participation.id,
    kind: 'reversal',
    amountPoints,
    standingChange: -amountPoints,
    lots: taken,
    awardId,
  });
  await holdLevelOver(deps, tx, participation, { standing, lost: amountPoints });
}

/** Standing in full; points from where they are; the rest is written off. */
function chainOf(
  { accounts }: Participation,
  { id, programmeId, state, amountPoints }: Award,
  taken: readonly LotChange[],
): PostedRequest[] {
  const programme = programmeAccountsOf(programmeId);
  const idOf = (part: string) => deriveId('points-reversal', id, part);
  const { reversal, writeOff } = transferCode;
  const to = programme.pointsReversed;
  const free = -freeChangeOf(taken);
  const waiting = state === 'maturing' ? amountPoints : 0;
  const lost = amountPoints - free - waiting;
  return [
    move(
      idOf('standing'),
      accounts.standing,
      programme.standingReversed,
      amountPoints,
      reversal,
      'standing',
    ),
    ...(free > 0 ? [move(idOf('points'), accounts.points, to, free, reversal)] : []),
    ...(waiting > 0 ? [move(idOf('maturing'), accounts.maturing, to, waiting, reversal)] : []),
    ...(lost > 0
      ? [move(idOf('written-off'), programme.pointsWrittenOff, to, lost, writeOff)]
      : []),
  ];
}

/** A person whose level would fall keeps it for a while; a level that is kept is kept no longer. */
async function holdLevelOver(
  { store }: PointsDeps,
  tx: Tx,
  { id, programmeId, keptLevel }: Participation,
  { standing, lost }: { standing: number; lost: number },
): Promise<void> {
  const today = civilDateOf(await readNow(tx, store.clock));
  const { levels, levelHoldDays } = await readSettings(tx, programmeId, today);
  const isKept = levelStanding(standing, keptLevel, today) > standing;
  const levelBefore = levelOf(levels, standing);
  const isFalling = levelOf(levels, standing - lost).fromStanding < levelBefore.fromStanding;
  if (isKept || !isFalling || levelHoldDays === 0) return;
  await keepLevel(tx, id, { standing, until: addDays(today, levelHoldDays) });
}
