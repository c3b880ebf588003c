import { addDays, civilDateOf, startOf } from '@ddp/calendar/civil-date';
import { addWorkingDays } from '@ddp/calendar/working-days';
import type {
  FollowUpTerms,
  followUpOutcomes,
  followUpStates,
  followUpSteps,
} from '@ddp/contracts/ratings/follow-ups';
import { deskAbove } from './desk.ts';

export type FollowUpState = (typeof followUpStates)[number];
export type FollowUpOutcome = (typeof followUpOutcomes)[number];
export type FollowUpStep = (typeof followUpSteps)[number];

/** A rating at or below this level opens a follow-up. */
export const worstLevels = 2;

export interface Clocks {
  acceptBy: Date;
  contactBy: Date;
  resolveBy: Date;
}

/** What the clocks of a follow-up depend on. */
export interface Course extends Clocks {
  state: FollowUpState;
  deskPath: string;
  contactedAt: Date | null;
  reRateUntil: Date | null;
}

export interface Deadline {
  at: Date;
  /** False where the count left the years whose holidays are known. */
  isKnown: boolean;
}

/** The end of the n-th working day after an instant's day, in Asia/Shanghai. */
export function deadlineAfter(instant: Date, workingDays: number): Deadline {
  const { date, beyondData } = addWorkingDays(civilDateOf(instant), workingDays);
  return { at: startOf(addDays(date, 1)), isKnown: !beyondData };
}

/** The clocks of a follow-up that opens, or opens anew. */
export function openClocks(now: Date, terms: FollowUpTerms): Clocks & { isCalendarKnown: boolean } {
  const accept = deadlineAfter(now, terms.acceptDays);
  const contact = deadlineAfter(now, terms.contactDays);
  const resolve = deadlineAfter(now, terms.resolveDays);
  return {
    acceptBy: accept.at,
    contactBy: contact.at,
    resolveBy: resolve.at,
    isCalendarKnown: accept.isKnown && contact.isKnown && resolve.isKnown,
  };
}

export type Clock = 'accept' | 'contact' | 'resolve' | 're-rate';

/** The clocks that still run in a state, the earliest first. */
function runningClocks(course: Course): { clock: Clock; at: Date }[] {
  const { acceptBy, contactBy, resolveBy, contactedAt, reRateUntil } = course;
  const accept = { clock: 'accept', at: acceptBy } as const;
  const contact = { clock: 'contact', at: contactBy } as const;
  const resolve = { clock: 'resolve', at: resolveBy } as const;
  const rest = contactedAt === null ? [contact, resolve] : [resolve];
  const byTime = (clocks: { clock: Clock; at: Date }[]) =>
    clocks.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  switch (course.state) {
    case 'open':
      return byTime([accept, ...rest]);
    case 'accepted':
    case 'contacted':
      return byTime(rest);
    case 'resolved':
      return reRateUntil === null ? [] : [{ clock: 're-rate', at: reRateUntil }];
    case 'closed':
      return [];
  }
}

/** When a follow-up has to be looked at next; null once it is closed. */
export function nextDueAt(course: Course): Date | null {
  return runningClocks(course)[0]?.at ?? null;
}

export type DueVerdict =
  | { kind: 'not-due' }
  | { kind: 'close' }
  | {
      kind: 'climb';
      /** The deadline that was missed first. */
      missed: Clock;
      missedAt: Date;
      /** The desk above; the same at the city, which is told again. */
      deskPath: string;
      clocks: Clocks;
      isCalendarKnown: boolean;
    };

/**
 * What a deadline that has passed does: the time to rate the fix closes the follow-up, any other
 * missed deadline hands it to the level above, which has a time of its own for what was missed.
 * What is not late yet keeps its deadline: the promise to the resident does not move.
 */
export function decideDue(course: Course, now: Date, terms: FollowUpTerms): DueVerdict {
  const late = runningClocks(course).filter(({ at }) => at.getTime() <= now.getTime());
  const [first] = late;
  if (first === undefined) return { kind: 'not-due' };
  if (first.clock === 're-rate') return { kind: 'close' };
  const isLate = (clock: Clock) => late.some((one) => one.clock === clock);
  const accept = deadlineAfter(now, terms.acceptDays);
  const contact = deadlineAfter(now, terms.contactDays);
  const resolve = deadlineAfter(now, terms.climbDays);
  const { contactBy, resolveBy } = course;
  return {
    kind: 'climb',
    missed: first.clock,
    missedAt: first.at,
    deskPath: deskAbove(course.deskPath) ?? course.deskPath,
    clocks: {
      acceptBy: accept.at,
      contactBy: isLate('contact') ? contact.at : contactBy,
      resolveBy: isLate('resolve') ? resolve.at : resolveBy,
    },
    isCalendarKnown: accept.isKnown && contact.isKnown && resolve.isKnown,
  };
}

/** Whether the rater may rate the fix after this outcome. */
export function isReRatingWanted(outcome: FollowUpOutcome): boolean {
  return outcome === 'fixed' || outcome === 'partly';
}

/** Whether the rater has to be spoken to before: a rating that is none needs no word with anybody. */
export function isContactWanted(outcome: FollowUpOutcome): boolean {
  return outcome !== 'mistaken' && outcome !== 'malicious';
}

/** The state of an accepted follow-up. */
export function acceptedState(contactedAt: Date | null): 'accepted' | 'contacted' {
  return contactedAt === null ? 'accepted' : 'contacted';
}

/** A deadline moved on by working days. */
export function extendedDeadline(resolveBy: Date, workingDays: number): Deadline {
  return deadlineAfter(lastDayOf(resolveBy), workingDays);
}

/** The last instant of a deadline's day: the deadline itself is the first one after it. */
export function lastDayOf(deadline: Date): Date {
  return new Date(deadline.getTime() - 1);
}
