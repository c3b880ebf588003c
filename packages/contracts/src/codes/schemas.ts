import * as z from 'zod';
import { photoIdSchema, subjectKindSchema } from '../directory/schemas.ts';
import { areaPathSchema, idSchema, instantSchema, pageOf, pageQuery } from '../primitives.ts';

export const codeStates = ['active', 'rotated', 'retired', 'lost'] as const;

/** Where a code hangs; one active code per subject and place. */
export const placeSchema = z
  .string()
  .max(60)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u)
  .default('');

export const newCodeSchema = z.strictObject({
  subjectId: idSchema,
  place: placeSchema,
});
export const codeSchema = z.object({
  id: idSchema,
  subjectId: idSchema,
  subjectName: z.string(),
  place: z.string(),
  state: z.enum(codeStates),
  /** Address printed in the QR. */
  url: z.string(),
  /** Typed by those who cannot scan, `ABCD-EFGH-J`. */
  shortCode: z.string(),
  areaPath: areaPathSchema,
  issuedAt: instantSchema,
});
export type Code = z.output<typeof codeSchema>;
export const codePageSchema = pageOf(codeSchema);
export const codeQuerySchema = z.strictObject({
  ...pageQuery,
  subjectId: idSchema.optional(),
  state: z.enum(codeStates).optional(),
});
export const ownCodeQuerySchema = z.strictObject(pageQuery);
export const codeClosingSchema = z.strictObject({
  state: z.enum(['retired', 'lost']),
});
export const rotationSchema = z.strictObject({
  /** Hours for which the old code still works. */
  graceHours: z.number().int().min(0).max(72).default(24),
});

/** What a scan shows: nobody's phone, nobody's id number. */
export const scanSchema = z.object({
  codeId: idSchema,
  subject: z.object({
    id: idSchema,
    kind: subjectKindSchema,
    name: z.string(),
    title: z.string(),
    unitId: idSchema.nullable(),
    unitName: z.string().nullable(),
    areaName: z.string(),
    /** Where the picture of the subject is read, by `directory.read-subject-photo`. */
    photoId: photoIdSchema.nullable().optional(),
  }),
  place: z.string(),
});
export type Scan = z.output<typeof scanSchema>;

/** The same with what the rating service needs to know and the public does not. */
export const resolvedScanSchema = scanSchema.extend({
  areaPath: areaPathSchema,
  programmeId: idSchema.nullable(),
  subjectPersonId: idSchema.nullable(),
});
export type ResolvedScan = z.output<typeof resolvedScanSchema>;

/** Whether a person looks at the page now, which is counted, or a program or a form asks. */
export const scanPurposeSchema = z.strictObject({ isVisit: z.stringbool().default(false) });

export const codeReportSchema = z.strictObject({
  reason: z.enum(['pasted-over', 'wrong-person', 'asks-for-money', 'other']),
  words: z.string().max(200).default(''),
});
