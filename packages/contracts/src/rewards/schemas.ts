import * as z from 'zod';
import {
  areaCodeSchema,
  areaPathSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuery,
  phoneSchema,
  wordsSchema,
} from '../primitives.ts';

/**
 * What a benefit may be. A basic public service is none of them: schools, medical care, social
 * insurance, subsidies, permits, police, housing and jobs are never priced in points.
 */
export const benefitKinds = ['goods', 'service', 'discount', 'space', 'training'] as const;
export const payers = ['donated', 'subsidised', 'fund'] as const;

export const newMerchantSchema = z.strictObject({
  name: nameSchema,
  areaCode: areaCodeSchema,
  address: z.string().max(120).default(''),
  ownerName: nameSchema,
  ownerPhone: phoneSchema,
});
export const merchantSchema = z.object({
  id: idSchema,
  name: z.string(),
  address: z.string(),
  areaPath: areaPathSchema,
});
export const merchantPageSchema = pageOf(merchantSchema);

export const newBenefitSchema = z.strictObject({
  title: z.string().min(1).max(60),
  description: wordsSchema.default(''),
  kind: z.enum(benefitKinds),
  pricePoints: z.number().int().min(1).max(100_000),
  /** Standing a resident needs. */
  minimumStanding: z.number().int().min(0).max(100_000).default(0),
  stock: z.number().int().min(1).max(1_000_000),
  /** Vouchers one person may have in a calendar month. */
  perPersonPerMonth: z.number().int().min(1).max(100).default(1),
  /** Days for which an issued voucher is good. */
  validDays: z.number().int().min(1).max(365).default(30),
  merchantId: idSchema,
  payer: z.enum(payers),
});
export const benefitSchema = z.object({
  id: idSchema,
  title: z.string(),
  description: z.string(),
  kind: z.enum(benefitKinds),
  pricePoints: z.number().int(),
  minimumStanding: z.number().int(),
  available: z.number().int(),
  perPersonPerMonth: z.number().int(),
  validDays: z.number().int(),
  merchantId: idSchema,
  merchantName: z.string(),
  payer: z.enum(payers),
  areaPath: areaPathSchema,
  state: z.enum(['draft', 'published', 'withdrawn']),
});
export type Benefit = z.output<typeof benefitSchema>;
export const benefitPageSchema = pageOf(benefitSchema);
export const benefitQuerySchema = z.strictObject({
  ...pageQuery,
  search: z.string().min(1).max(30).optional(),
  kind: z.enum(benefitKinds).optional(),
});

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
  'not-completed',
] as const;
export type RedemptionState = (typeof redemptionStates)[number];
export const newRedemptionSchema = z.strictObject({ benefitId: idSchema });
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
});
export type Redemption = z.output<typeof redemptionSchema>;
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
});
export const voucherCodeSchema = z
  .string()
  .regex(/^[0-9]{14}$/, '14 位券码 · a voucher code of 14 digits');

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
});
export const verificationPageSchema = pageOf(verificationSchema);
