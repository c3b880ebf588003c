import * as z from 'zod';
import { newConsentSchema } from '../consent.ts';
import { idSchema, instantSchema, pageOf, pageQuery } from '../primitives.ts';
import { newRedemptionSchema, redemptionSchema, voucherFaceSchema } from './schemas.ts';

/** For a resident without a phone, with the consent that was given. */
export const newAssistedRedemptionSchema = newRedemptionSchema.extend({
  personId: idSchema,
  consent: newConsentSchema,
});
export const assistedEndSchema = z.strictObject({ consent: newConsentSchema });
export const assistedRedemptionSchema = redemptionSchema.extend({
  personId: idSchema,
  assistedAt: instantSchema,
  voucherState: voucherFaceSchema.shape.state.nullable(),
  /** How often it was put on paper: the latest paper alone is good. */
  prints: z.number().int(),
});
export type AssistedRedemption = z.output<typeof assistedRedemptionSchema>;
export const assistedPageSchema = pageOf(assistedRedemptionSchema);
export const assistedQuerySchema = z.strictObject({ ...pageQuery, personId: idSchema.optional() });
