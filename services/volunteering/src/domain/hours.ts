import { createHash } from 'node:crypto';
import { addDays, civilDateOf, startOf } from '@ddp/calendar/civil-date';

const minuteMs = 60_000;

export interface DayMinutes {
  on: string;
  minutes: number;
}

/** Whole minutes from an instant on, by the days of Asia/Shanghai that they lie in. */
export function splitByDay(from: Date, minutes: number): DayMinutes[] {
  const days: DayMinutes[] = [];
  let left = minutes;
  let at = from;
  do {
    const on = civilDateOf(at);
    const next = startOf(addDays(on, 1));
    const today = Math.min(left, Math.floor((next.getTime() - at.getTime()) / minuteMs));
    days.push({ on, minutes: today });
    left -= today;
    at = next;
  } while (left > 0);
  return days;
}

/** What counts of each day beside what was counted before; a day has no more than its cap. */
export function capDays(
  days: readonly DayMinutes[],
  usedOn: ReadonlyMap<string, number>,
  dailyMinutes: number,
): DayMinutes[] {
  return days.map(({ on, minutes }) => {
    const free = Math.max(0, dailyMinutes - (usedOn.get(on) ?? 0));
    return { on, minutes: Math.min(minutes, free) };
  });
}

export const sumOf = (days: readonly DayMinutes[]): number =>
  days.reduce((sum, { minutes }) => sum + minutes, 0);

/** Whether hours are drawn to be asked about: as the secret has it, which no organiser knows. */
export function isDrawn(secret: Buffer, hoursId: string, percent: number): boolean {
  const hash = createHash('sha256').update(secret).update(hoursId).digest();
  return hash.readUInt32BE(0) % 100 < percent;
}
