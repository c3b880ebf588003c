import * as z from 'zod';
import { publicityDaysSchema } from '../notices/schemas.ts';
import { idSchema, instantSchema, nameSchema, pageOf, pageQuery } from '../primitives.ts';

/** One to five stars 星级. */
export const mostStars = 5;
const usualStarHours = [100, 300, 600, 1_000, 1_500];

/** What a programme sets for stars and certificates; each change is a version that stays. */
export const newRecognitionRulesSchema = z.strictObject({
  /** Verified hours that each star takes, the first star first. */
  starHours: z
    .array(z.number().int().min(1).max(100_000))
    .min(mostStars)
    .max(mostStars)
    .refine(
      (hours) => hours.every((one, index) => index === 0 || one > (hours[index - 1] ?? 0)),
      '每一级须高于前一级 · each star takes more than the one before',
    )
    .default(usualStarHours),
  /** Working days on the board before a star counts. */
  publicityDays: publicityDaysSchema.default(5),
  /** Days to appeal before a star ends. */
  appealDays: z.number().int().min(7).max(60).default(15),
  /** Who issues certificates, as it stands on them; without it none are made. */
  issuer: nameSchema.max(40).nullable().default(null),
  /** Where somebody may ask about a certificate. */
  contact: z
    .string()
    .regex(/^[0-9][0-9-]{4,19}$/, '咨询电话 · a telephone number')
    .nullable()
    .default(null),
});
export type RecognitionTerms = z.output<typeof newRecognitionRulesSchema>;
export const recognitionRulesSchema = newRecognitionRulesSchema.extend({
  /** 0 where the programme has set nothing. */
  version: z.number().int(),
  /** Null for readers who are not staff. */
  setBy: idSchema.nullable(),
  setAt: instantSchema.nullable(),
});
export type RecognitionRules = z.output<typeof recognitionRulesSchema>;
export const recognitionRulesPageSchema = pageOf(recognitionRulesSchema);
export const recognitionRulesQuerySchema = z.strictObject(pageQuery);
