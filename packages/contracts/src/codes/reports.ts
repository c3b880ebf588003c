import * as z from 'zod';
import {
  areaPathSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';
import { codeReportSchema } from './schemas.ts';

export const reportStates = ['open', 'checked'] as const;
/** The code is in order; it was withdrawn; somebody else has to see to it. */
export const reportOutcomes = ['genuine', 'retired', 'passed-on'] as const;
const reasonSchema = codeReportSchema.shape.reason;

export const suspicionSchema = z.object({
  id: idSchema,
  /** Null where the reported code is none of ours. */
  codeId: idSchema.nullable(),
  subjectName: z.string().nullable(),
  place: z.string().nullable(),
  areaPath: areaPathSchema.nullable(),
  reason: reasonSchema,
  words: z.string(),
  reportedAt: instantSchema,
  state: z.enum(reportStates),
  outcome: z.enum(reportOutcomes).nullable(),
  findings: z.string().nullable(),
  checkedAt: instantSchema.nullable(),
});
export type Suspicion = z.output<typeof suspicionSchema>;
export const suspicionPageSchema = pageOf(suspicionSchema);

export const suspicionQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(reportStates).optional(),
  reason: reasonSchema.optional(),
  /** A subtree inside one's own. */
  areaPath: areaPathSchema.optional(),
  /** Reports of codes that are none of ours, which only the city sees. */
  isUnknown: z.stringbool().default(false),
});

export const suspicionCheckSchema = z.strictObject({
  outcome: z.enum(reportOutcomes),
  /** What was found, and for `passed-on` to whom it was passed. */
  findings: wordsSchema.min(2),
});
