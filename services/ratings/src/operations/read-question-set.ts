import { civilDateOf } from '@ddp/calendar/civil-date';
import { readNow } from '@ddp/db-kit/time';
import type { RatingsDeps } from '../deps.ts';
import { inForceOn, type QuestionSet } from '../domain/question-set.ts';
import { listPublished } from '../store/question-sets.ts';

/** What is asked today in a programme. */
export async function readQuestionSet(
  { store }: RatingsDeps,
  programmeId: string | null,
): Promise<QuestionSet> {
  const today = civilDateOf(await readNow(store.db, store.clock));
  const sets = await listPublished(store.db, programmeId === null ? [] : [programmeId]);
  return inForceOn(sets.get(programmeId ?? '') ?? [], today);
}
