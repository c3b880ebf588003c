import * as z from 'zod';
import { civilDateSchema, idSchema, pageOf, pageQuery } from '../primitives.ts';

/** Both days included; the last thirty days unless given. */
const period = { fromOn: civilDateSchema.optional(), toOn: civilDateSchema.optional() };

export const scanCountQuerySchema = z.strictObject(period);
export const scanTotalQuerySchema = z.strictObject({ ...pageQuery, ...period });

/** Days without a scan are left out. */
export const scanCountsSchema = z.object({
  codeId: idSchema,
  total: z.number().int(),
  days: z.array(z.object({ onDate: civilDateSchema, scans: z.number().int() })),
});

export const scanTotalSchema = z.object({
  codeId: idSchema,
  subjectName: z.string(),
  place: z.string(),
  scans: z.number().int(),
});
export type ScanTotal = z.output<typeof scanTotalSchema>;
export const scanTotalPageSchema = pageOf(scanTotalSchema);
