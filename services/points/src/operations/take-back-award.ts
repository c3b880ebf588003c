import { addDays, civilDateOf } from '@ddp/calendar/civil-date';
import { deriveId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import type { PostedRequest } from '@ddp/ledger/domain/transfer';
import type { Transaction } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { PointsDeps } from '../deps.ts';
import { levelOf, levelStanding } from '../domain/level.ts';
import { freeChangeOf, type LotChange, lotOf, planTakingBack } from '../domain/lots.ts';
import { markTakenBack } from '../store/award-course.ts';
import { type Award, findAward } from '../store/awards.ts';
import {
  applySurely,
  move,
  openProgrammeBooks,
  programmeAccountsOf,
  readMeters,
  transferCode,
} from '../store/books.ts';
import { markTakeBack } from '../store/holds.ts';
import { insertLine } from '../store/lines.ts';
import { listLots } from '../store/lots.ts';
import { keepLevel, type Participation } from '../store/participations.ts';
import { readSettings } from '../store/settings.ts';

type Tx = Transaction<PointsDatabase>;

/** How an award goes back: taken by a reversal, or with what it was for, by its own person. */
const ways = {
  reversed: { kind: 'reversal', code: transferCode.reversal, ids: 'points-reversal' },
  undone: { kind: 'undoing', code: transferCode.undoing, ids: 'points-undoing' },
} as const;

/**
 * Takes a granted award of a locked participation back: the standing in full and as many points as
 * are free, those of the award's own lot first; what is beyond them is written off and never becomes
 * a debt. What is held then is not spent: it follows if its hold gives it back. How much was written
 * off.
 */
export async function takeBackAward(
  deps: PointsDeps,
  tx: Tx,
  participation: Participation,
  awardId: string,
  way: keyof typeof ways,
): Promise<number> {
  const { store, ledger } = deps;
  const award = await findAward(tx, awardId);
  if (!award) throw new Error('an award that is taken back is not there');
  const { programmeId, amountPoints, awardedOn } = award;
  const settings = await readSettings(tx, programmeId, awardedOn);
  const ownLot = lotOf(awardedOn, settings.lotLifeYears);
  const lots = await listLots(tx, participation.id);
  // What matures is taken from where it waits; what was forfeited has lapsed in full.
  const taken = award.state === 'active' ? planTakingBack(lots, amountPoints, ownLot) : [];
  const writtenOff = award.state === 'maturing' ? 0 : amountPoints + freeChangeOf(taken);
  if (!(await markTakenBack(tx, awardId, { way, writtenOff }))) {
    throw new Error('an award is taken back twice');
  }
  if (award.state === 'active') await markTakeBack(tx, participation.id, writtenOff);
  await openProgrammeBooks(tx, ledger, programmeId);
  const { standing } = await readMeters(tx, ledger, participation.accounts);
  await applySurely(tx, ledger, chainOf(participation, award, { taken, writtenOff }, way));
  await insertLine(tx, store.clock, {
    participationId: participation.id,
    kind: ways[way].kind,
    amountPoints,
    standingChange: -amountPoints,
    lots: taken,
    awardId,
  });
  // Who takes back what a level stood on does not keep the level.
  if (way === 'reversed') {
    await holdLevelOver(deps, tx, participation, { standing, lost: amountPoints });
  }
  return writtenOff;
}

/** Standing in full; points from where they are; the rest is written off. */
function chainOf(
  { accounts }: Participation,
  { id, programmeId, state, amountPoints }: Award,
  { taken, writtenOff }: { taken: readonly LotChange[]; writtenOff: number },
  way: keyof typeof ways,
): PostedRequest[] {
  const programme = programmeAccountsOf(programmeId);
  const { code, ids } = ways[way];
  const idOf = (part: string) => deriveId(ids, id, part);
  const to = programme.pointsReversed;
  const free = -freeChangeOf(taken);
  const waiting = state === 'maturing' ? amountPoints : 0;
  return [
    move(
      idOf('standing'),
      accounts.standing,
      programme.standingReversed,
      amountPoints,
      code,
      'standing',
    ),
    ...(free > 0 ? [move(idOf('points'), accounts.points, to, free, code)] : []),
    ...(waiting > 0 ? [move(idOf('maturing'), accounts.maturing, to, waiting, code)] : []),
    ...(writtenOff > 0
      ? [
          move(
            idOf('written-off'),
            programme.pointsWrittenOff,
            to,
            writtenOff,
            transferCode.writeOff,
          ),
        ]
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
