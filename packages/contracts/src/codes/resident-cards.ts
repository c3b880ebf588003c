import * as z from 'zod';
import {
  areaCodeSchema,
  areaPathSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  scopePathSchema,
} from '../primitives.ts';

/** A card for a resident without a phone; one in force for each person. */
export const newResidentCardSchema = z.strictObject({
  personId: idSchema,
  /** Where the resident is at home, and whose staff may use the card. */
  areaCode: areaCodeSchema,
});

export const residentCardSchema = z.object({
  id: idSchema,
  personId: idSchema,
  state: z.enum(['active', 'revoked']),
  areaPath: areaPathSchema,
  /** As it is printed on the card and typed by staff, `7KX-29M-4QT`. */
  shortCode: z.string(),
  issuedAt: instantSchema,
  revokedAt: instantSchema.nullable(),
});
export type ResidentCard = z.output<typeof residentCardSchema>;
export const residentCardPageSchema = pageOf(residentCardSchema);
export const residentCardQuerySchema = z.strictObject({
  ...pageQuery,
  personId: idSchema.optional(),
});

/** Whom a card in force is for, told to signed-in staff of the area alone. */
export const cardHolderSchema = z.object({
  cardId: idSchema,
  personId: idSchema,
  areaPath: areaPathSchema,
});

/** Asked by the service in which staff act for somebody by their card. */
export const cardCheckSchema = z.strictObject({
  card: z.string().max(64),
  /** Where the staff who hold the card act. */
  areaPaths: z.array(scopePathSchema).max(50),
});
