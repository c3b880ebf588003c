import * as z from 'zod';
import { areaCodeSchema, civilDateSchema, idSchema } from '../primitives.ts';
import { postRoleSchema, subjectKinds } from './schemas.ts';
import { unitKinds } from './units.ts';

/** What can be brought in and taken out as a table. */
export const tableNames = ['units', 'subjects', 'posts', 'grids'] as const;
export type TableName = (typeof tableNames)[number];
export const tableParams = z.strictObject({ table: z.enum(tableNames) });

export const xlsxMediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Rows of one import; they are written in one transaction. */
export const maxImportRows = 2_000;
/** Rows of one export; more are for narrower filters. */
export const maxExportRows = 20_000;

export const tableImportSchema = z.strictObject({
  /** An XLSX or CSV file of at most 700 KB, in base64. */
  file: z
    .string()
    .min(1)
    .max(960_000)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'base64 · base64'),
  /** Whether only to tell what would happen. */
  dryRun: z.boolean(),
});
export const tableErrorSchema = z.object({
  /** Row of the sheet from 1, or null for the table as a whole. */
  row: z.number().int().nullable(),
  column: z.string().nullable(),
  message: z.object({ zh: z.string(), en: z.string() }),
});
export type TableFault = z.output<typeof tableErrorSchema>;
export const tableImportResultSchema = z.object({
  dryRun: z.boolean(),
  rows: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** Only of a dry run: with an error nothing is brought in. */
  errors: z.array(tableErrorSchema),
});
export type TableImportResult = z.output<typeof tableImportResultSchema>;

/** The filters of the list that is taken out; each table knows its own. */
export const tableExportSchema = z.strictObject({
  areaCode: areaCodeSchema.optional(),
  search: z.string().min(1).max(30).optional(),
  kind: z.enum([...unitKinds.slice(0, 4), ...subjectKinds]).optional(),
  unitId: idSchema.optional(),
  personId: idSchema.optional(),
  role: postRoleSchema.optional(),
  on: civilDateSchema.optional(),
});
export type TableFilter = z.output<typeof tableExportSchema>;
