import { requirePerson } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import type { listReasonNames as namesRoute } from '@ddp/contracts/ratings/question-routes';
import type { RouteResult } from '@ddp/contracts/route';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { RatingsDeps } from '../deps.ts';
import { inForceOn, nameReasons, type QuestionSet } from '../domain/question-set.ts';
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

/** The names of reasons for who reads a rating, which keeps their codes alone. */
export async function listReasonNames(
  { store }: RatingsDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof namesRoute>> {
  const { programmeId } = requirePerson(principal);
  const sets = await listPublished(store.db, programmeId === null ? [] : [programmeId]);
  return { items: nameReasons(sets.get(programmeId ?? '') ?? []) };
}
