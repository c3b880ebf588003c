import * as z from 'zod';
import { areaCodeSchema, areaPathSchema, nameSchema, pageOf, pageQuery } from '../primitives.ts';
import { areaLevelSchema } from './schemas.ts';

/** The levels that have a station of their own. */
export const stationLevels = ['city', 'banner', 'township', 'community'] as const;
export const stationLevelSchema = z.enum(stationLevels);
export type StationLevel = (typeof stationLevels)[number];

export const coverageSchema = z.object({
  areaCode: areaCodeSchema,
  levels: z.array(
    z.object({
      level: stationLevelSchema,
      /** Open areas of the level in the subtree. */
      areas: z.number().int(),
      /** Those with an open station of the kind that fits the level. */
      withStation: z.number().int(),
      /** Those with a worker, there or below, whose certificate is valid today. */
      withCertifiedWorker: z.number().int(),
    }),
  ),
  /** Workers in the subtree whose certificate is valid today. */
  certifiedWorkers: z.number().int(),
});
export type Coverage = z.output<typeof coverageSchema>;

export const coverageAreaQuerySchema = z.strictObject({
  ...pageQuery,
  level: stationLevelSchema,
  /** Only the areas without one. */
  lacking: z.enum(['station', 'certified-worker']).optional(),
});
export const coverageAreaSchema = z.object({
  code: areaCodeSchema,
  name: nameSchema,
  level: areaLevelSchema,
  areaPath: areaPathSchema,
  hasStation: z.boolean(),
  certifiedWorkers: z.number().int(),
});
export type CoverageArea = z.output<typeof coverageAreaSchema>;
export const coverageAreaPageSchema = pageOf(coverageAreaSchema);
