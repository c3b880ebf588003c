import * as z from 'zod';

/** What a programme may set for its vouchers; what it leaves out has the value here. */
export const voucherSettingsSchema = z.strictObject({
  /** For so long a merchant may undo a verification; the points are spent when it is over. */
  undoMinutes: z.number().int().min(0).max(60).default(10),
  /** Vouchers that one person may accept from others in a month. */
  giftsPerMonth: z.number().int().min(0).max(20).default(2),
  /** For so long an offer waits for an answer. */
  giftHours: z.number().int().min(1).max(168).default(72),
  /** Days before the last day of a voucher on which its holder is told. */
  noticeDays: z.array(z.number().int().min(0).max(60)).max(4).default([7, 1]),
  /** People on the waiting list of one benefit. */
  waitingMost: z.number().int().min(1).max(5_000).default(500),
  /** For so long a piece is set aside for who stands first. */
  waitingOfferHours: z.number().int().min(1).max(168).default(24),
  /** For at least so long the frozen list of a draw is public before it is drawn. */
  drawPublishedMinutes: z.number().int().min(10).max(10_080).default(60),
});
export type VoucherSettings = z.output<typeof voucherSettingsSchema>;
