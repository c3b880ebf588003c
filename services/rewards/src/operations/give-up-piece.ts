import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { passEntryOf } from '../store/draw-entries.ts';
import { returnPieces } from '../store/goods.ts';
import { listBoundPieces, unbindPiece } from '../store/pieces.ts';
import { mustHold } from './must-hold.ts';

/**
 * Lets go of what was set aside for a locked redemption that never took it over: a draw keeps it for
 * the next of its order, anything else gives it back. True when stock came back.
 */
export async function giveUpPiece(
  tx: Transaction<RewardsDatabase>,
  redemptionId: string,
): Promise<boolean> {
  const piece = (await listBoundPieces(tx, [redemptionId])).get(redemptionId);
  if (!piece) return false;
  if (await passEntryOf(tx, redemptionId)) {
    await unbindPiece(tx, piece.id);
    return false;
  }
  mustHold(await returnPieces(tx, [piece]), 'a piece that is set aside is reserved');
  return true;
}
