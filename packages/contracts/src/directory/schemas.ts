import * as z from 'zod';
import { roles } from '../permission.ts';
import {
  areaCodeSchema,
  areaPathSchema,
  civilDateSchema,
  idSchema,
  nameSchema,
  pageOf,
  pageQuery,
} from '../primitives.ts';

export const areaLevels = ['city', 'banner', 'township', 'community', 'grid'] as const;
export const areaLevelSchema = z.enum(areaLevels);
export type AreaLevel = (typeof areaLevels)[number];

export const areaSchema = z.object({
  code: areaCodeSchema,
  name: nameSchema,
  level: areaLevelSchema,
  parentCode: areaCodeSchema.nullable(),
  areaPath: areaPathSchema,
});
export type Area = z.output<typeof areaSchema>;

/** Rows of the official division table, parents before or after children alike. */
export const areaImportSchema = z.strictObject({
  areas: z
    .array(
      z.strictObject({
        code: areaCodeSchema,
        name: nameSchema,
        level: areaLevelSchema,
        parentCode: areaCodeSchema.nullable(),
      }),
    )
    .min(1)
    .max(2_000),
});

export const areaQuerySchema = z.strictObject({
  ...pageQuery,
  parentCode: areaCodeSchema.optional(),
  search: z.string().min(1).max(30).optional(),
});
export const areaPageSchema = pageOf(areaSchema);

export const newProgrammeSchema = z.strictObject({ areaCode: areaCodeSchema, name: nameSchema });
export const programmeSchema = z.object({
  id: idSchema,
  name: nameSchema,
  areaCode: areaCodeSchema,
  areaPath: areaPathSchema,
});
export type Programme = z.output<typeof programmeSchema>;

export const unitKinds = [
  'guidance-centre',
  'service-centre',
  'station',
  'room',
  'organization',
] as const;
export const newUnitSchema = z.strictObject({
  name: nameSchema,
  kind: z.enum(unitKinds),
  areaCode: areaCodeSchema,
});
export const unitSchema = z.object({
  id: idSchema,
  name: nameSchema,
  kind: z.enum(unitKinds),
  areaPath: areaPathSchema,
});
export const unitPageSchema = pageOf(unitSchema);

export const subjectKinds = ['worker', 'organization', 'volunteer'] as const;
export const subjectKindSchema = z.enum(subjectKinds);

export const newSubjectSchema = z.strictObject({
  kind: subjectKindSchema,
  /** The name shown to those who scan. */
  name: nameSchema,
  /** Line under the name: the post, the field of work. */
  title: z.string().max(60).default(''),
  unitId: idSchema.nullable(),
  areaCode: areaCodeSchema,
  /** The person a worker or volunteer is; null for an organization. */
  personId: idSchema.nullable(),
});
export const subjectSchema = z.object({
  id: idSchema,
  kind: subjectKindSchema,
  name: nameSchema,
  title: z.string(),
  unitId: idSchema.nullable(),
  unitName: z.string().nullable(),
  areaName: z.string(),
  areaPath: areaPathSchema,
  personId: idSchema.nullable(),
  programmeId: idSchema.nullable(),
  isActive: z.boolean(),
  /** Grows with each change, so that a copy never goes back. */
  version: z.number().int(),
});
export type Subject = z.output<typeof subjectSchema>;
export const subjectQuerySchema = z.strictObject({
  ...pageQuery,
  kind: subjectKindSchema.optional(),
  search: z.string().min(1).max(30).optional(),
});
export const subjectPageSchema = pageOf(subjectSchema);

/** Roles that a post gives. */
export const postRoleSchema = z
  .enum(roles)
  .extract([
    'volunteer-leader',
    'grid-worker',
    'community-officer',
    'banner-officer',
    'city-officer',
    'auditor',
  ]);
export const newPostSchema = z.strictObject({
  personId: idSchema,
  /** Null for a post that gives no authority: a worker of the unit. */
  role: postRoleSchema.nullable(),
  unitId: idSchema.nullable(),
  areaCode: areaCodeSchema,
  fromOn: civilDateSchema,
  toOn: civilDateSchema.nullable(),
});
export const postSchema = z.object({
  id: idSchema,
  personId: idSchema,
  role: postRoleSchema.nullable(),
  unitId: idSchema.nullable(),
  areaPath: areaPathSchema,
  fromOn: civilDateSchema,
  toOn: civilDateSchema.nullable(),
});
export type Post = z.output<typeof postSchema>;
export const postEndSchema = z.strictObject({ toOn: civilDateSchema });
