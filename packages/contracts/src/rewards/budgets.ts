import * as z from 'zod';
import { areaCodeSchema, areaPathSchema, idSchema, nameSchema, pageOf } from '../primitives.ts';

const limit = z.number().int().min(1).max(1_000_000_000_00).nullable();

/** What a sponsor gives; at least one of the two limits. */
export const newBudgetSchema = z.strictObject({
  sponsor: nameSchema,
  areaCode: areaCodeSchema,
  pointsLimit: limit,
  centsLimit: limit,
});
export const budgetChangeSchema = newBudgetSchema.pick({ pointsLimit: true, centsLimit: true });
const meter = z.object({
  limit: z.number().int().nullable(),
  /** Set aside for redemptions under way. */
  reserved: z.number().int(),
  spent: z.number().int(),
});
export const budgetSchema = z.object({
  id: idSchema,
  sponsor: z.string(),
  areaPath: areaPathSchema,
  budgetPoints: meter,
  budgetCents: meter,
  state: z.enum(['open', 'closed']),
});
export type Budget = z.output<typeof budgetSchema>;
export const budgetPageSchema = pageOf(budgetSchema);
