import * as z from 'zod';
import { civilDateSchema, wordsSchema } from './primitives.ts';

/** How somebody agreed that staff act for them. */
export const consentKinds = ['signed', 'spoken', 'guardian'] as const;

export const newConsentSchema = z.strictObject({
  kind: z.enum(consentKinds),
  /** How it was given: who was there, which paper. */
  words: wordsSchema.min(1).max(200),
  on: civilDateSchema,
});
export type NewConsent = z.output<typeof newConsentSchema>;
