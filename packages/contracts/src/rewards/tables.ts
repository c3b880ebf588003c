import * as z from 'zod';
import { civilDateSchema, idSchema } from '../primitives.ts';
import { benefitKinds, benefitStates } from './benefits.ts';

export const maxImportRows = 500;
export const maxExportRows = 10_000;
const maxFileBytes = 2 * 1024 * 1024;
export const maxFileText = Math.ceil(maxFileBytes / 3) * 4;

export const benefitImportSchema = z.strictObject({
  /** XLSX or CSV as base64. */
  file: z
    .string()
    .min(1)
    .max(maxFileText, '文件不能超过 2 MB · at most 2 MB')
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, '文件须以 base64 提交 · the file as base64'),
  /** Only tells what would happen. */
  dryRun: z.boolean().default(false),
});
const faultSchema = z.object({
  row: z.number().int().nullable(),
  column: z.string().nullable(),
  message: z.object({ zh: z.string(), en: z.string() }),
});
export type BenefitFault = z.output<typeof faultSchema>;
export const benefitImportResultSchema = z.object({
  dryRun: z.boolean(),
  rows: z.number().int(),
  /** Drafts that were made, or would be. */
  drafted: z.number().int(),
  errors: z.array(faultSchema).max(200),
});
export type BenefitImportResult = z.output<typeof benefitImportResultSchema>;
export const benefitExportSchema = z.strictObject({
  kind: z.enum(benefitKinds).optional(),
  state: z.enum(benefitStates).optional(),
});

export const verificationExportSchema = z.strictObject({
  fromOn: civilDateSchema,
  toOn: civilDateSchema,
});
export const dayQuerySchema = z.strictObject({
  fromOn: civilDateSchema,
  toOn: civilDateSchema,
  shopId: idSchema.optional(),
});
/** What was verified in a day, counted from the verifications themselves. */
export const dayTotalsSchema = z.object({
  items: z
    .array(
      z.object({ day: civilDateSchema, verified: z.number().int(), valueCents: z.number().int() }),
    )
    .max(92),
});
