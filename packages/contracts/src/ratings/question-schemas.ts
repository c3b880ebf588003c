import * as z from 'zod';
import { civilDateSchema, idSchema, instantSchema, pageOf, pageQuery } from '../primitives.ts';

const localized = (most: number) =>
  z.strictObject({
    zh: z
      .string()
      .min(1)
      .max(most)
      .regex(/^[^\p{Cc}\p{Cf}]+$/u),
    en: z
      .string()
      .min(1)
      .max(most * 2)
      .regex(/^[^\p{Cc}\p{Cf}]+$/u),
  });

/** Name of a reason in the records: `too-slow`. */
export const reasonCodeSchema = z
  .string()
  .max(32)
  .regex(/^[a-z]+(-[a-z]+)*$/, '小写字母与连字符 · lower-case letters and hyphens');

export const levelSchema = z.number().int().min(1).max(5);

export const reasonSchema = z.strictObject({
  code: reasonCodeSchema,
  /** The levels it is offered for. */
  levels: z.array(levelSchema).min(1).max(5),
  text: localized(12),
});

/** How ratings become a score: the weight of each sort of rater, the prior, and how fast they age. */
export const scoringSchema = z.strictObject({
  /** Level that a subject is taken to have before anybody rated. */
  priorMean: z.number().min(1).max(5),
  /** As many ratings of that level are added. */
  priorCount: z.number().int().min(0).max(50),
  /** Weight of guests beside 1 of verified residents; they are shown apart in any case. */
  guestWeight: z.number().min(0).max(1),
  /** Weight of ratings given by staff for somebody without a phone, in scores of units and areas. */
  assistedWeight: z.number().min(0).max(1),
  /** Months in which a rating loses half its weight; null where it keeps it. */
  halfLifeMonths: z.number().int().min(1).max(120).nullable(),
});
export type Scoring = z.output<typeof scoringSchema>;

export const questionContentSchema = z.strictObject({
  question: localized(40),
  reasons: z.array(reasonSchema).max(20),
  scoring: scoringSchema,
});
export type QuestionContent = z.output<typeof questionContentSchema>;

export const newQuestionSetSchema = z.strictObject({
  content: questionContentSchema,
  fromOn: civilDateSchema,
  /** Its last day; null where it stays until the next version. */
  toOn: civilDateSchema.nullable().default(null),
});

export const questionSetSchema = z.object({
  id: idSchema,
  state: z.enum(['draft', 'published', 'withdrawn']),
  /** Null until it is published. */
  version: z.number().int().nullable(),
  content: questionContentSchema,
  fromOn: civilDateSchema,
  toOn: civilDateSchema.nullable(),
  draftedAt: instantSchema,
  publishedAt: instantSchema.nullable(),
});
export type QuestionSetView = z.output<typeof questionSetSchema>;
export const questionSetPageSchema = pageOf(questionSetSchema);
export const questionSetQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(['draft', 'published', 'withdrawn']).optional(),
});

/** What the reasons in records are called, those of earlier versions too. */
export const reasonNameListSchema = z.object({
  items: z.array(reasonSchema.pick({ code: true, text: true })),
});
