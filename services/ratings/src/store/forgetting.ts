import { idToBinary } from '@ddp/db-kit/ids';
import { type Kysely, sql } from 'kysely';
import type { RatingsDatabase } from '../database.ts';

type Db = Kysely<RatingsDatabase>;

/**
 * Takes a person out of follow-ups and appeals: as the rater whose case was written about, as the
 * rated, as the officer and as the appellant. What happened and when stays.
 */
export async function forgetInFollowUps(tx: Db, personId: string): Promise<void> {
  const person = idToBinary(personId);
  await forgetWordsAboutRater(tx, person);
  for (const column of ['subject_person_id', 'owner_id', 'receiver_id'] as const) {
    await tx
      .updateTable('ratings_follow_up')
      .set({ [column]: null })
      .where(column, '=', person)
      .execute();
  }
  for (const column of ['person_id', 'to_person_id'] as const) {
    await tx
      .updateTable('ratings_follow_up_step')
      .set({ [column]: null })
      .where(column, '=', person)
      .execute();
  }
  await tx
    .updateTable('ratings_appeal')
    .set({ appellant_id: null, text: null })
    .where('appellant_id', '=', person)
    .execute();
  await tx
    .updateTable('ratings_appeal')
    .set({ decided_by: null })
    .where('decided_by', '=', person)
    .execute();
}

/** Officers' words about a rater may tell who it was. Call it before the ratings lose their person. */
async function forgetWordsAboutRater(tx: Db, person: Buffer): Promise<void> {
  const cases = sql`follow_up_id IN (SELECT one.id FROM ratings_follow_up one
    JOIN ratings_rating rating ON rating.id = one.rating_id WHERE rating.person_id = ${person})`;
  await sql`UPDATE ratings_follow_up_step SET words = NULL WHERE ${cases}`.execute(tx);
  await sql`UPDATE ratings_follow_up one JOIN ratings_rating rating ON rating.id = one.rating_id
    SET one.outcome_words = NULL WHERE rating.person_id = ${person}`.execute(tx);
}
