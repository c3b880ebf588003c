import * as z from 'zod';
import { areaPathSchema, idSchema, instantSchema } from '../primitives.ts';

export const sheets = [
  'a4-2x4',
  'a4-3x8',
  'label-60x40',
  'label-50x30',
  'a3-poster',
  'contact-card',
  'resident-card',
] as const;

/** How far a printer moves its picture, in millimetres; tenths are enough. */
const offsetSchema = z.number().min(-10).max(10).multipleOf(0.1).default(0);

/** A telephone number of a unit as it is printed: digits, dashes, an extension. */
const contactPhoneSchema = z
  .string()
  .max(24)
  .regex(/^(\+?[0-9][0-9 -]{2,16}( ?转 ?[0-9]{1,6})?)?$/, '电话号码 · a telephone number')
  .default('');

const idsSchema = z.array(idSchema).min(1).max(500);

/** What is printed: chosen codes, a batch of them, or residents' cards. */
export const newPrintSchema = z.strictObject({
  of: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('codes'), ids: idsSchema }),
    z.strictObject({ kind: z.literal('batch'), id: idSchema }),
    z.strictObject({ kind: z.literal('cards'), ids: idsSchema }),
  ]),
  sheet: z.enum(sheets),
  format: z.enum(['pdf', 'svg']).default('pdf'),
  offsetXMm: offsetSchema,
  offsetYMm: offsetSchema,
  contactPhone: contactPhoneSchema,
});
export type NewPrint = z.output<typeof newPrintSchema>;

export const printStates = ['waiting', 'ready', 'failed', 'expired'] as const;

export const printSchema = z.object({
  id: idSchema,
  sheet: z.enum(sheets),
  format: z.enum(['pdf', 'svg']),
  state: z.enum(printStates),
  areaPath: areaPathSchema,
  /** Cells of the print, and how many of them are drawn by now. */
  wanted: z.number().int(),
  drawn: z.number().int(),
  /** Why it failed, in the words of the person who must mend it. */
  failure: z.string().nullable(),
  requestedAt: instantSchema,
  /** Until when a ready print can be fetched. */
  expiresAt: instantSchema,
});
export type Print = z.output<typeof printSchema>;

export const calibrationQuerySchema = z.strictObject({
  offsetXMm: z.coerce.number().min(-10).max(10).default(0),
  offsetYMm: z.coerce.number().min(-10).max(10).default(0),
});
