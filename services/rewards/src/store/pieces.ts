import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary, newId } from '@ddp/db-kit/ids';
import type { Kysely, Selectable } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

/** A piece of stock that is set aside for somebody in a line, until their redemption takes it over. */
export interface Piece {
  id: string;
  ownerId: string;
  benefitId: string;
  merchantId: string;
  budgetId: string | null;
  pricePoints: number;
  unitValueCents: number;
}

function toPiece(row: Selectable<RewardsDatabase['rewards_piece']>): Piece {
  return {
    id: binaryToId(row.id),
    ownerId: binaryToId(row.owner_id),
    benefitId: binaryToId(row.benefit_id),
    merchantId: binaryToId(row.merchant_id),
    budgetId: binaryToIdOrNull(row.budget_id),
    pricePoints: toSafeInteger(row.price_points),
    unitValueCents: toSafeInteger(row.unit_value_cents),
  };
}

export async function insertPieces(tx: Db, pieces: readonly Omit<Piece, 'id'>[]): Promise<void> {
  if (pieces.length === 0) return;
  const rows = pieces.map((piece) => ({
    id: idToBinary(newId()),
    owner_id: idToBinary(piece.ownerId),
    benefit_id: idToBinary(piece.benefitId),
    merchant_id: idToBinary(piece.merchantId),
    budget_id: piece.budgetId === null ? null : idToBinary(piece.budgetId),
    price_points: piece.pricePoints,
    unit_value_cents: piece.unitValueCents,
    redemption_id: null,
  }));
  await tx.insertInto('rewards_piece').values(rows).execute();
}

/** Pieces of an owner that no redemption is to take over. */
export async function listFreePieces(tx: Db, ownerId: string): Promise<Piece[]> {
  const rows = await tx
    .selectFrom('rewards_piece')
    .selectAll()
    .where('owner_id', '=', idToBinary(ownerId))
    .where('redemption_id', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(toPiece);
}

/** Says which redemption is to take a piece over; false when another is. */
export async function bindPiece(tx: Db, id: string, redemptionId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_piece')
    .set({ redemption_id: idToBinary(redemptionId) })
    .where('id', '=', idToBinary(id))
    .where('redemption_id', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Frees a piece of the redemption that was to take it over. */
export async function unbindPiece(tx: Db, id: string): Promise<void> {
  await tx
    .updateTable('rewards_piece')
    .set({ redemption_id: null })
    .where('id', '=', idToBinary(id))
    .execute();
}

/** Whether a redemption is on its way to a piece of an owner. */
export async function hasBoundPiece(tx: Db, ownerId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('rewards_piece')
    .select('id')
    .where('owner_id', '=', idToBinary(ownerId))
    .where('redemption_id', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The pieces that locked redemptions are to take over, each by its redemption. */
export async function listBoundPieces(
  tx: Db,
  redemptionIds: readonly string[],
): Promise<Map<string, Piece>> {
  if (redemptionIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('rewards_piece')
    .selectAll()
    .where('redemption_id', 'in', redemptionIds.map(idToBinary))
    .execute();
  return new Map(
    rows.map((row) => [binaryToIdOrNull(row.redemption_id) ?? '', toPiece(row)] as const),
  );
}

/** Deletes pieces; how many were there. */
export async function deletePieces(tx: Db, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const { numDeletedRows } = await tx
    .deleteFrom('rewards_piece')
    .where('id', 'in', ids.map(idToBinary))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
