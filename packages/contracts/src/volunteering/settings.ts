import * as z from 'zod';

const number = (least: number, most: number, usual: number) =>
  z.number().int().min(least).max(most).default(usual);

/** What a programme may set for its volunteering; without its own word these hold. */
export const volunteeringSettingsSchema = z.strictObject({
  /** Minutes of one person in one day of Asia/Shanghai that are verified. */
  dailyMinutes: number(60, 720, 480),
  /** How long before a shift its volunteers are reminded. */
  reminderHours: number(1, 168, 24),
  /** How long before its beginning one may check in; what is early does not count. */
  earlyMinutes: number(0, 120, 30),
  /** How long after its end a check-out is waited for; what is late does not count. */
  graceMinutes: number(0, 240, 60),
  /** How old a scan without a network may be when it is sent. */
  offlineHours: number(1, 168, 72),
  /** Of a hundred verified shifts so many are drawn to be asked about. */
  samplePercent: number(1, 100, 5),
  /** From so many people on who never served before, an activity is looked at. */
  crowdNewcomers: number(5, 1_000, 30),
  /** How many days who ordered a service has to confirm it. */
  confirmDays: number(1, 30, 7),
});
export type VolunteeringSettings = z.output<typeof volunteeringSettingsSchema>;
