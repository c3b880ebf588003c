import * as z from 'zod';
import {
  areaPathSchema,
  civilDateSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';
import { levelSchema } from './question-schemas.ts';

/**
 * Open: waits for an officer. Accepted: an officer owns it. Contacted: the rater was spoken to.
 * Resolved: put right, and the rater may rate the fix. Closed: it ended.
 */
export const followUpStates = ['open', 'accepted', 'contacted', 'resolved', 'closed'] as const;

/**
 * How a follow-up ended. After the first two the rater may rate the fix; a rating that its rater took
 * back ends its follow-up by itself.
 */
export const followUpOutcomes = [
  'fixed',
  'partly',
  'refused',
  'not-ours',
  'mistaken',
  'malicious',
  'withdrawn',
] as const;

export const contactWays = ['phone', 'visit', 'message', 'unreachable'] as const;

/** What a history tells, one line each. */
export const followUpSteps = [
  'opened',
  'accepted',
  'taken-over',
  'contacted',
  'extended',
  'transferred',
  'overdue',
  'climbed',
  'resolved',
  're-rated',
  'withdrawn',
  'reopened',
  'closed',
  'appealed',
  'appeal-upheld',
  'appeal-rejected',
] as const;

const explanation = wordsSchema.min(4);

export const contactSchema = z.strictObject({ way: z.enum(contactWays), words: explanation });
export const extensionSchema = z.strictObject({ reason: explanation });
export const transferSchema = z.strictObject({
  /** An officer whose post covers the place; they have to accept. */
  toPersonId: idSchema,
  reason: explanation,
});
/** What was done, or why not; the rater reads it. For a mistaken or malicious rating the evidence. */
const outcomeWords = explanation;
export const resolutionSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.enum(followUpOutcomes).exclude(['not-ours', 'withdrawn']),
    words: outcomeWords,
  }),
  z.strictObject({
    outcome: z.literal('not-ours'),
    words: outcomeWords,
    /** The unit it was passed to. */
    passedTo: nameSchema,
  }),
]);

export const followUpStepSchema = z.object({
  step: z.enum(followUpSteps),
  at: instantSchema,
  /** Who did it; null for the clock, and once the person was erased. */
  personId: idSchema.nullable(),
  role: z.string().nullable(),
  /** Whose desk it lies on from then on. */
  deskPath: areaPathSchema,
  /** Who was named to receive it. */
  toPersonId: idSchema.nullable(),
  /** A way of contact, an outcome or a clock. */
  code: z.string().nullable(),
  words: z.string().nullable(),
});

export const followUpSchema = z.object({
  id: idSchema,
  ratingId: idSchema,
  subjectId: idSchema,
  subjectName: z.string(),
  level: levelSchema,
  reasons: z.array(z.string()),
  words: z.string(),
  areaPath: areaPathSchema,
  /** The area whose officers have to act; it climbs when a deadline is missed. */
  deskPath: areaPathSchema,
  state: z.enum(followUpStates),
  ownerId: idSchema.nullable(),
  receiverId: idSchema.nullable(),
  openedAt: instantSchema,
  /** Deadlines are the ends of working days in Asia/Shanghai. */
  acceptBy: instantSchema,
  contactBy: instantSchema,
  resolveBy: instantSchema,
  contactedAt: instantSchema.nullable(),
  extendedAt: instantSchema.nullable(),
  resolvedAt: instantSchema.nullable(),
  /** Until then the rater may rate the fix. */
  reRateUntil: instantSchema.nullable(),
  closedAt: instantSchema.nullable(),
  /** The first deadline that was missed. */
  overdueSince: instantSchema.nullable(),
  climbs: z.number().int(),
  reopenings: z.number().int(),
  outcome: z.enum(followUpOutcomes).nullable(),
  outcomeWords: z.string().nullable(),
  passedTo: z.string().nullable(),
  /** False where a deadline lies in a year whose holidays are not known: weekdays alone counted. */
  isCalendarKnown: z.boolean(),
});
export type FollowUp = z.output<typeof followUpSchema>;

export const followUpDetailSchema = followUpSchema.extend({
  /** Whom to speak to; shown to the owner alone, null for a guest. */
  raterPersonId: idSchema.nullable(),
  steps: z.array(followUpStepSchema),
});

export const followUpPageSchema = pageOf(followUpSchema);
export const followUpQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(followUpStates).optional(),
  outcome: z.enum(followUpOutcomes).optional(),
  subjectId: idSchema.optional(),
  /** `mine`: owned by or sent to the caller. `desk`: the caller's post may act on it. */
  whose: z.enum(['all', 'desk', 'mine']).default('all'),
  isOverdue: z.enum(['true', 'false']).optional(),
});

export const receiverPageSchema = z.object({
  items: z.array(z.object({ personId: idSchema, role: z.string(), areaPath: areaPathSchema })),
});

/** What the rater sees of what their rating led to. */
export const myFollowUpSchema = followUpSchema
  .pick({
    id: true,
    ratingId: true,
    subjectName: true,
    level: true,
    state: true,
    openedAt: true,
    acceptBy: true,
    contactBy: true,
    resolveBy: true,
    reRateUntil: true,
    closedAt: true,
    reopenings: true,
    outcome: true,
    outcomeWords: true,
    passedTo: true,
  })
  .extend({ steps: z.array(followUpStepSchema.pick({ step: true, at: true })) });
export const myFollowUpPageSchema = pageOf(myFollowUpSchema);
export const myFollowUpQuerySchema = z.strictObject(pageQuery);

const workingDays = (most: number, usual: number) =>
  z.number().int().min(1).max(most).default(usual);

/** How long each step may take, in working days; a programme may set its own. */
export const followUpTermsSchema = z.strictObject({
  acceptDays: workingDays(5, 1),
  contactDays: workingDays(10, 3),
  resolveDays: workingDays(60, 15),
  /** What one extension adds. */
  extensionDays: workingDays(30, 10),
  /** What the level above has for the fix, once its deadline was missed below. */
  climbDays: workingDays(30, 5),
  /** For rating the fix. */
  reRateDays: workingDays(30, 10),
  /** Days of the calendar for the rated to appeal, from the day they may know of the rating. */
  appealDays: z.number().int().min(15).max(90).default(15),
});
export type FollowUpTerms = z.output<typeof followUpTermsSchema>;

export const followUpTermsVersionSchema = z.object({
  /** 0 where the programme has set nothing and the product's terms hold. */
  version: z.number().int(),
  fromOn: civilDateSchema,
  terms: followUpTermsSchema,
  setBy: idSchema.nullable(),
  /** Years whose holidays and make-up days are known; beyond them weekdays alone count. */
  calendarYears: z.object({ from: z.number().int(), to: z.number().int() }),
});
export const newFollowUpTermsSchema = z.strictObject({
  fromOn: civilDateSchema,
  terms: followUpTermsSchema,
});
