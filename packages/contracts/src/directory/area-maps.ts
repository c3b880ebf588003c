import * as z from 'zod';
import { areaCodeSchema, instantSchema } from '../primitives.ts';

/** A file of the outlines of some hundred areas, made smaller beforehand. */
export const maxMapBytes = 2 * 1024 * 1024;
const mostFeatures = 300;

/** Longitude and latitude, perhaps with a height. */
const position = z.array(z.number().min(-500).max(9_000)).min(2).max(3);
const ring = z.array(position).min(4).max(20_000);
const polygon = z.array(ring).min(1).max(200);

const geometrySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Polygon'), coordinates: polygon }),
  z.strictObject({
    type: z.literal('MultiPolygon'),
    coordinates: z.array(polygon).min(1).max(500),
  }),
]);

/** As programs for maps write it (RFC 7946); of its properties only the code of the area is read. */
const givenMapSchema = z.strictObject({
  type: z.literal('FeatureCollection'),
  features: z
    .array(
      z.strictObject({
        type: z.literal('Feature'),
        id: z.union([z.string().max(60), z.number()]).optional(),
        bbox: z.unknown().optional(),
        properties: z.record(z.string().max(60), z.unknown()),
        geometry: geometrySchema,
      }),
    )
    .min(1)
    .max(mostFeatures),
  name: z.string().max(200).optional(),
  crs: z.unknown().optional(),
  bbox: z.unknown().optional(),
});
export type GivenMap = z.output<typeof givenMapSchema>;

export const areaMapChangeSchema = z.strictObject({
  /** Outlines of the areas right below; null takes the map away. */
  map: givenMapSchema.nullable(),
});

/** Outlines with the codes and names of the house, and nothing else of the file. */
export const areaMapSchema = z.object({
  areaCode: areaCodeSchema,
  setAt: instantSchema,
  map: z.object({
    type: z.literal('FeatureCollection'),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        properties: z.strictObject({ code: areaCodeSchema, name: z.string() }),
        geometry: geometrySchema,
      }),
    ),
  }),
});
export type AreaMap = z.output<typeof areaMapSchema>;

export const setMapSchema = z.object({
  areaCode: areaCodeSchema,
  /** How many of the areas right below the map has; none without a map. */
  outlined: z.number().int(),
  areas: z.number().int(),
});
