import * as z from 'zod';
import { civilDateSchema, idSchema, instantSchema, pageOf } from '../primitives.ts';

const whole = z.number().int().min(0).max(10_000_000);

/** A level 等级 and the standing from which it holds. */
export const levelSchema = z.strictObject({
  zh: z.string().min(1).max(20),
  en: z.string().min(1).max(40),
  fromStanding: whole,
});
export type Level = z.output<typeof levelSchema>;

const defaultLevels: Level[] = [
  { zh: '初心', en: 'Beginner', fromStanding: 0 },
  { zh: '热心', en: 'Helper', fromStanding: 100 },
  { zh: '暖心', en: 'Good neighbour', fromStanding: 300 },
  { zh: '贴心', en: 'Mainstay', fromStanding: 600 },
  { zh: '同心', en: 'Heart of the community', fromStanding: 1_000 },
];

function doLevelsRise(levels: readonly Level[]): boolean {
  return levels.every(({ fromStanding }, index) => {
    const before = levels[index - 1];
    return before === undefined ? fromStanding === 0 : fromStanding > before.fromStanding;
  });
}

/** What a programme may set for its points; what it leaves out has the value here. */
export const settingsSchema = z.strictObject({
  levels: z
    .array(levelSchema)
    .min(1)
    .max(12)
    .refine(doLevelsRise, '等级从 0 分起，逐级升高 · levels begin at 0 and rise')
    .default(defaultLevels),
  /** After losing standing a level is kept for so many days. */
  levelHoldDays: z.number().int().min(0).max(366).default(90),
  /** Points expire on 31 December, so many years after the year in which they were earned. */
  lotLifeYears: z.number().int().min(1).max(10).default(1),
  /** Points that a redemption gives back may be used for so many days at least. */
  refundDays: z.number().int().min(1).max(366).default(30),
  /** Days in which a reversal may be appealed against; nothing is taken before they are over. */
  appealDays: z.number().int().min(15).max(90).default(15),
  /** Points that a person may earn in a day and in a month by all rules together. */
  personDayPoints: whole.nullable().default(null),
  personMonthPoints: whole.nullable().default(null),
  /** Staff grant nothing new while outstanding points exceed this percentage of what is funded. */
  brakeAtPercent: z.number().int().min(1).max(1_000).nullable().default(null),
});
export type Settings = z.output<typeof settingsSchema>;

export const settingsVersionSchema = z.object({
  version: z.number().int(),
  fromOn: civilDateSchema,
  settings: settingsSchema,
  setBy: idSchema.nullable(),
  setAt: instantSchema.nullable(),
});
export const settingsHistorySchema = pageOf(settingsVersionSchema);
export const newSettingsSchema = z.strictObject({
  fromOn: civilDateSchema,
  settings: settingsSchema,
});
