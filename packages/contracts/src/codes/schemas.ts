import * as z from 'zod';
import { subjectKindSchema } from '../directory/schemas.ts';
import { areaPathSchema, idSchema, instantSchema, pageOf, pageQuery } from '../primitives.ts';

export const codeStates = ['active', 'rotated', 'retired', 'lost'] as const;

export const newCodeSchema = z.strictObject({
  subjectId: idSchema,
  /** Where the code hangs; one active code per subject and place. */
  place: z.string().max(60).default(''),
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

export const codeReportSchema = z.strictObject({
  reason: z.enum(['pasted-over', 'wrong-person', 'asks-for-money', 'other']),
  words: z.string().max(200).default(''),
});
