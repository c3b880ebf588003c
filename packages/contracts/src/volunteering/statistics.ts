import * as z from 'zod';
import { areaCodeSchema, areaPathSchema, idSchema } from '../primitives.ts';

/** A month or a quarter of Asia/Shanghai. */
export const periodSchema = z
  .string()
  .regex(
    /^20[0-9]{2}-(0[1-9]|1[0-2]|Q[1-4])$/,
    '月份（2026-11）或季度（2026-Q4） · a month (2026-11) or a quarter (2026-Q4)',
  );

export const statisticQuerySchema = z.strictObject({
  areaCode: areaCodeSchema,
  period: periodSchema,
});

/** Null where fewer than five people are behind it, or where that would follow from the rest. */
const veiled = z.number().int().nullable();
export const figuresSchema = z.object({
  /** Who has verified hours, each once. */
  people: veiled,
  /** Scanned and confirmed. Whole shifts, on the day on which they began. */
  verifiedMinutes: veiled,
  /** Typed in; never added to the verified ones. */
  recordedMinutes: veiled,
  /** Times that somebody served 人次. */
  services: veiled,
  /** Services of the menu that were confirmed. */
  orders: veiled,
  teams: z.number().int(),
  activities: z.number().int(),
  shifts: z.number().int(),
});
export type StatisticFigures = z.output<typeof figuresSchema>;
export const statisticSchema = figuresSchema.extend({
  areaCode: areaCodeSchema,
  areaName: z.string(),
  areaPath: areaPathSchema,
  period: periodSchema,
  /** By the skill that the place wanted, where it wanted one. */
  skills: z.array(
    z.object({
      skillId: idSchema,
      name: z.string(),
      people: veiled,
      verifiedMinutes: veiled,
      services: veiled,
    }),
  ),
  /** The areas right below. */
  parts: z.array(figuresSchema.extend({ areaCode: areaCodeSchema, areaName: z.string() })),
});
export type Statistic = z.output<typeof statisticSchema>;
