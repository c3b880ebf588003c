import * as z from 'zod';
import { holdCourseSchema } from '../points/schemas.ts';
import { idSchema, instantSchema, pageOf, pageQuery } from '../primitives.ts';
import { redemptionStates } from './schemas.ts';

/** Each happens once in a redemption; the last two settle its hold of points. */
export const redemptionSteps = [
  'requested',
  'held',
  'reserved',
  'issued',
  'verified',
  'undone',
  'reverified',
  'final',
  'released',
  'voided',
  'posted',
] as const;

export const courseQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(redemptionStates).optional(),
  benefitId: idSchema.optional(),
  merchantId: idSchema.optional(),
  /** The first eight digits of a voucher's code, which name it. */
  voucherNumber: z
    .string()
    .regex(/^[0-9]{8}$/, '券码的前 8 位 · the first 8 digits of the code')
    .optional(),
});

export const courseRowSchema = z.object({
  id: idSchema,
  benefitId: idSchema,
  benefitTitle: z.string(),
  pricePoints: z.number().int(),
  state: z.enum(redemptionStates),
  failure: z.string().nullable(),
  requestedAt: instantSchema,
  /** When its next step is told again; null where nothing is to come by itself. */
  nextAt: instantSchema.nullable(),
  /** How often that step was told again. */
  drives: z.number().int(),
});
export const courseRowPageSchema = pageOf(courseRowSchema);

/** A redemption from its request to the ledger, for who has to explain it. */
export const courseSchema = courseRowSchema.extend({
  failureText: z.string().nullable(),
  /** Masked; null where there is nobody any more, or identity does not answer. */
  holder: z.string().nullable(),
  areaPath: z.string(),
  unitValueCents: z.number().int(),
  merchantId: idSchema.nullable(),
  merchantName: z.string().nullable(),
  budgetId: idSchema.nullable(),
  expiresAt: instantSchema,
  endedAt: instantSchema.nullable(),
  holdAskedAt: instantSchema.nullable(),
  steps: z.array(z.object({ step: z.enum(redemptionSteps), at: instantSchema })),
  voucher: z
    .object({
      id: idSchema,
      state: z.string(),
      issuedAt: instantSchema,
      expiresAt: instantSchema,
      usedAt: instantSchema.nullable(),
    })
    .nullable(),
  verifications: z.array(
    z.object({
      id: idSchema,
      verifiedAt: instantSchema,
      operatorRole: z.string(),
      shopId: idSchema.nullable(),
    }),
  ),
  /** Its events that could not be digested and wait for an operator. */
  deadLetters: z.array(
    z.object({ eventId: idSchema, eventName: z.string(), diedAt: instantSchema }),
  ),
  /** What points say of its hold: there, none, or no answer. */
  ledger: z.enum(['found', 'none', 'unavailable']),
  hold: holdCourseSchema.nullable(),
});
