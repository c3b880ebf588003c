import * as z from 'zod';
import { newConsentSchema } from '../consent.ts';
import { idSchema, instantSchema, pageOf, pageQuery } from '../primitives.ts';

/**
 * Waiting, then offered a piece that is set aside for so long, then accepted; or ended by the person,
 * by time, or with the offer of the benefit.
 */
export const waitingStates = [
  'waiting',
  'offered',
  'accepted',
  'withdrawn',
  'lapsed',
  'ended',
] as const;
export type WaitingState = (typeof waitingStates)[number];

export const newWaitingPlaceSchema = z.strictObject({ benefitId: idSchema });
export const waitingPlaceSchema = z.object({
  id: idSchema,
  benefitId: idSchema,
  benefitTitle: z.string(),
  pricePoints: z.number().int(),
  state: z.enum(waitingStates),
  joinedAt: instantSchema,
  /** How many wait before it; null once it does not wait. */
  ahead: z.number().int().nullable(),
  /** Until when a piece is set aside for it; null unless it was offered one. */
  offeredUntil: instantSchema.nullable(),
  /** Where that piece is. */
  merchantName: z.string().nullable(),
  redemptionId: idSchema.nullable(),
});
export type WaitingPlace = z.output<typeof waitingPlaceSchema>;
export const waitingPlacePageSchema = pageOf(waitingPlaceSchema);
export const waitingQuerySchema = z.strictObject(pageQuery);

/** What staff see of a list: who is next, by a masked name, and how many there are. */
export const waitingLineSchema = pageOf(
  z.object({
    id: idSchema,
    /** In the order of joining, from 1 for each benefit. */
    queueNumber: z.number().int(),
    personName: z.string(),
    state: z.enum(['waiting', 'offered']),
    joinedAt: instantSchema,
    offeredUntil: instantSchema.nullable(),
  }),
).extend({ waiting: z.number().int(), offered: z.number().int() });

export const newAssistedWaitingSchema = newWaitingPlaceSchema.extend({
  personId: idSchema,
  consent: newConsentSchema,
});
export const assistedWaitingSchema = waitingPlaceSchema.extend({ personId: idSchema });
export type AssistedWaiting = z.output<typeof assistedWaitingSchema>;
export const assistedWaitingPageSchema = pageOf(assistedWaitingSchema);
export const assistedWaitingQuerySchema = z.strictObject({
  ...pageQuery,
  personId: idSchema.optional(),
});
