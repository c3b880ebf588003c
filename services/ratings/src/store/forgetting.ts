import { idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
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
  const rows = await selectScoped(tx, 'ratings_rating', everywhere)
    .innerJoin('ratings_follow_up as one', 'one.rating_id', 'ratings_rating.id')
    .select('one.id')
    .where('ratings_rating.person_id', '=', person)
    .execute();
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  await tx
    .updateTable('ratings_follow_up_step')
    .set({ words: null })
    .where('follow_up_id', 'in', ids)
    .execute();
  await tx
    .updateTable('ratings_follow_up')
    .set({ outcome_words: null })
    .where('id', 'in', ids)
    .execute();
}
