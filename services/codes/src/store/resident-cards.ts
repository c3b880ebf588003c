import type { ResidentCard } from '@ddp/contracts/codes/resident-cards';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { formatShortCode } from '@ddp/qr/short-code';
import type { Kysely, Selectable } from 'kysely';
import type { CodesDatabase } from '../database.ts';

type Db = Kysely<CodesDatabase>;

/** A card with the token that stands in its symbol. */
export interface StoredCard extends ResidentCard {
  token: string;
}

function toCard(row: Selectable<CodesDatabase['codes_resident_card']>): StoredCard {
  return {
    id: binaryToId(row.id),
    personId: binaryToId(row.person_id),
    state: row.state as ResidentCard['state'],
    areaPath: row.area_path,
    shortCode: formatShortCode(row.short_code),
    issuedAt: row.issued_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    token: row.token,
  };
}

/** Writes a card in force. Throws the driver's duplicate error where the person has one. */
export async function insertCard(
  tx: Db,
  clock: ClockOffset,
  card: { id: string; personId: string; token: string; shortCode: string; areaPath: string },
): Promise<void> {
  await tx
    .insertInto('codes_resident_card')
    .values({
      id: idToBinary(card.id),
      person_id: idToBinary(card.personId),
      state: 'active',
      token: card.token,
      short_code: card.shortCode,
      active_person: idToBinary(card.personId),
      area_path: card.areaPath,
      issued_at: sqlNow(clock),
      revoked_at: null,
    })
    .execute();
}

/** A card by its id, or one in force by its token or its short code. */
export async function findCard(
  db: Db,
  by: { id: string } | { token: string } | { shortCode: string },
  scope: AreaScope,
): Promise<StoredCard | null> {
  const query = selectScoped(db, 'codes_resident_card', scope).selectAll();
  const chosen =
    'id' in by
      ? query.where('id', '=', idToBinary(by.id))
      : 'token' in by
        ? query.where('token', '=', by.token).where('state', '=', 'active')
        : query.where('short_code', '=', by.shortCode).where('state', '=', 'active');
  const row = await chosen.executeTakeFirst();
  return row ? toCard(row) : null;
}

export async function listCardsById(
  db: Db,
  ids: readonly string[],
  scope: AreaScope,
): Promise<StoredCard[]> {
  const rows = await selectScoped(db, 'codes_resident_card', scope)
    .selectAll()
    .where('id', 'in', ids.map(idToBinary))
    .execute();
  return rows.map(toCard);
}

/** Cards of a scope, newest first, one more than the limit. */
export async function listCards(
  db: Db,
  scope: AreaScope,
  filter: { personId?: string | undefined },
  page: { after: string | null; limit: number },
): Promise<StoredCard[]> {
  let query = selectScoped(db, 'codes_resident_card', scope).selectAll();
  if (filter.personId !== undefined) {
    query = query.where('person_id', '=', idToBinary(filter.personId));
  }
  if (page.after !== null) query = query.where('id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toCard);
}

/** Ends a card for good; false if it was revoked before. */
export async function markRevoked(tx: Db, clock: ClockOffset, id: string): Promise<boolean> {
  const result = await tx
    .updateTable('codes_resident_card')
    .set({ state: 'revoked', active_person: null, revoked_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'active')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Drops the cards of a person who left. */
export async function deleteCardsOf(tx: Db, personId: string): Promise<void> {
  await tx
    .deleteFrom('codes_resident_card')
    .where('person_id', '=', idToBinary(personId))
    .execute();
}
