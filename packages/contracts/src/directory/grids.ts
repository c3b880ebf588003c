import * as z from 'zod';
import {
  areaCodeSchema,
  areaPathSchema,
  nameSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';
import { areaStates } from './schemas.ts';

/** Households that a grid should have; others are told of, not refused. */
export const gridHouseholds = { least: 300, most: 500 } as const;

const householdsSchema = z.number().int().min(0).max(100_000);

export const newGridSchema = z.strictObject({
  communityCode: areaCodeSchema,
  /** What stands behind the code of the community. */
  number: z.string().regex(/^[0-9]{2,6}$/, '2 至 6 位数字 · 2 to 6 digits'),
  name: nameSchema,
  households: householdsSchema,
});
export const gridChangeSchema = z.strictObject({ name: nameSchema, households: householdsSchema });
export const gridClosingSchema = z.strictObject({ reason: wordsSchema.min(1) });
export const gridSchema = z.object({
  code: areaCodeSchema,
  name: nameSchema,
  communityCode: areaCodeSchema,
  areaPath: areaPathSchema,
  state: z.enum(areaStates),
  households: z.number().int().nullable(),
  /** Whether the number of households is one that a grid should have. */
  advice: z.enum(['fits', 'too-few', 'too-many', 'unknown']),
});
export type Grid = z.output<typeof gridSchema>;
export const gridQuerySchema = z.strictObject({
  ...pageQuery,
  areaCode: areaCodeSchema.optional(),
  state: z.enum(areaStates).optional(),
  search: z.string().min(1).max(30).optional(),
});
export const gridPageSchema = pageOf(gridSchema);
