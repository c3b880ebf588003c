import * as z from 'zod';
import {
  areaCodeSchema,
  areaPathSchema,
  civilDateSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';

/** Stations stand on four levels, an organization on any. */
export const unitKinds = [
  'guidance-centre',
  'service-centre',
  'station',
  'room',
  'organization',
] as const;
export const unitKindSchema = z.enum(unitKinds);
export type UnitKind = (typeof unitKinds)[number];
export const unitStates = ['open', 'closed'] as const;

export const addressSchema = z
  .string()
  .max(120)
  .regex(/^[^\p{Cc}]*$/u, '不能换行 · a single line');
/** The desk of a station, never the phone of a person. */
export const deskPhoneSchema = z
  .string()
  .max(20)
  .regex(/^[0-9+() -]*$/, '数字、空格、加号、括号和短横 · digits, spaces and + ( ) -');

export const newUnitSchema = z.strictObject({
  name: nameSchema,
  kind: unitKindSchema,
  areaCode: areaCodeSchema,
  address: addressSchema.default(''),
  contactPhone: deskPhoneSchema.default(''),
});
export const unitChangeSchema = z.strictObject({
  name: nameSchema,
  address: addressSchema,
  contactPhone: deskPhoneSchema,
});
export const unitSchema = z.object({
  id: idSchema,
  name: nameSchema,
  kind: unitKindSchema,
  areaPath: areaPathSchema,
  address: z.string(),
  contactPhone: z.string(),
  state: z.enum(unitStates),
});
export type Unit = z.output<typeof unitSchema>;
export const unitQuerySchema = z.strictObject({
  ...pageQuery,
  kind: unitKindSchema.optional(),
  state: z.enum(unitStates).optional(),
  areaCode: areaCodeSchema.optional(),
  search: z.string().min(1).max(30).optional(),
});
export const unitPageSchema = pageOf(unitSchema);

export const unitStateChangeSchema = z.strictObject({
  state: z.enum(unitStates),
  /** The first day of the new state. */
  onDate: civilDateSchema,
  reason: wordsSchema.min(1),
});
/** What state a unit came into, when and why; the newest first. */
export const unitStateSchema = z.object({
  state: z.enum(unitStates),
  onDate: civilDateSchema,
  reason: z.string(),
  recordedAt: instantSchema,
});
export const unitDetailSchema = unitSchema.extend({ states: z.array(unitStateSchema) });
