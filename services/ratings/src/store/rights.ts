import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { RatingRight } from '../domain/rating-right.ts';

type Db = Kysely<RatingsDatabase>;

/** How drafts name rights: by the hash of a token, or by the rating that is given anew. */
export const rightNames = {
  ofToken: (hash: Buffer): string => `token:${hash.toString('hex')}`,
  again: (ratingId: string): string => `again:${ratingId}`,
};

/** Locks the rights that drafts name, in order of id. */
export async function lockRights(
  tx: Db,
  names: readonly string[],
): Promise<Map<string, RatingRight>> {
  const rights = new Map<string, RatingRight>();
  if (names.length === 0) return rights;
  const valuesOf = (prefix: string) =>
    names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const hashes = valuesOf('token:').map((hex) => Buffer.from(hex, 'hex'));
  const ratings = valuesOf('again:').map(idToBinary);
  const rows = await tx
    .selectFrom('ratings_right')
    .selectAll()
    .where((eb) =>
      eb.or([
        ...(hashes.length > 0 ? [eb('token_hash', 'in', hashes)] : []),
        ...(ratings.length > 0 ? [eb('rates_again', 'in', ratings)] : []),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute();
  for (const row of rows) {
    const ratesAgain = binaryToIdOrNull(row.rates_again);
    const right: RatingRight = {
      id: binaryToId(row.id),
      kind: row.kind as RatingRight['kind'],
      subjectId: binaryToId(row.subject_id),
      personId: binaryToIdOrNull(row.person_id),
      ratesAgain,
      expiresAt: row.expires_at,
      isUsed: row.used_by !== null,
    };
    const hash = row.token_hash;
    if (hash !== null) rights.set(rightNames.ofToken(hash), right);
    if (ratesAgain !== null) rights.set(rightNames.again(ratesAgain), right);
  }
  return rights;
}

/** Uses a locked right. Throws where it was used before. */
export async function useRight(tx: Db, rightId: string, ratingId: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('ratings_right')
    .set({ used_by: idToBinary(ratingId) })
    .where('id', '=', idToBinary(rightId))
    .where('used_by', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Error('a right to rate was used twice');
}

export interface NewRight {
  id: string;
  kind: RatingRight['kind'];
  tokenHash: Buffer | null;
  mintedBy: string;
  /** The service event, or the rating, that the right follows from; it gives one right only. */
  sourceId: string;
  subjectId: string;
  personId: string | null;
  ratesAgain: string | null;
  expiresAt: Date;
}

/** Throws a duplicate where its source gave a right before. */
export async function insertRight(tx: Db, clock: ClockOffset, right: NewRight): Promise<void> {
  await tx
    .insertInto('ratings_right')
    .values({
      id: idToBinary(right.id),
      kind: right.kind,
      token_hash: right.tokenHash,
      minted_by: right.mintedBy,
      source_id: idToBinary(right.sourceId),
      subject_id: idToBinary(right.subjectId),
      person_id: right.personId === null ? null : idToBinary(right.personId),
      rates_again: right.ratesAgain === null ? null : idToBinary(right.ratesAgain),
      expires_at: right.expiresAt,
      minted_at: sqlNow(clock),
    })
    .execute();
}
