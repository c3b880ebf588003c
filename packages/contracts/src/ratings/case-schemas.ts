import * as z from 'zod';
import {
  areaPathSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';

/**
 * What makes ratings be looked at: many for one subject from one network within minutes, many people
 * on one device within a day, two people who rate each other, and staff who rate their own unit.
 */
export const casePatterns = ['burst', 'device', 'pair', 'own-unit'] as const;
export type CasePattern = (typeof casePatterns)[number];

/** Lapsed: nobody decided within five working days, and nothing waits for it any longer. */
export const caseStates = ['open', 'harmless', 'suspicious', 'lapsed'] as const;

export const caseSchema = z.object({
  id: idSchema,
  pattern: z.enum(casePatterns),
  areaPath: areaPathSchema,
  /** How many ratings were found. */
  ratings: z.number().int(),
  state: z.enum(caseStates),
  openedAt: instantSchema,
  dueAt: instantSchema,
  decidedByRole: z.string().nullable(),
  decidedWords: z.string().nullable(),
});
export type WatchCase = z.output<typeof caseSchema>;
export const casePageSchema = pageOf(caseSchema);
export const caseQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(caseStates).optional(),
});
export const caseRatingsQuerySchema = z.strictObject(pageQuery);
export const caseDecisionSchema = z.strictObject({
  /** It changes no rating: what is misuse is flagged one by one, with evidence. */
  decision: z.enum(['harmless', 'suspicious']),
  words: wordsSchema.min(1),
});
