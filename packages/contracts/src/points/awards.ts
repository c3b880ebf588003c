import * as z from 'zod';
import {
  civilDateSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';
import { awardAmountSchema, slugSchema } from './rule-schemas.ts';

/**
 * Where an award stands. Proposed: waits for another officer. Publishing: on its way to the public
 * board. Published: on the board; objected: somebody there has an objection that is not answered.
 * Maturing and active: granted, its points waiting or spendable. Withdrawn: never granted.
 * Forfeited: the person left while it was maturing. Reversed: taken back. Undone: its person took back
 * what it was for.
 */
export const awardStates = [
  'proposed',
  'publishing',
  'published',
  'objected',
  'maturing',
  'active',
  'withdrawn',
  'forfeited',
  'reversed',
  'undone',
] as const;
export type AwardState = (typeof awardStates)[number];

export const newAwardSchema = z.strictObject({
  personId: idSchema,
  rule: slugSchema,
  /** Wanted where the rule leaves the amount open. */
  points: awardAmountSchema.optional(),
  /** Wanted where the rule has options, such as who gave an honour. */
  option: slugSchema.optional(),
  /** What was done, where and when; kept with the award. Most rules want it. */
  evidence: wordsSchema.min(4).nullable().default(null),
});

/** An award as its person sees it. */
export const ownAwardSchema = z.object({
  id: idSchema,
  rule: z.string(),
  ruleVersion: z.number().int(),
  option: z.string().nullable(),
  amountPoints: z.number().int(),
  evidence: z.string().nullable(),
  state: z.enum(awardStates),
  proposedAt: instantSchema,
  /** When the meters moved; null before. */
  awardedAt: instantSchema.nullable(),
  /** Number of its entry on the public board, and the days it stands there. */
  entryReference: z.string().nullable(),
  publishedFrom: civilDateSchema.nullable(),
  publishedTo: civilDateSchema.nullable(),
  /** Why it was withdrawn. */
  endReason: z.string().nullable(),
});
export const ownAwardPageSchema = pageOf(ownAwardSchema);

export const awardSchema = ownAwardSchema.extend({
  /** Null once the person was erased; so are those who acted once they were. */
  personId: idSchema.nullable(),
  awardedBy: idSchema.nullable(),
  approvedBy: idSchema.nullable(),
});
export const awardPageSchema = pageOf(awardSchema);

export const awardQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(awardStates).optional(),
  personId: idSchema.optional(),
});
export const awardWithdrawalSchema = z.strictObject({ reason: wordsSchema.min(4) });

/** Separate consent to be named on the public board: initials or another name of one's own choice. */
export const publicitySchema = z.strictObject({
  nickname: z
    .string()
    .min(1)
    .max(20)
    .regex(/^[\p{L}\p{N}\p{M}·. -]+$/u, '只用文字、数字和间隔号 · letters, digits and dots only')
    .refine((text) => text === text.trim(), '首尾不能有空格 · no spaces at the edges'),
});
export const publicityWithdrawalSchema = z.strictObject({ confirm: z.literal('WITHDRAW') });
export const ownPublicitySchema = z.object({
  /** Null where no consent is given: entries then name nobody. */
  nickname: z.string().nullable(),
  givenAt: instantSchema.nullable(),
});
