import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { returnPiece } from '../store/goods.ts';
import { listBoundPieces } from '../store/pieces.ts';
import { mustHold } from './must-hold.ts';

/** Gives back what was set aside for a locked redemption that never took it over; false of nothing. */
export async function giveUpPiece(
  tx: Transaction<RewardsDatabase>,
  redemptionId: string,
): Promise<boolean> {
  const piece = (await listBoundPieces(tx, [redemptionId])).get(redemptionId);
  if (!piece) return false;
  mustHold(await returnPiece(tx, piece), 'a piece that is set aside is reserved');
  return true;
}
