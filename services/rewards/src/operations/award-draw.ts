import { noticeRequested } from '@ddp/contracts/notices/events';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { isOpen, isOver } from '../domain/benefit-state.ts';
import { insertAssistance } from '../store/assistances.ts';
import { findBenefit } from '../store/benefits.ts';
import { findNextEntry, moveEntry, type StoredEntry } from '../store/draw-entries.ts';
import { lockDraw, markClosed, type StoredDraw } from '../store/draws.ts';
import { findLineConsent } from '../store/line-consents.ts';
import { bindPiece, hasBoundPiece, listFreePieces, type Piece } from '../store/pieces.ts';
import { lockResident } from '../store/residents.ts';
import { returnFree } from './cancel-draw.ts';
import { mustHold } from './must-hold.ts';
import { takeRequest } from './request-redemption.ts';

type Tx = Transaction<RewardsDatabase>;

/** Why somebody who was drawn is passed by at once. */
const passing: readonly string[] = [
  rewardsProblems.limitReached.slug,
  commonProblems.notFound.slug,
];

/**
 * Gives a free piece of a drawn draw to who stands first in the order of its result, or closes the
 * draw when there is nothing to give or nobody to take it. False when there is nothing to do now.
 */
export async function awardNext(deps: RewardsDeps, drawId: string): Promise<boolean> {
  const { store } = deps;
  const next = await findNextEntry(store.db, drawId);
  try {
    const award = (tx: Tx) => awardOne(deps, tx, drawId, next);
    return await transact(store.db, award, { isRepeatable: true });
  } catch (error) {
    if (!next || !(error instanceof Problem) || !passing.includes(error.definition.slug)) {
      throw error;
    }
    const pass = (tx: Tx) => passBy(deps, tx, next);
    await transact(store.db, pass, { isRepeatable: true });
    return true;
  }
}

async function awardOne(
  deps: RewardsDeps,
  tx: Tx,
  drawId: string,
  next: StoredEntry | null,
): Promise<boolean> {
  const { store } = deps;
  // The person before the draw, as everywhere.
  if (next) await lockResident(tx, next.personId);
  const draw = await lockDraw(tx, drawId);
  if (draw?.state !== 'drawn') return false;
  const benefit = await findBenefit(tx, draw.benefitId);
  if (!benefit) throw new Error('a draw is of a benefit');
  const now = await readNow(tx, store.clock);
  const [piece] = await listFreePieces(tx, drawId);
  if (!piece || !next || isOver(benefit, now)) return closeDraw(deps, tx, draw);
  if (!isOpen(benefit, now)) return false;
  if ((await findNextEntry(tx, drawId))?.id !== next.id) return true;
  await giveTo(deps, tx, { draw, piece, next });
  return true;
}

/** The redemption that the entry asked for, which is to take the piece over. */
async function giveTo(
  deps: RewardsDeps,
  tx: Tx,
  { draw, piece, next }: { draw: StoredDraw; piece: Piece; next: StoredEntry },
): Promise<void> {
  const { store } = deps;
  const { programmeId, benefitId, benefitTitle, pricePoints } = draw;
  const { personId } = next;
  const requestId = `draw-${newId()}`;
  const { merchantId } = piece;
  const asked = { programmeId, personId, benefitId, merchantId, isSetAside: true };
  const redemptionId = await takeRequest(deps, tx, asked, requestId);
  const isMoved = await moveEntry(tx, next.id, { state: 'won', redemptionId });
  mustHold(isMoved, 'nothing was done for the entry');
  mustHold(await bindPiece(tx, piece.id, redemptionId), 'the piece was free');
  const helped = await findLineConsent(tx, next.id);
  if (helped) {
    await insertAssistance(tx, store.clock, { redemptionId, act: 'redemption', ...helped });
  }
  const won = outgoing(noticeRequested, {
    audience: { kind: 'person', personId },
    template: 'draw-won',
    params: { benefit: benefitTitle, points: pricePoints },
  });
  await appendEvents(tx, store, [won], requestId);
}

/** Closes a draw unless somebody is on the way to a piece, who may still fail and leave it to another. */
async function closeDraw(deps: RewardsDeps, tx: Tx, draw: StoredDraw): Promise<boolean> {
  if (await hasBoundPiece(tx, draw.id)) return false;
  await returnFree(deps, tx, draw, `draw-${newId()}`);
  await markClosed(tx, deps.store.clock, draw.id);
  return false;
}

async function passBy({ store }: RewardsDeps, tx: Tx, entry: StoredEntry): Promise<void> {
  await lockDraw(tx, entry.drawId);
  if (!(await moveEntry(tx, entry.id, { state: 'passed' }))) return;
  const failed = outgoing(noticeRequested, {
    audience: { kind: 'person', personId: entry.personId },
    template: 'redemption-failed',
    params: { benefit: entry.benefitTitle, reason: 'not-completed' },
  });
  await appendEvents(tx, store, [failed], `draw-${newId()}`);
}
