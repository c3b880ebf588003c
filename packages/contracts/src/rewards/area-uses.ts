import * as z from 'zod';
import { areaCodeSchema, civilDateSchema } from '../primitives.ts';

export const areaUseQuerySchema = z.strictObject({ areaCode: areaCodeSchema });

/** Vouchers that shops of an area verified; null for one to four. */
const veiled = z.number().int().nullable();
export const areaUseSchema = z.object({
  areaCode: areaCodeSchema,
  on: civilDateSchema,
  today: veiled,
  thisMonth: veiled,
});
