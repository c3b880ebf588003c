import { addDays, type CivilDate, civilDateOf, startOf } from '@ddp/calendar/civil-date';

const dayMs = 86_400_000;
/** A redemption without a voucher after so long is given up. */
export const settleHours = 24;
/** A step that has not happened after so long is told again. */
export const resumeSeconds = 120;
const longestResumeSeconds = 6 * 3_600;
const holdMarginDays = 7;
const holdArrivalMs = 600_000;

/** The last day a voucher is good, and the instant after it. */
export function voucherEnd(issuedAt: Date, validDays: number): { lastDay: CivilDate; at: Date } {
  const lastDay = addDays(civilDateOf(issuedAt), validDays);
  return { lastDay, at: startOf(addDays(lastDay, 1)) };
}

/**
 * When points may let go of a hold by themselves: a week after the latest end of its voucher. It
 * follows from the stored row alone, so that a repeated request asks for the same hold.
 */
export function holdEnd(requestedAt: Date, validDays: number): Date {
  const latestIssue = new Date(requestedAt.getTime() + settleHours * 3_600_000);
  const { at } = voucherEnd(latestIssue, validDays);
  return new Date(at.getTime() + holdMarginDays * dayMs);
}

/** Seconds until a step is told again; each time twice as long, six hours at the most. */
export function resumeWaitSeconds(drives: number): number {
  return Math.min(resumeSeconds * 2 ** Math.min(drives, 10), longestResumeSeconds);
}

/**
 * Whether a hold that was asked for may still arrive at points: the request is made right after it
 * is written down that it will be, so that ten minutes outlive every deadline and every retry.
 */
export function mayHoldArrive(askedAt: Date, now: Date): boolean {
  return now.getTime() - askedAt.getTime() < holdArrivalMs;
}

const noticeMs = 9 * 3_600_000;

/** The last day of a voucher that ends at an instant. */
export function lastDayOf(expiresAt: Date): CivilDate {
  return civilDateOf(new Date(expiresAt.getTime() - 1));
}

/** An instant as a clock on a wall in Asia/Shanghai tells it: `2026-11-10 09:05`. */
export function clockTimeOf(instant: Date): string {
  const day = civilDateOf(instant);
  const sinceMidnight = new Date(instant.getTime() - startOf(day).getTime());
  return `${day} ${sinceMidnight.toISOString().slice(11, 16)}`;
}

/** When a holder is told next that a voucher ends: at nine in the morning; null when never more. */
export function nextNotice(
  lastDay: CivilDate,
  noticeDays: readonly number[],
  after: Date,
): Date | null {
  const times = noticeDays
    .map((days) => startOf(addDays(lastDay, -days)).getTime() + noticeMs)
    .filter((time) => time > after.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}

/** An offer ends with its hours, or with the voucher before. */
export function offerEnd(now: Date, giftHours: number, voucherEndsAt: Date): Date {
  return new Date(Math.min(now.getTime() + giftHours * 3_600_000, voucherEndsAt.getTime()));
}

/** The row of the verification is written after it: told before the window is over, it is told late. */
const undoMarginSeconds = 1;

/** Seconds after a verification until its points are to be spent; null: at once, with its event. */
export function postingWaitSeconds(undoMinutes: number): number | null {
  return undoMinutes === 0 ? null : undoMinutes * 60 + undoMarginSeconds;
}
