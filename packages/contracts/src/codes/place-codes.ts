import * as z from 'zod';
import {
  areaCodeSchema,
  areaPathSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuery,
} from '../primitives.ts';

/** A place whose code changes all the time, for checking in: nothing to photograph and pass on. */
export const newPlaceCodeSchema = z.strictObject({
  areaCode: areaCodeSchema,
  name: nameSchema,
  opensAt: instantSchema,
  /** At most a week. */
  minutesOpen: z.number().int().min(1).max(10_080),
  /** How long one code is shown. */
  stepSeconds: z.number().int().min(15).max(300).default(30),
});

export const placeCodeSchema = z.object({
  id: idSchema,
  name: z.string(),
  areaPath: areaPathSchema,
  opensAt: instantSchema,
  closesAt: instantSchema,
  stepSeconds: z.number().int(),
  isClosed: z.boolean(),
});
export type PlaceCode = z.output<typeof placeCodeSchema>;
export const placeCodePageSchema = pageOf(placeCodeSchema);
export const placeCodeQuerySchema = z.strictObject(pageQuery);

/** What the screen at the place shows now; null outside its window. */
export const shownPlaceCodeSchema = placeCodeSchema.extend({
  code: z.string().nullable(),
  url: z.string().nullable(),
  codeValidUntil: instantSchema.nullable(),
});

/** Asked by the service that lets a person check in; the same person uses a code once. */
export const placeCheckSchema = z.strictObject({
  code: z.string().max(64),
  personId: idSchema,
});
export const checkedPlaceSchema = z.object({
  placeCodeId: idSchema,
  name: z.string(),
  areaPath: areaPathSchema,
  checkedAt: instantSchema,
});
