import * as z from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery, phoneSchema } from '../primitives.ts';

/** Offered to one person, who accepts or refuses; `lapsed` when its voucher ended before. */
export const giftStates = [
  'offered',
  'accepted',
  'refused',
  'taken-back',
  'expired',
  'lapsed',
] as const;
export type GiftState = (typeof giftStates)[number];

export const newGiftSchema = z.strictObject({ phone: phoneSchema });
export const giftSchema = z.object({
  id: idSchema,
  direction: z.enum(['given', 'received']),
  state: z.enum(giftStates),
  benefitTitle: z.string(),
  merchantName: z.string(),
  /** Who gives, masked. */
  giverName: z.string(),
  /** Whom it is offered to, masked: `138****1234`. */
  receiverPhone: z.string(),
  voucherExpiresAt: instantSchema,
  offeredAt: instantSchema,
  offerEndsAt: instantSchema,
  decidedAt: instantSchema.nullable(),
  /** For who accepted it: the voucher is theirs. */
  voucherId: idSchema.nullable(),
});
export type Gift = z.output<typeof giftSchema>;
export const giftPageSchema = pageOf(giftSchema);
export const giftQuerySchema = z.strictObject({
  ...pageQuery,
  direction: z.enum(['given', 'received']).default('received'),
});
