import * as z from 'zod';
import {
  areaCodeSchema,
  areaPathSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
} from '../primitives.ts';
import { placeSchema } from './schemas.ts';

export const batchStates = ['issuing', 'done'] as const;

/** Codes for every subject in force below an area that has none at the place. */
export const newAreaBatchSchema = z.strictObject({
  areaCode: areaCodeSchema,
  place: placeSchema,
});

/** Base64 of a table of at most 600 KB. */
const fileSchema = z
  .string()
  .min(1)
  .max(820_000)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'Base64 编码的文件 · a file in Base64');

/** Codes for the rows of an XLSX or CSV file: subject id, or name and unit, and place. */
export const newSheetBatchSchema = z.strictObject({ file: fileSchema });

export const batchSchema = z.object({
  id: idSchema,
  kind: z.enum(['area', 'sheet']),
  state: z.enum(batchStates),
  areaPath: areaPathSchema,
  /** Subjects for whom a code was wanted, and for how many there is one by now. */
  wanted: z.number().int(),
  issued: z.number().int(),
  /** Those that were closed, or had left the area, before their turn came. */
  leftOut: z.number().int(),
  requestedAt: instantSchema,
});
export type Batch = z.output<typeof batchSchema>;
export const batchPageSchema = pageOf(batchSchema);
export const batchQuerySchema = z.strictObject(pageQuery);
