import * as z from 'zod';
import { newConsentSchema } from '../consent.ts';
import {
  areaPathSchema,
  civilDateSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';

/** requested: waits for the job that makes it. making: is being made. */
export const certificateStates = ['requested', 'making', 'issued', 'failed', 'revoked'] as const;
export type CertificateState = (typeof certificateStates)[number];

/** Why none could be made: without a name at the counter, or with a letter that no font has. */
export const certificateFailures = ['name-unknown', 'letter-missing'] as const;
export type CertificateFailure = (typeof certificateFailures)[number];

const period = {
  /** The first and the last day of service that it is about. */
  fromOn: civilDateSchema,
  untilOn: civilDateSchema,
  /** Whether recorded hours stand on it, apart and named as such. */
  includesRecorded: z.boolean().default(false),
};
export const newCertificateSchema = z.strictObject(period);
export type NewCertificate = z.output<typeof newCertificateSchema>;
/** For somebody without a phone, by staff, with the consent that was given. */
export const newAssistedCertificateSchema = z.strictObject({
  ...period,
  personId: idSchema,
  consent: newConsentSchema,
});
export const newRevocationSchema = z.strictObject({
  reason: wordsSchema.min(4, '请写明原因 · say why').max(200),
});

export const certificateSchema = z.object({
  id: idSchema,
  /** As it is printed, `7KX-29M-4QT`. */
  number: z.string(),
  state: z.enum(certificateStates),
  failure: z.enum(certificateFailures).nullable(),
  fromOn: civilDateSchema,
  untilOn: civilDateSchema,
  includesRecorded: z.boolean(),
  verifiedMinutes: z.number().int(),
  recordedMinutes: z.number().int(),
  issuer: z.string(),
  /** Where anybody checks it; null until it is issued. */
  checkUrl: z.string().nullable(),
  requestedAt: instantSchema,
  issuedOn: civilDateSchema.nullable(),
  revokedAt: instantSchema.nullable(),
  revocationReason: z.string().nullable(),
});
export type Certificate = z.output<typeof certificateSchema>;
export const certificatePageSchema = pageOf(certificateSchema);
export const ledCertificateSchema = certificateSchema.extend({
  personId: idSchema,
  maskedName: z.string(),
  areaPath: areaPathSchema,
  isAssisted: z.boolean(),
});
export const ledCertificatePageSchema = pageOf(ledCertificateSchema);
export const certificateQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(certificateStates).optional(),
});
