import * as z from 'zod';
import { newConsentSchema } from '../consent.ts';
import {
  amountSchema,
  civilDateSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
} from '../primitives.ts';
import { consentVersion } from './consent-version.ts';

export const joiningSchema = z.strictObject({ consentVersion: z.literal(consentVersion) });
/** For a resident without a phone, by staff of where they live. */
export const newAssistedJoiningSchema = joiningSchema.extend({
  personId: idSchema,
  consent: newConsentSchema,
});
export const leavingSchema = z.strictObject({ confirm: z.literal('LEAVE') });
export const participationSchema = z.object({
  programmeId: idSchema,
  joinedAt: instantSchema,
  leftAt: instantSchema.nullable(),
});

export const balanceSchema = z.object({
  /** 品德值: never spent, sets the level. */
  standing: z.number().int(),
  /** 可用积分 that may be spent now. */
  points: z.number().int(),
  /** Points held for redemptions under way. */
  held: z.number().int(),
  /** Points from ratings that become spendable after their waiting time. */
  maturing: z.number().int(),
  /** Points that expire at the end of a day, the next ones first. */
  lots: z.array(z.object({ expiresOn: civilDateSchema, points: z.number().int() })),
  level: z.object({ zh: z.string(), en: z.string() }),
  /** The last day of a level that is kept although the standing has fallen below it. */
  levelUntil: civilDateSchema.nullable(),
  nextLevelAt: z.number().int().nullable(),
});
export type Balance = z.output<typeof balanceSchema>;

/**
 * A hold and its return change no meter: the points stay the person's until they are spent. A point
 * that still waits is told by the line of its award, and counted by the line of its maturity.
 */
export const lineKinds = [
  'award',
  'maturity',
  'hold',
  'spending',
  'return',
  'leaving',
  'expiry',
  'reversal-notice',
  'reversal-lifted',
  'reversal',
  'undoing',
  'recovery',
] as const;
export const statementLineSchema = z.object({
  id: idSchema,
  at: instantSchema,
  kind: z.enum(lineKinds),
  standingChange: z.number().int(),
  pointsChange: z.number().int(),
  /** Both meters after this line; points include those that are held. */
  standingAfter: z.number().int(),
  pointsAfter: z.number().int(),
  /** What came into or went out of points that expire on a day. */
  lots: z.array(z.object({ expiresOn: civilDateSchema, change: z.number().int() })),
  /** Rule and version for an award; null for spending. */
  rule: z.string().nullable(),
  ruleVersion: z.number().int().nullable(),
  /** Plain words: why this line is here. */
  why: z.string(),
  evidence: z.string().nullable(),
  decidedBy: z.string().nullable(),
  /** What to do against it. */
  appeal: z.string(),
});
/** Newest first. The meters are those at the end of the day asked for, or of now. */
export const statementSchema = pageOf(statementLineSchema).extend({
  standing: z.number().int(),
  points: z.number().int(),
});
export const statementQuerySchema = z.strictObject({
  ...pageQuery,
  /** The statement as it stood at the end of this day. */
  on: civilDateSchema.optional(),
  language: z.enum(['zh', 'en']).default('zh'),
});

export const ledgerUnits = ['standing', 'points', 'cents', 'minutes'] as const;
export const accountLimits = [
  'none',
  'debits-may-not-exceed-credits',
  'credits-may-not-exceed-debits',
] as const;
const reference = z.string().regex(/^[A-Za-z0-9._:/-]{0,64}$/);

export const newAccountSchema = z.strictObject({
  id: idSchema,
  unit: z.enum(ledgerUnits),
  code: z.number().int().min(1).max(9_999),
  limit: z.enum(accountLimits),
  /** What the account is for, in the service's words; empty for none. */
  reference: reference.default(''),
});
export const newAccountsSchema = z.strictObject({
  accounts: z.array(newAccountSchema).min(1).max(1_000),
});
const sums = {
  debitsPosted: z.number().int(),
  creditsPosted: z.number().int(),
  debitsPending: z.number().int(),
  creditsPending: z.number().int(),
};
export const accountSchema = newAccountSchema.extend({
  ...sums,
  createdAt: instantSchema,
  closedAt: instantSchema.nullable(),
});
export const accountQuerySchema = z.strictObject({
  ...pageQuery,
  unit: z.enum(ledgerUnits).optional(),
  code: z.coerce.number().int().min(1).max(9_999).optional(),
  reference: reference.min(1).optional(),
});
export const balanceQuerySchema = z.strictObject({ at: instantSchema.optional() });
/** What stood on an account at an instant. */
export const pastBalanceSchema = z.object({
  accountId: idSchema,
  at: instantSchema,
  ...sums,
  /** The last block that counts; no block to come can change a final answer. */
  blockSeq: z.number().int(),
  isFinal: z.boolean(),
});

