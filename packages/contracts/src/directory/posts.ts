import * as z from 'zod';
import {
  areaCodeSchema,
  civilDateSchema,
  idSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';
import { postRoleSchema, postSchema } from './schemas.ts';

export const newPostSchema = z.strictObject({
  personId: idSchema,
  /** Null for a post that gives no authority: a worker of the unit. */
  role: postRoleSchema.nullable(),
  unitId: idSchema.nullable(),
  areaCode: areaCodeSchema,
  fromOn: civilDateSchema,
  toOn: civilDateSchema.nullable(),
});
export const postPageSchema = pageOf(postSchema);
export const postQuerySchema = z.strictObject({
  ...pageQuery,
  personId: idSchema.optional(),
  unitId: idSchema.optional(),
  areaCode: areaCodeSchema.optional(),
  role: postRoleSchema.optional(),
  /** Posts in force on this day. */
  on: civilDateSchema.optional(),
});
export const postEndSchema = z.strictObject({ toOn: civilDateSchema });

/** Somebody has the authority of a post for some days, both included. */
export const substitutionSchema = z.strictObject({
  personId: idSchema,
  fromOn: civilDateSchema,
  toOn: civilDateSchema,
  reason: wordsSchema.min(1).max(200),
});
