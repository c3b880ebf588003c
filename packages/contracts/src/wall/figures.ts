import * as z from 'zod';
import { stationLevelSchema } from '../directory/coverage.ts';
import { areaLevelSchema } from '../directory/schemas.ts';
import { areaCodeSchema, instantSchema } from '../primitives.ts';
import { monthSchema } from '../ratings/score-schemas.ts';

const count = z.number().int();
/** Null where fewer than five are behind it. */
const veiled = count.nullable();
const score = {
  count: veiled,
  mean: z.number().nullable(),
  /** Half-width of the 95 % interval. */
  margin: z.number().nullable(),
};

/** Figures of one service with the time they were read; null before they were for the first time. */
const section = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject({ at: instantSchema, ...shape }).nullable();

/**
 * All that a wall shows: what is not written here never leaves for one. Areas are named, people,
 * units and merchants are not.
 */
export const wallFiguresSchema = z.strictObject({
  at: instantSchema,
  areas: section({
    area: z.strictObject({ code: areaCodeSchema, name: z.string(), level: areaLevelSchema }),
    parts: z.array(z.strictObject({ code: areaCodeSchema, name: z.string() })).max(300),
  }),
  today: section({ ratings: veiled, openFollowUps: veiled, overdueFollowUps: veiled }),
  ratings: section({
    month: z.strictObject(score),
    /** The last twelve months. */
    year: z.strictObject({ ...score, levels: z.array(veiled).length(5) }),
    trend: z.array(z.strictObject({ month: monthSchema, ...score })).max(12),
    parts: z.array(z.strictObject({ code: areaCodeSchema, ...score })).max(300),
    closedFollowUps: veiled,
    closedOnTime: veiled,
  }),
  coverage: section({
    levels: z.array(
      z.strictObject({
        level: stationLevelSchema,
        areas: count,
        withStation: count,
        withCertifiedWorker: count,
      }),
    ),
    certifiedWorkers: count,
    parts: z
      .array(z.strictObject({ code: areaCodeSchema, hasStation: z.boolean(), workers: count }))
      .max(300),
  }),
  points: section({
    outstanding: count,
    funded: count,
    /** Outstanding points for a hundred that are funded. */
    percent: count.nullable(),
  }),
  redemptions: section({ today: veiled, thisMonth: veiled }),
  volunteering: section({
    people: veiled,
    verifiedMinutes: veiled,
    services: veiled,
    teams: count,
    parts: z.array(z.strictObject({ code: areaCodeSchema, verifiedMinutes: veiled })).max(300),
  }),
});
export type WallFigures = z.output<typeof wallFiguresSchema>;
