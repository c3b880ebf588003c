import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';

type Db = Kysely<RatingsDatabase>;

export interface ScreenedWord {
  id: string;
  word: string;
  addedAt: string;
}

/** More would make every rating wait for the list to be read. */
export const mostWords = 20_000;

export async function readListVersion(db: Db): Promise<number> {
  const row = await db
    .selectFrom('ratings_word_list')
    .select('version')
    .where('id', '=', 1)
    .executeTakeFirstOrThrow();
  return row.version;
}

export async function listFolded(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('ratings_screened_word')
    .select('folded')
    .limit(mostWords)
    .execute();
  return rows.map((row) => row.folded.toString());
}

/** Takes the list for a change: changes come one after the other, and each makes a new version. */
export async function turnVersion(tx: Db): Promise<void> {
  await tx
    .updateTable('ratings_word_list')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', 1)
    .execute();
}

export async function countWords(db: Db): Promise<number> {
  const row = await db
    .selectFrom('ratings_screened_word')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Throws a duplicate where the list has the word, in whatever writing. */
export async function insertWord(
  tx: Db,
  clock: ClockOffset,
  word: { id: string; word: string; folded: string; addedBy: string },
): Promise<void> {
  await tx
    .insertInto('ratings_screened_word')
    .values({
      id: idToBinary(word.id),
      word: word.word,
      folded: Buffer.from(word.folded),
      added_by: idToBinary(word.addedBy),
      added_at: sqlNow(clock),
    })
    .execute();
}

export async function findWord(db: Db, id: string): Promise<ScreenedWord | null> {
  const row = await db
    .selectFrom('ratings_screened_word')
    .select(['id', 'word', 'added_at'])
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toWord(row) : null;
}

export async function deleteWord(tx: Db, id: string): Promise<void> {
  await tx.deleteFrom('ratings_screened_word').where('id', '=', idToBinary(id)).execute();
}

/** The list in order of being added, one more than the limit. */
export async function listWords(
  db: Db,
  after: string | null,
  limit: number,
): Promise<ScreenedWord[]> {
  let query = db.selectFrom('ratings_screened_word').select(['id', 'word', 'added_at']);
  if (after !== null) query = query.where('id', '>', idToBinary(after));
  const rows = await query
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return rows.map(toWord);
}

function toWord(row: { id: Buffer; word: string; added_at: Date }): ScreenedWord {
  return { id: binaryToId(row.id), word: row.word, addedAt: row.added_at.toISOString() };
}
