import { civilDateOf } from '@ddp/calendar/civil-date';
import type { OutgoingEvent } from '@ddp/queue-kit/outbox';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { AcceptedRating } from '../domain/decide-ratings.ts';
import { deskAbove } from '../domain/desk.ts';
import { nextDueAt, openClocks, worstLevels } from '../domain/follow-up.ts';
import { insertSteps } from '../store/follow-up-steps.ts';
import { readTerms } from '../store/follow-up-terms.ts';
import { type FollowUpRow, lockFollowUpOf, saveFollowUp } from '../store/follow-ups.ts';
import { openFollowUps, tellDesk, warnOfCalendar } from './open-follow-ups.ts';

type Deps = Pick<ServiceDeps<RatingsDatabase>, 'store' | 'log'>;
type Tx = Transaction<RatingsDatabase>;

/**
 * What accepted ratings mean for follow-ups, in the transaction that takes them: bad ones open one,
 * the rating of a fix closes its own or opens it anew. Gives back what officers are to be told.
 */
export async function followRatings(
  deps: Deps,
  tx: Tx,
  ratings: readonly AcceptedRating[],
  now: Date,
): Promise<OutgoingEvent[]> {
  const again = ratings.filter(({ kind }) => kind === 'again');
  const events = await openFollowUps(
    deps,
    tx,
    ratings.filter(({ kind }) => kind !== 'again'),
    now,
  );
  for (const rating of again) events.push(...(await followAgain(deps, tx, rating, now)));
  return events;
}

/**
 * Locks the follow-ups whose fix is rated, before any rating or counter: the order of whoever
 * resolves or withdraws.
 */
export async function lockRatedFixes(tx: Tx, ratings: readonly AcceptedRating[]): Promise<void> {
  const again = ratings.filter(({ kind }) => kind === 'again').map(ratedBefore);
  for (const ratingId of again.sort()) await lockFollowUpOf(tx, ratingId);
}

function ratedBefore({ right }: AcceptedRating): string {
  if (!right?.ratesAgain) throw new Error('a rating anew has no rating before it');
  return right.ratesAgain;
}

async function followAgain({ store, log }: Deps, tx: Tx, rating: AcceptedRating, now: Date) {
  const followUp = await lockFollowUpOf(tx, ratedBefore(rating));
  // The time to rate the fix may end between the right and its use; the rating stands all the same.
  if (followUp?.state !== 'resolved') return [];
  const { id: followUpId, deskPath } = followUp;
  const byRater = { personId: null, role: 'resident', deskPath } as const;
  const rated = { followUpId, ...byRater, step: 're-rated', code: String(rating.level) } as const;
  if (rating.level > worstLevels) {
    await saveFollowUp(tx, { ...followUp, state: 'closed', closedAt: now }, null);
    const closed = { followUpId, personId: null, role: null, step: 'closed', deskPath } as const;
    await insertSteps(tx, store.clock, [rated, closed]);
    return [];
  }
  const { terms } = await readTerms(tx, followUp.programmeId, civilDateOf(now));
  const opened: FollowUpRow = {
    ...followUp,
    ...openClocks(now, terms),
    state: 'open',
    // Who put it right before does not judge the second try.
    deskPath: deskAbove(deskPath) ?? deskPath,
    ownerId: null,
    receiverId: null,
    contactedAt: null,
    extendedAt: null,
    resolvedAt: null,
    reRateUntil: null,
    outcome: null,
    outcomeWords: null,
    reopenings: followUp.reopenings + 1,
  };
  warnOfCalendar(log, [opened]);
  await saveFollowUp(tx, opened, nextDueAt(opened));
  const reopened = { ...rated, step: 'reopened', code: null, deskPath: opened.deskPath } as const;
  await insertSteps(tx, store.clock, [rated, { ...reopened, role: null }]);
  return [tellDesk('follow-up-reopened', opened.deskPath, opened.acceptBy)];
}
