import * as z from 'zod';
import {
  areaPathSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';

/**
 * What a benefit may be. A basic public service is none of them: schools, medical care, social
 * insurance, subsidies, permits, police, housing and jobs are never priced in points.
 */
export const benefitKinds = ['goods', 'service', 'discount', 'space', 'training'] as const;
export const payers = ['donated', 'subsidised', 'fund'] as const;
export const benefitStates = [
  'draft',
  'submitted',
  'approved',
  'published',
  'paused',
  'withdrawn',
  'ended',
] as const;
export type BenefitState = (typeof benefitStates)[number];

/**
 * How scarce pieces are handed out. It is one of the terms, which never change once they are
 * submitted: whoever stands in a line relies on it.
 */
export const allocations = ['first-come', 'waiting-list', 'draw'] as const;
export type Allocation = (typeof allocations)[number];

export const mostMerchants = 20;
export const titleSchema = z
  .string()
  .min(1, '请填写名称 · a title')
  .max(60, '名称不超过 60 个字 · at most 60 characters');
const limit = z.number().int().min(1).max(100).nullable().default(null);
const stockSchema = z.number().int().min(1).max(1_000_000);
export const newShareSchema = z.strictObject({ merchantId: idSchema, stock: stockSchema });

export const newBenefitSchema = z.strictObject({
  title: titleSchema,
  description: wordsSchema.default(''),
  kind: z.enum(benefitKinds),
  pricePoints: z.number().int().min(1).max(100_000),
  /** Standing a resident needs. */
  minimumStanding: z.number().int().min(0).max(100_000).default(0),
  /** Pieces at the first merchant. */
  stock: stockSchema,
  merchantId: idSchema,
  /** Further merchants, each with its own pieces. */
  alsoAt: z
    .array(newShareSchema)
    .max(mostMerchants - 1)
    .default([]),
  /** Vouchers one person may have in a calendar day, ISO week, month and altogether. */
  perPersonPerDay: limit,
  perPersonPerWeek: limit,
  perPersonPerMonth: z.number().int().min(1).max(100).default(1),
  perPersonInTotal: limit,
  /** Days for which an issued voucher is good. */
  validDays: z.number().int().min(1).max(365).default(30),
  payer: z.enum(payers),
  /** Face value of one piece, which a settlement line carries. */
  unitValueCents: z.number().int().min(0).max(100_000_00).default(0),
  /** The sponsor's budget that each redemption is taken from. */
  budgetId: idSchema.nullable().default(null),
  /** From when until when it is on offer; null: as soon as it is published, until it is withdrawn. */
  opensAt: instantSchema.nullable().default(null),
  closesAt: instantSchema.nullable().default(null),
  allocation: z.enum(allocations).default('first-come'),
});
export type NewBenefit = z.output<typeof newBenefitSchema>;

export const shareSchema = z.object({
  merchantId: idSchema,
  merchantName: z.string(),
  available: z.number().int(),
});

export const benefitSchema = z.object({
  id: idSchema,
  title: z.string(),
  description: z.string(),
  kind: z.enum(benefitKinds),
  pricePoints: z.number().int(),
  minimumStanding: z.number().int(),
  /** At all of its merchants together. */
  available: z.number().int(),
  perPersonPerDay: z.number().int().nullable(),
  perPersonPerWeek: z.number().int().nullable(),
  perPersonPerMonth: z.number().int(),
  perPersonInTotal: z.number().int().nullable(),
  validDays: z.number().int(),
  /** The first of its merchants. */
  merchantId: idSchema,
  merchantName: z.string(),
  merchants: z.array(shareSchema).max(mostMerchants),
  payer: z.enum(payers),
  unitValueCents: z.number().int(),
  budgetId: idSchema.nullable(),
  opensAt: instantSchema.nullable(),
  closesAt: instantSchema.nullable(),
  allocation: z.enum(allocations),
  /** Which version of its words is shown. */
  textVersion: z.number().int(),
  hasPicture: z.boolean(),
  areaPath: areaPathSchema,
  state: z.enum(benefitStates),
  /** Why it was sent back, while it is a draft again. */
  refusal: z.string().nullable(),
});
export type Benefit = z.output<typeof benefitSchema>;
export const benefitPageSchema = pageOf(benefitSchema);

const meter = z.coerce.number().int().min(0).max(1_000_000_000).optional();
export const benefitQuerySchema = z.strictObject({
  ...pageQuery,
  search: z.string().min(1).max(30).optional(),
  kind: z.enum(benefitKinds).optional(),
  merchantId: idSchema.optional(),
  /** For staff and shops; residents see what is published. */
  state: z.enum(benefitStates).optional(),
  /**
   * What somebody with so many points and so much standing can get now. The screen of the person
   * knows both; they are not asked of points, and not kept.
   */
  withPoints: meter,
  withStanding: meter,
  /** What opens above a standing, up to `untilStanding` where that is given: the next level's. */
  aboveStanding: meter,
  untilStanding: meter,
  /** `near`: the own community first, then its township, banner and city. */
  sort: z.enum(['newest', 'near']).default('newest'),
});
export type BenefitQuery = z.output<typeof benefitQuerySchema>;

export const reasonSchema = z.strictObject({
  reason: wordsSchema.min(2, '请写明原因 · give a reason'),
});

export const maxPictureBytes = 5 * 1024 * 1024;
/** Base64 makes four characters of three bytes. */
export const maxPictureText = Math.ceil(maxPictureBytes / 3) * 4;
const pictureText = z
  .string()
  .min(1)
  .max(maxPictureText, '图片不能超过 5 MB · at most 5 MB')
  .regex(/^[A-Za-z0-9+/]+={0,2}$/, '图片须以 base64 提交 · the picture as base64');
/** A picture, JPEG, PNG or WebP. */
export const newPictureSchema = z.strictObject({ data: pictureText });

/** Other words for a benefit that was approved before; what was sold keeps the words it had. */
export const newTextSchema = z.strictObject({
  title: titleSchema,
  description: wordsSchema.default(''),
  /** Without it the picture stays. */
  picture: pictureText.optional(),
});
export const benefitTextSchema = z.object({
  version: z.number().int(),
  title: z.string(),
  description: z.string(),
  hasPicture: z.boolean(),
  state: z.enum(['proposed', 'approved', 'refused']),
  proposedAt: instantSchema,
  decidedAt: instantSchema.nullable(),
});
export const benefitTextPageSchema = pageOf(benefitTextSchema);
