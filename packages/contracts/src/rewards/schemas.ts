import * as z from 'zod';
import {
  civilDateSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';

export const redemptionStates = [
  'requested',
  'held',
  'reserved',
  'issued',
  'verified',
  'cancelled',
  'expired',
  'failed',
] as const;
/** Why a redemption fails; a reason of another kind is told as the last one. */
export const redemptionFailures = [
  'insufficient-points',
  'level-too-low',
  'not-participating',
  'sold-out',
  'budget-exhausted',
  'merchant-paused',
  'not-completed',
] as const;
export type RedemptionState = (typeof redemptionStates)[number];
export const newRedemptionSchema = z.strictObject({
  benefitId: idSchema,
  /** Where it is to be used; without it, wherever there is stock. */
  merchantId: idSchema.optional(),
});
export const redemptionSchema = z.object({
  id: idSchema,
  benefitId: idSchema,
  benefitTitle: z.string(),
  pricePoints: z.number().int(),
  state: z.enum(redemptionStates),
  /** Slug of the reason when it failed. */
  failure: z.string().nullable(),
  failureText: z.string().nullable(),
  requestedAt: instantSchema,
  voucherId: idSchema.nullable(),
  /** Whether the voucher was given to somebody, who alone can show it. */
  isGiven: z.boolean(),
  /** Whether staff asked for it on the person's behalf. */
  isAssisted: z.boolean(),
});
export type Redemption = z.output<typeof redemptionSchema>;

/** The most that are counted ahead of a redemption. */
export const mostAhead = 1_000;
export const redemptionProgressSchema = redemptionSchema.extend({
  /** How many that were asked for before it wait like it, a thousand at the most; null once it has its turn. */
  ahead: z.number().int().min(0).max(mostAhead).nullable(),
});
export type RedemptionProgress = z.output<typeof redemptionProgressSchema>;
export const redemptionPageSchema = pageOf(redemptionSchema);
export const redemptionQuerySchema = z.strictObject(pageQuery);

/** What the holder's screen shows; the code changes every 30 s of server time. */
export const voucherFaceSchema = z.object({
  id: idSchema,
  benefitTitle: z.string(),
  merchantName: z.string(),
  state: z.enum(['issued', 'used', 'cancelled', 'expired']),
  expiresAt: instantSchema,
  /** Fourteen digits: eight of the voucher, six that change. Null once it is not good any more. */
  code: z.string().nullable(),
  codeValidUntil: instantSchema.nullable(),
  usedAt: instantSchema.nullable(),
  /** The shop of the merchant where it was used; null while it is not, and where none is known. */
  usedShopName: z.string().nullable(),
});
/** Fourteen digits on a screen, sixteen on paper. */
export const voucherCodeSchema = z
  .string()
  .regex(/^[0-9]{14}(?:[0-9]{2})?$/, '14 位券码，纸质券 16 位 · a code of 14 digits, 16 on paper');

/** First step at the counter: what would be verified. Changes nothing. */
export const voucherLookupSchema = z.strictObject({ code: voucherCodeSchema });
export const voucherSightSchema = z.object({
  voucherId: idSchema,
  benefitTitle: z.string(),
  holder: z.string(),
  expiresAt: instantSchema,
});
export const verificationSchema = z.object({
  id: idSchema,
  voucherId: idSchema,
  benefitTitle: z.string(),
  verifiedAt: instantSchema,
  /** Face value of what was handed out. */
  unitValueCents: z.number().int(),
  /** The clerk's row, for the owner to filter by; null for the owner and for who is not there now. */
  clerkId: idSchema.nullable(),
  shopId: idSchema.nullable(),
  /** Until when it may be undone; null where it never could be. */
  undoUntil: instantSchema.nullable(),
  /** Null unless it was undone. */
  undoneAt: instantSchema.nullable(),
  undoReason: z.string().nullable(),
  /** Whether the code was one on paper. */
  isPrinted: z.boolean(),
});
export const newUndoSchema = z.strictObject({
  reason: wordsSchema.min(1, '请写明原因 · a reason').max(200, '原因不超过 200 个字 · at most 200'),
});
export const verificationQuerySchema = z.strictObject({
  ...pageQuery,
  /** A day in Asia/Shanghai. */
  day: civilDateSchema.optional(),
  clerkId: idSchema.optional(),
  shopId: idSchema.optional(),
});
export const verificationPageSchema = pageOf(verificationSchema);
