import * as z from 'zod';
import {
  areaCodeSchema,
  areaPathSchema,
  civilDateSchema,
  idSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';

/** 高级, 中级, 初级. */
export const certificateLevels = ['senior', 'intermediate', 'junior'] as const;
export const certificateLevelSchema = z.enum(certificateLevels);
export type CertificateLevel = (typeof certificateLevels)[number];
export const certificateStates = ['current', 'renewed', 'withdrawn'] as const;

/** Days ahead of the last one on which the worker and the officer are told. */
export const expiryNoticeDays = [60, 30, 7] as const;

export const certificateNumberSchema = z
  .string()
  .regex(/^[0-9A-Za-z-]{4,40}$/, '4 至 40 位字母、数字或短横 · 4 to 40 letters, digits or hyphens');

const terms = {
  level: certificateLevelSchema,
  number: certificateNumberSchema,
  issuedOn: civilDateSchema,
  /** The last day on which it is valid. */
  expiresOn: civilDateSchema,
};
export const newCertificateSchema = z.strictObject({ subjectId: idSchema, ...terms });
export const certificateRenewalSchema = z.strictObject(terms);
export const certificateWithdrawalSchema = z.strictObject({ reason: wordsSchema.min(1).max(200) });

export const certificateSchema = z.object({
  id: idSchema,
  subjectId: idSchema,
  subjectName: z.string(),
  areaPath: areaPathSchema,
  ...terms,
  state: z.enum(certificateStates),
  /** The certificate that this one renews. */
  renews: idSchema.nullable(),
  withdrawalReason: z.string().nullable(),
});
export type Certificate = z.output<typeof certificateSchema>;
export const certificateQuerySchema = z.strictObject({
  ...pageQuery,
  subjectId: idSchema.optional(),
  level: certificateLevelSchema.optional(),
  state: z.enum(certificateStates).optional(),
  areaCode: areaCodeSchema.optional(),
  /** Those whose last day is before this one. */
  expiringBefore: civilDateSchema.optional(),
  /** How the number begins. */
  search: z
    .string()
    .max(40)
    .regex(/^[0-9A-Za-z-]+$/, '字母、数字或短横 · letters, digits or hyphens')
    .optional(),
});
export const certificatePageSchema = pageOf(certificateSchema);
