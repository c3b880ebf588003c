import { addDays, civilDateOf, startOf } from '@ddp/calendar/civil-date';
import { addWorkingDays } from '@ddp/calendar/working-days';

/** Working days for what comes after a statement was drawn. */
export interface SettlementDays {
  /** Until when the merchant may dispute a line. */
  dispute: number;
  /** In which an officer answers, and another one decides. */
  answer: number;
}

/** The end of the n-th working day after the day of an instant; `beyondData` as the calendar has it. */
export function endOfWorkingDay(instant: Date, days: number): { at: Date; beyondData: boolean } {
  const { date, beyondData } = addWorkingDays(civilDateOf(instant), days);
  return { at: startOf(addDays(date, 1)), beyondData };
}
