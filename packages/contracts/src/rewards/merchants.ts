import * as z from 'zod';
import {
  areaCodeSchema,
  areaPathSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuery,
  phoneSchema,
} from '../primitives.ts';

export const merchantStates = ['applied', 'refused', 'active', 'paused', 'closed'] as const;
export type MerchantState = (typeof merchantStates)[number];

const addressSchema = z.string().max(120).default('');

/** Staff registers a merchant that is known to them; its owner may sign in from then on. */
export const newMerchantSchema = z.strictObject({
  name: nameSchema,
  areaCode: areaCodeSchema,
  address: addressSchema,
  ownerName: nameSchema,
  ownerPhone: phoneSchema,
});

/** A person who signed in by phone applies to take part as a merchant. */
export const newApplicationSchema = z.strictObject({
  name: nameSchema,
  areaCode: areaCodeSchema,
  address: addressSchema,
  /** What is sold or done there. */
  business: z.string().min(2, '请写明经营内容 · what the business does').max(200),
});

export const merchantSchema = z.object({
  id: idSchema,
  name: z.string(),
  address: z.string(),
  areaPath: areaPathSchema,
  state: z.enum(merchantStates),
  business: z.string(),
  /** Why it was refused or paused. */
  reason: z.string().nullable(),
  /** The most that its vouchers may be worth in a calendar month; null: no ceiling. */
  monthlyCeilingCents: z.number().int().nullable(),
});
export type Merchant = z.output<typeof merchantSchema>;
export const merchantPageSchema = pageOf(merchantSchema);
export const merchantQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(merchantStates).optional(),
  search: z.string().min(1).max(30).optional(),
});
export const ceilingSchema = z.strictObject({
  monthlyCents: z.number().int().min(0).max(1_000_000_000_00).nullable(),
});

export const newShopSchema = z.strictObject({
  name: nameSchema,
  areaCode: areaCodeSchema,
  address: z.string().min(2, '请填写门店地址 · the address').max(120),
  /** `周一至周五 9:00–18:00` */
  hours: z.string().max(60).default(''),
  phone: z
    .string()
    .max(20)
    .regex(/^[0-9-]*$/, '电话只含数字和短横 · digits and hyphens')
    .default(''),
});
export const shopSchema = z.object({
  id: idSchema,
  merchantId: idSchema,
  name: z.string(),
  address: z.string(),
  hours: z.string(),
  phone: z.string(),
  areaPath: areaPathSchema,
  state: z.enum(['open', 'closed']),
});
export type Shop = z.output<typeof shopSchema>;
export const shopPageSchema = pageOf(shopSchema);
export const shopQuerySchema = z.strictObject({ ...pageQuery, merchantId: idSchema.optional() });

export const mostClerks = 50;
export const newClerkSchema = z.strictObject({
  name: nameSchema,
  phone: phoneSchema,
  shopId: idSchema.nullable().default(null),
});
export const clerkSchema = z.object({
  id: idSchema,
  shopId: idSchema.nullable(),
  state: z.enum(['active', 'removed']),
  maskedName: z.string().nullable(),
  maskedPhone: z.string().nullable(),
  /** When the phone was bound that this clerk signs in on; null before the first time. */
  deviceBoundAt: instantSchema.nullable(),
});
export type Clerk = z.output<typeof clerkSchema>;
export const clerkListSchema = z.object({ items: z.array(clerkSchema).max(mostClerks * 2) });

export const stockSchema = z.object({
  benefitId: idSchema,
  title: z.string(),
  state: z.string(),
  initialStock: z.number().int(),
  available: z.number().int(),
  reserved: z.number().int(),
  sold: z.number().int(),
});
export const stockPageSchema = pageOf(stockSchema);

export const newTopUpSchema = z.strictObject({
  benefitId: idSchema,
  pieces: z.number().int().min(1).max(100_000),
  words: z.string().max(500).default(''),
});
export const topUpStates = ['requested', 'approved', 'refused'] as const;
export const topUpSchema = z.object({
  id: idSchema,
  benefitId: idSchema,
  benefitTitle: z.string(),
  merchantId: idSchema,
  pieces: z.number().int(),
  words: z.string(),
  state: z.enum(topUpStates),
  reason: z.string().nullable(),
  requestedAt: instantSchema,
});
export type TopUp = z.output<typeof topUpSchema>;
export const topUpPageSchema = pageOf(topUpSchema);
export const topUpQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(topUpStates).optional(),
});
