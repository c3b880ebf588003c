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

export const areaStates = ['open', 'closed', 'merged'] as const;

export const areaSchema = z.object({
  code: areaCodeSchema,
  name: nameSchema,
  level: areaLevelSchema,
  parentCode: areaCodeSchema.nullable(),
  areaPath: areaPathSchema,
  /** Only an open area takes new units, subjects, posts and grids. */
  state: z.enum(areaStates).default('open'),
  /** Where a merged area went on. */
  mergedInto: areaCodeSchema.nullable().default(null),
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
  level: areaLevelSchema.optional(),
  state: z.enum(areaStates).default('open'),
  /** Part of a name, or how a code begins. */
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

export const subjectKinds = ['worker', 'organization', 'volunteer'] as const;
export const subjectKindSchema = z.enum(subjectKinds);
export type SubjectKind = (typeof subjectKinds)[number];

/** 孵化, 备案, 登记, 注销: how far an organization has come. */
export const organizationStages = ['incubating', 'recorded', 'registered', 'dissolved'] as const;
export const organizationStageSchema = z.enum(organizationStages);
export type OrganizationStage = (typeof organizationStages)[number];

/** The digest of a picture: nobody guesses it, and what it stands for never changes. */
export const photoIdSchema = z.string().regex(/^[0-9a-f]{64}$/);

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
  /** Of an organization, once one is recorded. */
  stage: organizationStageSchema.nullable().optional(),
  /** Where its picture is read, by `read-subject-photo`; null where there is none. */
  photoId: photoIdSchema.nullable().optional(),
  isActive: z.boolean(),
  /** Why staff closed it. */
  closedReason: z.string().nullable().optional(),
  /** Grows with each change, so that a copy never goes back. */
  version: z.number().int(),
});
export type Subject = z.output<typeof subjectSchema>;

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
export type PostRole = z.output<typeof postRoleSchema>;
export const postSchema = z.object({
  id: idSchema,
  personId: idSchema,
  role: postRoleSchema.nullable(),
  unitId: idSchema.nullable(),
  areaPath: areaPathSchema,
  fromOn: civilDateSchema,
  toOn: civilDateSchema.nullable(),
  /** The post that this one covers for a period, where its person is a substitute. */
  substituteFor: idSchema.nullable().optional(),
  /** Why they stand in. */
  reason: z.string().nullable().optional(),
  /** Grows with each change, so that a copy never goes back. */
  version: z.number().int().optional(),
});
export type Post = z.output<typeof postSchema>;
