import * as z from 'zod';
import { areaCodeSchema, civilDateSchema } from '../primitives.ts';

export const areaDayQuerySchema = z.strictObject({ areaCode: areaCodeSchema });

/** An area today, in whole numbers that tell of nobody. */
export const areaDaySchema = z.object({
  areaCode: areaCodeSchema,
  on: civilDateSchema,
  /** Ratings that came today and count; null for one to four. */
  ratings: z.number().int().nullable(),
  openFollowUps: z.number().int(),
  /** Of the open ones, those that missed a deadline. */
  overdueFollowUps: z.number().int(),
});
