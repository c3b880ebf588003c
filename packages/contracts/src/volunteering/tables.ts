import * as z from 'zod';
import { tableErrorSchema } from '../directory/tables.ts';
import { areaCodeSchema, civilDateSchema } from '../primitives.ts';
import { activityStates } from './activities.ts';
import { hoursKinds } from './hours.ts';

/** Rows of one import; they are written in one transaction, each under the lock of its person. */
export const maxRosterRows = 200;
/** Rows of one export; more are for narrower filters. */
export const maxExportRows = 20_000;
/** An XLSX or CSV file of at most 150 KB, in base64. */
export const maxRosterText = 200_000;

export const rosterImportSchema = z.strictObject({
  file: z
    .string()
    .min(1)
    .max(maxRosterText)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'base64 · base64'),
  /** Whether only to tell what would happen. */
  dryRun: z.boolean(),
});
export const rosterImportResultSchema = z.object({
  dryRun: z.boolean(),
  rows: z.number().int(),
  added: z.number().int(),
  /** Those who were in before. */
  unchanged: z.number().int(),
  /** Only of a dry run: with an error nobody is brought in. */
  errors: z.array(tableErrorSchema),
});
export type RosterImportResult = z.output<typeof rosterImportResultSchema>;
export type RosterFault = z.output<typeof tableErrorSchema>;

export const hoursTableSchema = z.strictObject({
  kind: z.enum(hoursKinds).optional(),
  areaCode: areaCodeSchema.optional(),
  /** The days on which they began, both included. */
  from: civilDateSchema.optional(),
  to: civilDateSchema.optional(),
});
export const activityTableSchema = z.strictObject({
  state: z.enum(activityStates).optional(),
  search: z.string().min(1).max(40).optional(),
});
