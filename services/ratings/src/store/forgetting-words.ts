import { idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';

type Db = Kysely<RatingsDatabase>;

/**
 * Empties what others wrote about the ratings that a person gave or was given. Call it before the
 * ratings lose their person.
 */
export async function forgetWordsAbout(tx: Db, personId: string): Promise<void> {
  const person = idToBinary(personId);
  for (const column of ['person_id', 'subject_person_id'] as const) {
    const rows = await selectScoped(tx, 'ratings_rating', everywhere)
      .select('id')
      .where(column, '=', person)
      .execute();
    const ids = rows.map(({ id }) => id);
    for (let from = 0; from < ids.length; from += ratingsPerStatement) {
      await forgetWordsOf(tx, ids.slice(from, from + ratingsPerStatement));
    }
  }
}

const ratingsPerStatement = 500;

async function forgetWordsOf(tx: Db, ratingIds: readonly Buffer[]): Promise<void> {
  await tx
    .updateTable('ratings_assistance')
    .set({ consent_words: '', elder_ref: null })
    .where('rating_id', 'in', ratingIds)
    .execute();
  await tx
    .updateTable('ratings_appeal')
    .set({ text: null, decision: null })
    .where('rating_id', 'in', ratingIds)
    .execute();
  await tx
    .updateTable('ratings_flag')
    .set({ evidence: '', lifted_words: null })
    .where('rating_id', 'in', ratingIds)
    .execute();
  await tx
    .updateTable('ratings_reply')
    .set({ text: '', state: 'shown' })
    .where('rating_id', 'in', ratingIds)
    .execute();
}

/** Takes a person who served out of what they decided, wrote down and held as a post. */
export async function forgetStaff(tx: Db, personId: string): Promise<void> {
  const person = idToBinary(personId);
  const set = <T extends string>(column: T) => ({ [column]: null }) as Record<T, null>;
  await tx
    .updateTable('ratings_assistance')
    .set(set('assisted_by'))
    .where('assisted_by', '=', person)
    .execute();
  for (const column of ['flagged_by', 'lifted_by'] as const) {
    await tx.updateTable('ratings_flag').set(set(column)).where(column, '=', person).execute();
  }
  await tx
    .updateTable('ratings_case')
    .set(set('decided_by'))
    .where('decided_by', '=', person)
    .execute();
  await tx
    .updateTable('ratings_follow_up_terms')
    .set(set('set_by'))
    .where('set_by', '=', person)
    .execute();
  await tx
    .updateTable('ratings_question_set')
    .set(set('drafted_by'))
    .where('drafted_by', '=', person)
    .execute();
  await tx
    .updateTable('ratings_screened_word')
    .set(set('added_by'))
    .where('added_by', '=', person)
    .execute();
  await tx.deleteFrom('ratings_post_card').where('person_id', '=', person).execute();
}
