import type { FollowUp, followUpStepSchema } from '@ddp/contracts/ratings/follow-ups';
import type * as z from 'zod';
import type { TakenStep } from '../store/follow-up-steps.ts';
import type { FollowUpRow } from '../store/follow-ups.ts';

const textOf = (instant: Date | null): string | null => instant?.toISOString() ?? null;

export function toFollowUp(row: FollowUpRow): FollowUp {
  return {
    id: row.id,
    ratingId: row.ratingId,
    subjectId: row.subjectId,
    subjectName: row.subjectName,
    level: row.level,
    reasons: row.reasons,
    words: row.words,
    areaPath: row.areaPath,
    deskPath: row.deskPath,
    state: row.state,
    ownerId: row.ownerId,
    receiverId: row.receiverId,
    openedAt: row.openedAt.toISOString(),
    acceptBy: row.acceptBy.toISOString(),
    contactBy: row.contactBy.toISOString(),
    resolveBy: row.resolveBy.toISOString(),
    contactedAt: textOf(row.contactedAt),
    extendedAt: textOf(row.extendedAt),
    resolvedAt: textOf(row.resolvedAt),
    reRateUntil: textOf(row.reRateUntil),
    closedAt: textOf(row.closedAt),
    overdueSince: textOf(row.overdueSince),
    climbs: row.climbs,
    reopenings: row.reopenings,
    outcome: row.outcome,
    outcomeWords: row.outcomeWords,
    passedTo: row.passedTo,
    isCalendarKnown: row.isCalendarKnown,
  };
}

export function toStep(step: TakenStep): z.output<typeof followUpStepSchema> {
  return { ...step, at: step.at.toISOString() };
}
