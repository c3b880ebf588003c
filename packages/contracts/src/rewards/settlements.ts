import * as z from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery, wordsSchema } from '../primitives.ts';
import { payers } from './benefits.ts';

/** A calendar month of Asia/Shanghai, `YYYY-MM`. */
export const monthSchema = z
  .string()
  .regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/, '月份写作 2026-11 · a month as 2026-11');

export const runStates = ['collecting', 'drawing', 'done'] as const;
export const newRunSchema = z.strictObject({ month: monthSchema });
/** The settlement of a month for all merchants of a programme, and how far it is. */
export const runSchema = z.object({
  id: idSchema,
  month: monthSchema,
  state: z.enum(runStates),
  /** Statements that were begun, and those of them that are drawn. */
  statements: z.number().int(),
  drawn: z.number().int(),
  startedAt: instantSchema,
  doneAt: instantSchema.nullable(),
});
export type SettlementRun = z.output<typeof runSchema>;
export const runPageSchema = pageOf(runSchema);
export const runQuerySchema = z.strictObject(pageQuery);

/** `closed`: nobody confirmed or disputed it in time. */
export const statementStates = ['drawn', 'confirmed', 'disputed', 'closed', 'paid'] as const;
export type StatementState = (typeof statementStates)[number];

const payerSumSchema = z.object({
  payer: z.enum(payers),
  points: z.number().int(),
  /** Corrections of earlier months included. */
  cents: z.number().int(),
});
export const statementSchema = z.object({
  id: idSchema,
  /** `1506-202611-0001` */
  number: z.string(),
  month: monthSchema,
  merchantId: idSchema,
  merchantName: z.string(),
  state: z.enum(statementStates),
  vouchers: z.number().int(),
  corrections: z.number().int(),
  correctionCents: z.number().int(),
  /** Who pays what. What is donated the merchant gives itself, and is not paid for. */
  payers: z.array(payerSumSchema),
  ceilingCents: z.number().int().nullable(),
  /** From the month before: what was over the ceiling, or less than nothing. */
  carriedInCents: z.number().int(),
  /** What the merchant is paid. */
  dueCents: z.number().int(),
  carriedOutCents: z.number().int(),
  /** The last block of the ledger when this was drawn; the public ledger has its hash. */
  chainHead: z.object({ blockSeq: z.number().int(), hash: z.string() }),
  drawnAt: instantSchema,
  /** Until when a line may be disputed. */
  disputeUntil: instantSchema,
  confirmedAt: instantSchema.nullable(),
  paidAt: instantSchema.nullable(),
  /** What the bank's slip says. */
  paymentReference: z.string().nullable(),
});
export type MerchantStatement = z.output<typeof statementSchema>;
export const statementPageSchema = pageOf(statementSchema);
export const statementQuerySchema = z.strictObject({
  ...pageQuery,
  month: monthSchema.optional(),
  state: z.enum(statementStates).optional(),
  merchantId: idSchema.optional(),
});

export const lineKinds = ['voucher', 'correction'] as const;
/** One verified voucher, or what a dispute changed of one of an earlier month. */
export const statementLineSchema = z.object({
  id: idSchema,
  kind: z.enum(lineKinds),
  voucherId: idSchema,
  /** As it was sold. */
  benefitTitle: z.string(),
  shopName: z.string().nullable(),
  /** `店主`, or `店员` with four characters that tell the clerks of a merchant apart. */
  verifiedBy: z.string(),
  verifiedAt: instantSchema,
  points: z.number().int(),
  cents: z.number().int(),
  payer: z.enum(payers),
  /** Whose budget it came from. */
  sponsor: z.string().nullable(),
});
export type StatementLine = z.output<typeof statementLineSchema>;
export const statementLinePageSchema = pageOf(statementLineSchema);
export const statementLineQuerySchema = z.strictObject(pageQuery);

export const paymentSchema = z.strictObject({
  reference: z
    .string()
    .min(2, '请填写付款凭证号 · the number of the slip')
    .max(60)
    .regex(/^[^\p{Cc}\p{Cf}]+$/u),
});

export const disputeReasons = ['amount', 'payer', 'not-verified', 'other'] as const;
export const disputeStates = ['raised', 'referred', 'upheld', 'rejected'] as const;
export type DisputeState = (typeof disputeStates)[number];
export const newDisputeSchema = z.strictObject({
  lineId: idSchema,
  reason: z.enum(disputeReasons),
  words: wordsSchema.min(2, '请写明情况 · say what is wrong'),
});
const answerWords = wordsSchema.min(2, '请写明理由 · give the grounds');
/**
 * Upheld: what the line is worth in truth, 0 where the voucher does not count; the difference is a
 * line of a coming month. Rejected by the first officer: another one decides.
 */
export const disputeAnswerSchema = z.discriminatedUnion('verdict', [
  z.strictObject({
    verdict: z.literal('upheld'),
    rightCents: z.number().int().min(0).max(100_000_00),
    words: answerWords,
  }),
  z.strictObject({ verdict: z.literal('rejected'), words: answerWords }),
]);
export const disputeSchema = z.object({
  id: idSchema,
  statementId: idSchema,
  statementNumber: z.string(),
  lineId: idSchema,
  merchantId: idSchema,
  merchantName: z.string(),
  benefitTitle: z.string(),
  cents: z.number().int(),
  reason: z.enum(disputeReasons),
  words: z.string(),
  state: z.enum(disputeStates),
  raisedAt: instantSchema,
  /** Until when the next officer has to act; null once it has ended. */
  dueAt: instantSchema.nullable(),
  isOverdue: z.boolean(),
  answer: z.string().nullable(),
  answeredAt: instantSchema.nullable(),
  /** Of the second officer. */
  decision: z.string().nullable(),
  decidedAt: instantSchema.nullable(),
  /** What comes on top of, or off, a coming statement. */
  correctionCents: z.number().int().nullable(),
});
export type Dispute = z.output<typeof disputeSchema>;
export const disputePageSchema = pageOf(disputeSchema);
export const disputeQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(disputeStates).optional(),
  statementId: idSchema.optional(),
});

/** Lines that one file of a month holds at the most. */
export const maxSettlementRows = 50_000;
export const settlementExportSchema = z.strictObject({
  month: monthSchema,
  merchantId: idSchema.nullable().default(null),
});
