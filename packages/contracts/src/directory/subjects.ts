import * as z from 'zod';
import { pictureSchema } from '../pictures.ts';
import {
  areaCodeSchema,
  civilDateSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';
import { organizationStageSchema, subjectKindSchema, subjectSchema } from './schemas.ts';

const titleSchema = z
  .string()
  .max(60)
  .regex(/^[^\p{Cc}]*$/u, '不能换行 · a single line');

export const newSubjectSchema = z.strictObject({
  kind: subjectKindSchema,
  /** The name shown to those who scan. */
  name: nameSchema,
  /** Line under the name: the post, the field of work. */
  title: titleSchema.default(''),
  unitId: idSchema.nullable(),
  areaCode: areaCodeSchema,
  /** The person a worker or volunteer is; null for an organization. */
  personId: idSchema.nullable(),
});
export const subjectChangeSchema = z.strictObject({ name: nameSchema, title: titleSchema });
export const subjectTransferSchema = z.strictObject({
  unitId: idSchema.nullable(),
  areaCode: areaCodeSchema,
});
export const subjectClosingSchema = z.strictObject({ reason: wordsSchema.min(1) });

/** The picture that those who scan see, made small; null takes it away. */
export const subjectPhotoSchema = z.strictObject({ data: pictureSchema.nullable() });

export const subjectQuerySchema = z.strictObject({
  ...pageQuery,
  kind: subjectKindSchema.optional(),
  stage: organizationStageSchema.optional(),
  unitId: idSchema.optional(),
  areaCode: areaCodeSchema.optional(),
  isActive: z.enum(['true', 'false']).optional(),
  search: z.string().min(1).max(30).optional(),
});
export const subjectPageSchema = pageOf(subjectSchema);

/** What somebody serves as: a subject that is themselves, or an organization in whose unit they serve. */
export const ownSubjectSchema = subjectSchema
  .pick({ id: true, kind: true, name: true, title: true, unitName: true, areaName: true })
  .extend({ isOwn: z.boolean() });
/** As many as somebody has posts; their own come first. */
export const ownSubjectListSchema = z.object({ items: z.array(ownSubjectSchema) });

export const stageChangeSchema = z.strictObject({
  stage: organizationStageSchema,
  onDate: civilDateSchema,
  /** What shows it: the number of the record, the minutes; or the reason of a step back. */
  evidence: wordsSchema.min(1),
});
export const stageSchema = z.object({
  stage: organizationStageSchema,
  onDate: civilDateSchema,
  evidence: z.string(),
  recordedAt: instantSchema,
});
/** The stages of an organization, the newest first. */
export const stageListSchema = z.object({ items: z.array(stageSchema) });
