import * as z from 'zod';

/** What a programme may set for its vouchers; what it leaves out has the value here. */
export const voucherSettingsSchema = z.strictObject({
  /** For so long a merchant may undo a verification; the points are spent when it is over. */
  undoMinutes: z.number().int().min(0).max(60).default(10),
});
export type VoucherSettings = z.output<typeof voucherSettingsSchema>;