export const transferKinds = [
  'posted',
  'pending',
  'post-pending',
  'void-pending',
  'expire-pending',
] as const;
export const ledgerHoldStates = ['open', 'posted', 'voided', 'expired'] as const;
/** A transfer as it stands in the ledger. */
export const transferSchema = z.object({
  id: idSchema,
  kind: z.enum(transferKinds),
  debitAccountId: idSchema,
  creditAccountId: idSchema,
  amount: z.number().int(),
  unit: z.enum(ledgerUnits),
  code: z.number().int(),
  reference: z.string(),
  /** The hold that this transfer ended. */
  pendingId: idSchema.nullable(),
  expiresAt: instantSchema.nullable(),
  /** Of a hold; null for what holds nothing, and in the history of an account. */
  holdState: z.enum(ledgerHoldStates).nullable(),
  /** Its place in the chain. */
  blockSeq: z.number().int(),
  position: z.number().int(),
  createdAt: instantSchema,
});
export const historyQuerySchema = z.strictObject(pageQuery);
export const transferQuerySchema = z.strictObject({ ...pageQuery, reference: reference.min(1) });

const newTransferFields = {
  id: idSchema,
  code: z.number().int().min(1).max(9_999),
  reference: reference.default(''),
  /** True: stands or falls with the transfer after it. */
  isLinked: z.boolean().default(false),
};
const movementFields = {
  ...newTransferFields,
  debitAccountId: idSchema,
  creditAccountId: idSchema,
  amount: amountSchema,
  unit: z.enum(ledgerUnits),
};
/** One of four kinds; without a kind it moves the amount at once. */
export const newTransferSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('posted').optional(), ...movementFields }),
  /** Holds the amount until it is posted, voided or, from its deadline on, expired. */
  z.strictObject({ kind: z.literal('pending'), ...movementFields, expiresAt: instantSchema }),
  z.strictObject({
    kind: z.literal('post-pending'),
    ...newTransferFields,
    pendingId: idSchema,
    /** A part of the hold, the rest of which returns; null for all of it. */
    amount: amountSchema.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('void-pending'), ...newTransferFields, pendingId: idSchema }),
]);
export const newTransfersSchema = z.strictObject({
  transfers: z.array(newTransferSchema).min(1).max(8_000),
});
export const transferVerdictSchema = z.object({
  id: idSchema,
  status: z.enum(['created', 'exists', 'refused']),
  /** Slug of the refusal. */
  problem: z.string().nullable(),
});
export const transferVerdictsSchema = z.object({ results: z.array(transferVerdictSchema) });

/** Takes points of a person aside until they are posted, voided or expire. */
export const newHoldSchema = z.strictObject({
  id: idSchema,
  programmeId: idSchema,
  personId: idSchema,
  amountPoints: amountSchema,
  minimumStanding: z.number().int().min(0),
  expiresAt: instantSchema,
  reference,
});
export const holdStates = ['held', 'posted', 'voided', 'expired'] as const;
export const holdSchema = z.object({
  id: idSchema,
  state: z.enum(holdStates),
  amountPoints: z.number().int(),
  expiresAt: instantSchema,
});
export const newHoldsSchema = z.strictObject({
  holds: z
    .array(newHoldSchema)
    .min(1)
    .max(200)
    .refine((holds) => new Set(holds.map(({ id }) => id)).size === holds.length, {
      message: '编号重复 · an id is there twice',
    }),
});
export const holdVerdictSchema = z.object({
  id: idSchema,
  /** Null where the hold was refused. */
  state: z.enum(holdStates).nullable(),
  /** Slug of the refusal. */
  problem: z.string().nullable(),
});
export const holdVerdictsSchema = z.object({ results: z.array(holdVerdictSchema) });

/** A hold with its transfers in the ledger, in the order of the chain. */
export const holdCourseSchema = holdSchema.extend({
  entries: z.array(
    z.object({
      id: idSchema,
      kind: z.enum(['placed', 'posted', 'voided', 'expired', 'lapsed', 'recovered']),
      amountPoints: z.number().int(),
      at: instantSchema,
      /** Its place in the chain. */
      blockSeq: z.number().int(),
      position: z.number().int(),
    }),
  ),
});

/** The blocks after one; what comes is whole blocks, and nothing once the head is reached. */
export const publicLedgerQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(100),
});

/** The last block of the ledger, 0 before the first; the public ledger has it with all before it. */
export const ledgerHeadSchema = z.object({
  seq: z.number().int(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
