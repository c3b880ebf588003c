import { addDays, type CivilDate, daysBetween, parseCivilDate } from '@ddp/calendar/civil-date';
import type { Role } from '@ddp/contracts/permission';

export interface Period {
  fromOn: string;
  toOn: string;
}

const longestDays = 30;

// Long enough for whoever heard of an entry late to find how it ended.
const shownAfterDays = 30;

/** An entry begins today or later and stays one to thirty days, both ends counted. */
export function isPeriodValid({ fromOn, toOn }: Period, today: CivilDate): boolean {
  const days = daysBetween(parseCivilDate(fromOn), parseCivilDate(toOn)) + 1;
  return fromOn >= today && days >= 1 && days <= longestDays;
}

export function isOnBoard(entry: Period & { state: string }, today: CivilDate): boolean {
  return entry.state === 'published' && entry.fromOn <= today && today <= entry.toOn;
}

/** The earliest last day that the public list still shows. */
export function oldestShownEnd(today: CivilDate): CivilDate {
  return addDays(today, -shownAfterDays);
}

/** `GS2026-000123`: 公示, the year, and a number that runs through it. */
export function formatReference(year: number, number: number): string {
  return `GS${year}-${String(number).padStart(6, '0')}`;
}

/** Officers of the entry's own level and of the one above, since the author may not answer. */
export function officersOver(areaPath: string): Role[] {
  const depth = areaPath.split('/').filter(Boolean).length;
  if (depth <= 1) return ['city-officer'];
  return depth === 2 ? ['banner-officer', 'city-officer'] : ['community-officer', 'banner-officer'];
}

/** Whether one who lives there may object to an entry over this area. */
export function concerns(entryPath: string, homePath: string | null): boolean {
  return homePath?.startsWith(entryPath) === true;
}

export type AnswerVerdict = 'allowed' | 'own-entry' | 'own-objection';

export function decideAnswer(
  answererId: string,
  parties: {
    authorId: string | null;
    isParty: boolean;
    objectorId: string | null;
    /** Who wrote it down for somebody. */
    recorderId: string | null;
  },
): AnswerVerdict {
  if (parties.authorId === answererId || parties.isParty) return 'own-entry';
  const isOwn = parties.objectorId === answererId || parties.recorderId === answererId;
  return isOwn ? 'own-objection' : 'allowed';
}
