import * as z from 'zod';
import { civilDateSchema, idSchema, pageOf, pageQuery } from '../primitives.ts';

const period = { fromOn: civilDateSchema, toOn: civilDateSchema };
const isInOrder = ({ fromOn, toOn }: { fromOn: string; toOn: string }) => {
  const days = (Date.parse(toOn) - Date.parse(fromOn)) / 86_400_000;
  return days >= 0 && days <= 366;
};
const wanted = { message: '起止日期应在一年之内 · from before to, at most a year', path: ['toOn'] };

/** Both days included. */
export const scanCountQuerySchema = z.strictObject(period).refine(isInOrder, wanted);
export const scanTotalQuerySchema = z
  .strictObject({ ...pageQuery, ...period })
  .refine(isInOrder, wanted);

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
