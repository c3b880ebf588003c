import * as z from 'zod';
import { areaCodeSchema } from '../primitives.ts';
import { followUpOutcomes } from './follow-ups.ts';
import { monthSchema, scoreFigures } from './score-schemas.ts';

export const areaReportQuerySchema = z.strictObject({
  areaCode: areaCodeSchema,
  /** The month that just ended, unless given. */
  month: monthSchema.optional(),
});

const count = z.number().int();

export const followUpFiguresSchema = z.object({
  opened: count,
  closed: count,
  /** Of the closed, those that missed no deadline. */
  closedOnTime: count,
  /** Missed their first deadline in the month. */
  overdue: count,
  openAtEnd: count,
  /** Of the closed, how they ended. */
  outcomes: z.array(z.object({ outcome: z.enum(followUpOutcomes), count })),
});
export type FollowUpFigures = z.output<typeof followUpFiguresSchema>;

const monthFigures = z.object({ month: monthSchema, ...scoreFigures });

/** An area and a month: ratings as they are told to anybody, follow-ups as officers see them. */
export const areaReportSchema = z.object({
  areaCode: areaCodeSchema,
  areaName: z.string(),
  month: monthSchema,
  ...scoreFigures,
  /** The twelve months together. */
  year: z.object(scoreFigures),
  /** The twelve months up to this one, oldest first. */
  trend: z.array(monthFigures).length(12),
  /** The areas right below, over the same twelve months. */
  parts: z.array(z.object({ areaCode: areaCodeSchema, areaName: z.string(), ...scoreFigures })),
  followUps: followUpFiguresSchema,
  notice: z.string(),
});
export type AreaReport = z.output<typeof areaReportSchema>;
