import * as z from 'zod';
import {
  areaCodeSchema,
  areaPathSchema,
  civilDateSchema,
  idSchema,
  nameSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';

export const projectStates = ['draft', 'approved', 'running', 'closed'] as const;
export type ProjectState = (typeof projectStates)[number];

const target = z.number().int().min(1).max(1_000_000).nullable().default(null);
const projectFields = {
  title: nameSchema,
  goal: wordsSchema.min(2, '请写明目标 · the goal'),
  /** The days whose hours count, both included. */
  fromOn: civilDateSchema,
  toOn: civilDateSchema,
  /** What is aimed at; what was reached is counted from the records and never typed in. */
  targetActivities: target,
  targetPeople: target,
  targetHours: target,
};
export const newTeamProjectSchema = z.strictObject(projectFields);
export const newAreaProjectSchema = z.strictObject({ ...projectFields, areaCode: areaCodeSchema });
export const projectChangeSchema = z.strictObject(projectFields);
export const projectOfActivitySchema = z.strictObject({ projectId: idSchema.nullable() });

export const projectSchema = z.object({
  id: idSchema,
  /** Null where an area runs it, with any of its teams. */
  teamId: idSchema.nullable(),
  teamName: z.string().nullable(),
  title: z.string(),
  goal: z.string(),
  areaPath: areaPathSchema,
  fromOn: civilDateSchema,
  toOn: civilDateSchema,
  state: z.enum(projectStates),
  targetActivities: z.number().int().nullable(),
  targetPeople: z.number().int().nullable(),
  targetHours: z.number().int().nullable(),
  /** Activities of it that were published. */
  activities: z.number().int(),
  /** Null where fewer than five people are behind it. */
  people: z.number().int().nullable(),
  services: z.number().int().nullable(),
  verifiedMinutes: z.number().int().nullable(),
});
export type Project = z.output<typeof projectSchema>;
export const projectPageSchema = pageOf(projectSchema);
export const publicProjectQuerySchema = z.strictObject({ ...pageQuery, programmeId: idSchema });
export const projectQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(projectStates).optional(),
});
export const projectMarkSchema = z.object({
  activityId: idSchema,
  projectId: idSchema.nullable(),
});
