import * as z from 'zod';
import {
  areaCodeSchema,
  areaPathSchema,
  civilDateSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';

export const activityStates = [
  'draft',
  'submitted',
  'approved',
  'published',
  'closed',
  'cancelled',
] as const;
export type ActivityState = (typeof activityStates)[number];

const age = z.number().int().min(6).max(100).nullable().default(null);
const activityFields = {
  title: nameSchema,
  words: wordsSchema.default(''),
  /** Within the area of the team. */
  areaCode: areaCodeSchema,
  place: nameSchema,
  leastAge: age,
  mostAge: age,
  /** A resident who is served and says so; without one the leader's word is enough. */
  beneficiaryId: idSchema.nullable().default(null),
};
export const newActivitySchema = z.strictObject({ ...activityFields, teamId: idSchema });
export const activityChangeSchema = z.strictObject(activityFields);

/** Twelve hours at the most: longer service is cut into shifts. */
export const longestShiftMinutes = 720;
export const newShiftSchema = z.strictObject({
  startsAt: instantSchema,
  minutes: z.number().int().min(15).max(longestShiftMinutes),
  /** For anybody; those that a skill is wanted for come on top. */
  places: z.number().int().min(0).max(5_000),
  skillPlaces: z
    .array(z.strictObject({ skillId: idSchema, places: z.number().int().min(1).max(500) }))
    .max(10)
    .default([]),
  /** The changing code of the place, as codes opened it. */
  placeCodeId: idSchema.nullable().default(null),
});
export const placeCodeOfShiftSchema = z.strictObject({ placeCodeId: idSchema.nullable() });
export const reasonSchema = z.strictObject({
  reason: wordsSchema.min(2, '请写明原因 · a reason').max(200),
});

export const seatSchema = z.object({
  /** Null for anybody. */
  skillId: idSchema.nullable(),
  places: z.number().int(),
  taken: z.number().int(),
});
export const shiftSchema = z.object({
  id: idSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  isCancelled: z.boolean(),
  seats: z.array(seatSchema),
  /** Whether the place shows a code to check in by. */
  hasPlaceCode: z.boolean(),
});
export type Shift = z.output<typeof shiftSchema>;

export const activitySchema = z.object({
  id: idSchema,
  teamId: idSchema,
  teamName: z.string(),
  title: z.string(),
  words: z.string(),
  areaPath: areaPathSchema,
  place: z.string(),
  state: z.enum(activityStates),
  leastAge: z.number().int().nullable(),
  mostAge: z.number().int().nullable(),
  hasBeneficiary: z.boolean(),
  /** Why it was returned or cancelled. */
  reason: z.string().nullable(),
  createdAt: instantSchema,
});
export type Activity = z.output<typeof activitySchema>;
export const wholeActivitySchema = activitySchema.extend({ shifts: z.array(shiftSchema) });
export const activityPageSchema = pageOf(activitySchema);
export const activityQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(activityStates).optional(),
  search: z.string().min(1).max(40).optional(),
});

/** What can be signed up for, the soonest first. */
export const openShiftSchema = shiftSchema.extend({
  activityId: idSchema,
  title: z.string(),
  place: z.string(),
  areaPath: areaPathSchema,
  teamName: z.string(),
});
export type OpenShift = z.output<typeof openShiftSchema>;
export const openShiftPageSchema = pageOf(openShiftSchema);
export const openShiftQuerySchema = z.strictObject({
  ...pageQuery,
  search: z.string().min(1).max(40).optional(),
  /** A day in Asia/Shanghai. */
  on: civilDateSchema.optional(),
  areaCode: areaCodeSchema.optional(),
  /** Shifts with a place for this skill. */
  skillId: idSchema.optional(),
});
