import * as z from 'zod';

export const solvencySchema = z.object({
  /** Points that people may spend, also those held for redemptions under way. */
  outstandingPoints: z.number().int(),
  /** Points that become spendable after their waiting time. */
  maturingPoints: z.number().int(),
  /** What the benefits on offer, and those promised, could pay out. */
  fundedPoints: z.number().int(),
  /** Outstanding points for a hundred that are funded; null where nothing is funded. */
  percent: z.number().int().nullable(),
  /** From above this percentage staff grant nothing new; null: no brake is set. */
  brakeAtPercent: z.number().int().nullable(),
  isBraked: z.boolean(),
});
export type Solvency = z.output<typeof solvencySchema>;
