import { civilDateOf } from '@ddp/calendar/civil-date';
import { noticeRequested } from '@ddp/contracts/notices/events';
import type { FollowUpTerms } from '@ddp/contracts/ratings/follow-ups';
import { binaryToId, newId } from '@ddp/db-kit/ids';
import { type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { ServiceDeps } from '@ddp/service-kit/open-service';
import type { Transaction } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import type { AcceptedRating } from '../domain/decide-ratings.ts';
import { firstDeskOf, roleAt } from '../domain/desk.ts';
import { lastDayOf, nextDueAt, openClocks, worstLevels } from '../domain/follow-up.ts';
import { insertSteps } from '../store/follow-up-steps.ts';
import { readTerms } from '../store/follow-up-terms.ts';
import { insertFollowUps, type NewFollowUp } from '../store/follow-ups.ts';
import { noId } from '../store/rows.ts';

/**
 * Opens a follow-up for each bad rating, in the transaction that takes the ratings, and gives back
 * what is to be told to the officers of each place.
 */
export async function openFollowUps(
  { store, log }: Pick<ServiceDeps<RatingsDatabase>, 'store' | 'log'>,
  tx: Transaction<RatingsDatabase>,
  ratings: readonly AcceptedRating[],
  now: Date,
): Promise<OutgoingEvent[]> {
  const bad = ratings.filter(({ level }) => level <= worstLevels).map(toCase);
  if (bad.length === 0) return [];
  const today = civilDateOf(now);
  const termsOf = new Map<string, FollowUpTerms>();
  for (const programmeId of new Set(bad.map((rating) => rating.programmeId))) {
    termsOf.set(programmeId, (await readTerms(tx, programmeId, today)).terms);
  }
  const opened = bad.map(({ id: ratingId, ...rating }): NewFollowUp => {
    const terms = termsOf.get(rating.programmeId);
    if (!terms) throw new Error('a programme has no terms');
    const course = {
      ...openClocks(now, terms),
      state: 'open',
      deskPath: firstDeskOf(rating.areaPath),
      contactedAt: null,
      reRateUntil: null,
    } as const;
    const due = { openedAt: now, nextDueAt: nextDueAt(course) ?? course.acceptBy };
    return { ...rating, ...course, ...due, id: newId(), ratingId };
  });
  await insertFollowUps(tx, opened);
  const byClock = { step: 'opened', personId: null, role: null } as const;
  const steps = opened.map(({ id, deskPath }) => ({ ...byClock, followUpId: id, deskPath }));
  await insertSteps(tx, store.clock, steps);
  warnOfCalendar(log, opened);
  return opened.map(({ deskPath, acceptBy }) => tellDesk('follow-up-opened', deskPath, acceptBy));
}

function toCase({ id, programmeId, subject, areaPath, level }: AcceptedRating) {
  return {
    id,
    programmeId: programmeId ?? binaryToId(noId),
    subjectId: subject.id,
    subjectPersonId: subject.personId,
    // An organization is no person: who serves in it has a part in its case.
    subjectUnitId: subject.personId === null ? subject.unitId : null,
    areaPath,
    level,
  };
}

/** Tells the officers of a desk what they have to accept, and until when. */
export function tellDesk(
  template: 'follow-up-opened' | 'follow-up-climbed' | 'follow-up-reopened',
  deskPath: string,
  acceptBy: Date,
): OutgoingEvent {
  return outgoing(noticeRequested, {
    audience: { kind: 'role', role: roleAt(deskPath), areaPath: deskPath },
    template,
    params: { until: civilDateOf(lastDayOf(acceptBy)) },
  });
}

/** The State Council's notice for a year is missing: the operator has to update the calendar. */
export function warnOfCalendar(
  log: ServiceDeps<RatingsDatabase>['log'],
  followUps: readonly { id: string; isCalendarKnown: boolean }[],
): void {
  for (const { id, isCalendarKnown } of followUps) {
    if (isCalendarKnown) continue;
    log.error({ followUpId: id }, 'a deadline lies beyond the known holidays: weekdays counted');
  }
}
