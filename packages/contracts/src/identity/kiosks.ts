import * as z from 'zod';
import {
  areaCodeSchema,
  areaPathSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuery,
} from '../primitives.ts';

export const kioskStates = ['active', 'expired', 'revoked'] as const;

/** What a screen on a wall shows its figures with: read only, of one area, for a time. */
export const kioskSchema = z.object({
  id: idSchema,
  /** Where the screen hangs, in the words of whoever made it. */
  label: nameSchema,
  areaCode: areaCodeSchema,
  areaPath: areaPathSchema,
  createdAt: instantSchema,
  expiresAt: instantSchema,
  revokedAt: instantSchema.nullable(),
  /** Within ten minutes; null before a screen used it. */
  lastSeenAt: instantSchema.nullable(),
  state: z.enum(kioskStates),
});
export type Kiosk = z.output<typeof kioskSchema>;

export const newKioskSchema = z.strictObject({
  areaCode: areaCodeSchema,
  label: nameSchema,
  days: z.number().int().min(1).max(366),
});

/** 256 random bits. */
const kioskTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const madeKioskSchema = kioskSchema.extend({
  /** Told here and nowhere else. */
  token: kioskTokenSchema,
});

export const kioskQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(kioskStates).optional(),
});
export const kioskPageSchema = pageOf(kioskSchema);

export const kioskLookUpSchema = z.strictObject({ token: kioskTokenSchema });

/** What the gateway has to know to read for a screen. */
export const kioskPrincipalSchema = z.object({
  kioskId: idSchema,
  /** Who made it, and so lets it read. */
  personId: idSchema,
  areaCode: areaCodeSchema,
  areaPath: areaPathSchema,
  /** In force over the area; null where there is none. */
  programmeId: idSchema.nullable(),
});
export type KioskPrincipal = z.output<typeof kioskPrincipalSchema>;
