import { civilDateOf } from '@ddp/calendar/civil-date';
import { ratingSubmitted } from '@ddp/contracts/ratings/events';
import type { Rating } from '@ddp/contracts/ratings/schemas';
import { appendAudit } from '@ddp/db-kit/audit-row';
import {
  type BatchCommand,
  commandName,
  findAnswers,
  writeAnswers,
} from '@ddp/db-kit/command-batch';
import { newId } from '@ddp/db-kit/ids';
import { readNow } from '@ddp/db-kit/time';
import { transact } from '@ddp/db-kit/transact';
import { appendEventRows, outgoing } from '@ddp/queue-kit/outbox';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import {
  type BatchState,
  decideRatings,
  isVerified,
  type RatingDecision,
  type RatingDraft,
} from '../domain/decide-ratings.ts';
import { walkUpOnce } from '../domain/rater.ts';
import { listUnitsServed } from '../store/post-cards.ts';
import { listPublished } from '../store/question-sets.ts';
import { findTaken, insertAccepted, lockFreePhotos } from '../store/rating-batch.ts';
import { lockRights } from '../store/rights.ts';
import { followRatings, lockRatedFixes } from './follow-ratings.ts';

/** One rating on its way into a batch. */
export interface SubmitCommand extends BatchCommand {
  requestId: string;
  draft: RatingDraft;
}

export type SubmitVerdict =
  | { status: 'rated'; rating: Rating }
  | Exclude<RatingDecision, { status: 'accepted' | 'repeated' }>;

type Deps = Pick<ServiceDeps<RatingsDatabase>, 'store' | 'log'>;

/**
 * Decides and writes a batch of ratings in one transaction, a verdict for each: idempotency rows
 * first, then the ratings with their counters, then the events.
 */
export async function writeRatings(
  deps: Deps,
  commands: readonly SubmitCommand[],
): Promise<SubmitVerdict[]> {
  const { store } = deps;
  const write = async (tx: Transaction<RatingsDatabase>) => {
    const named = commands.map((command) => ({ ...command, name: commandName(command) }));
    const state = await readState(tx, store, commands);
    const decisions = decideRatings(state, named);
    await writeAccepted(tx, deps, commands, decisions, state.now);
    return decisions.map(toVerdict);
  };
  const verdicts = await transact(store.db, write, { isRepeatable: true });
  store.onCommit();
  return verdicts;
}

const unique = <T>(values: readonly (T | null)[]): T[] => [
  ...new Set(values.filter((value) => value !== null)),
];

async function readState(
  tx: Transaction<RatingsDatabase>,
  store: Deps['store'],
  commands: readonly SubmitCommand[],
): Promise<BatchState> {
  const drafts = commands.map((command) => command.draft);
  const now = await readNow(tx, store.clock);
  const today = civilDateOf(now);
  const kept = await findAnswers(tx, store, commands);
  const walkUps = drafts.filter((draft) => draft.rightName === null);
  const onceKeys = walkUps.map(({ programmeId, subject, raterKey }) =>
    walkUpOnce({ programmeId, subjectId: subject.id }, raterKey, today),
  );
  const persons = drafts.flatMap(({ rater, assistance }) => [
    rater.personId,
    assistance?.by.personId ?? null,
  ]);
  return {
    now,
    kept,
    taken: await findTaken(tx, onceKeys),
    units: await listUnitsServed(tx, unique(persons), today),
    questionSets: await listPublished(tx, unique(drafts.map((draft) => draft.programmeId))),
    rights: await lockRights(tx, unique(drafts.map((draft) => draft.rightName))),
    freePhotos: await lockFreePhotos(tx, unique(drafts.flatMap((draft) => draft.photoIds))),
  };
}

async function writeAccepted(
  tx: Transaction<RatingsDatabase>,
  deps: Deps,
  commands: readonly SubmitCommand[],
  decisions: readonly RatingDecision[],
  now: Date,
): Promise<void> {
  const { store } = deps;
  const accepted = decisions.flatMap((decision, index) => {
    const command = commands[index];
    return decision.status === 'accepted' && command ? [{ ...decision, command }] : [];
  });
  const answers = accepted.map(({ command, view }) => ({ ...command, answer: view }));
  await writeAnswers(tx, store, answers);
  const ratings = accepted.map(({ rating }) => rating);
  await lockRatedFixes(tx, ratings);
  await insertAccepted(tx, ratings);
  const notices = await followRatings(deps, tx, ratings, now);
  for (const { rating, command } of accepted) {
    if (!rating.assistance) continue;
    const { by, consent } = rating.assistance;
    await appendAudit(tx, store, {
      ...{ ...by, requestId: command.requestId, action: 'assist-rating' },
      ...{ objectKind: 'rating', objectId: rating.id, detail: { consent: consent.kind } },
    });
  }
  const events = accepted.flatMap(({ rating, command }) => {
    const { programmeId, rater, kind } = rating;
    // Whoever rates anew has earned by the first rating.
    if (!isVerified(rating) || !rater.personId || !programmeId || kind === 'again') return [];
    const { id: ratingId, areaPath, ratedOn } = rating;
    const payload = { ratingId, programmeId, personId: rater.personId, areaPath, ratedOn };
    return [{ ...outgoing(ratingSubmitted, payload), requestId: command.requestId }];
  });
  const told = notices.map((notice) => ({ ...notice, requestId: newId() }));
  await appendEventRows(tx, store, [...events, ...told]);
}

function toVerdict(decision: RatingDecision): SubmitVerdict {
  if (decision.status !== 'accepted' && decision.status !== 'repeated') return decision;
  return { status: 'rated', rating: decision.view };
}
