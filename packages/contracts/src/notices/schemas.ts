import * as z from 'zod';
import { roles } from '../permission.ts';
import {
  areaPathSchema,
  civilDateSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  phoneSchema,
  wordsSchema,
} from '../primitives.ts';

/**
 * Every message the house can send; the words are in the catalogue of notices, with these gaps:
 * points-awarded {points, reason}, award-proposed, award-published and award-withdrawn {points,
 * reason}, reversal-noticed {points, reason, until}, reversal-lifted and
 * points-reversed {points, reason}, voucher-issued {benefit, expiresOn}, voucher-verified {benefit,
 * merchant}, verification-undone {benefit, merchant},
 * voucher-ending {benefit, expiresOn, days}, gift-offered {benefit, until}, gift-accepted {benefit},
 * gift-ended {benefit, outcome}, waiting-offered {benefit, merchant, until}, waiting-lapsed and
 * waiting-ended {benefit}, draw-won {benefit, points}, draw-over and draw-cancelled {benefit},
 * voucher-expired and redemption-cancelled {benefit, points}, redemption-failed {benefit, reason},
 * merchant-admitted and merchant-refused {merchant}, statement-drawn {merchant, month, until},
 * objection-received {reference}, objection-answered {reference, verdict};
 * follow-up-opened, -climbed, -reopened and -transferred {until}, follow-up-resolved and -closed
 * {outcome}, order-taken {item, at}, order-given-back, -missed, -expired, -cancelled, -unconfirmed and
 * -disputed {item}, order-finished {item, minutes, until}, order-confirmed and -decided {item, minutes},
 * rating-appealable {until}, appeal-received, appeal-decided {verdict};
 * certificate-expiring {level, expiresOn, days}, staff-certificate-expiring {number, level,
 * expiresOn, days}; shift-reminder, shift-place-free and substitute-asked {activity, at, place},
 * shift-cancelled {activity, at}, check-out-missing {activity}, hours-verified and hours-refused
 * {activity, minutes}, hours-corrected {activity, before, minutes}; star-proposed, -granted, -withdrawn,
 * -kept and -ended {level}, star-refused and -ending {level, until}, star-appealed {level};
 * service-record-ready {number}, service-record-failed {failure} and -revoked {number}.
 */
export const templates = [
  'points-awarded',
  'award-proposed',
  'award-published',
  'award-withdrawn',
  'reversal-noticed',
  'reversal-lifted',
  'points-reversed',
  'voucher-issued',
  'voucher-verified',
  'verification-undone',
  'voucher-ending',
  'gift-offered',
  'gift-accepted',
  'gift-ended',
  'waiting-offered',
  'waiting-lapsed',
  'waiting-ended',
  'draw-won',
  'draw-over',
  'draw-cancelled',
  'voucher-expired',
  'redemption-failed',
  'redemption-cancelled',
  'merchant-admitted',
  'merchant-refused',
  'statement-drawn',
  'objection-received',
  'objection-answered',
  'follow-up-opened',
  'follow-up-climbed',
  'follow-up-reopened',
  'follow-up-transferred',
  'follow-up-resolved',
  'follow-up-closed',
  'order-taken',
  'order-given-back',
  'order-missed',
  'order-expired',
  'order-cancelled',
  'order-finished',
  'order-confirmed',
  'order-unconfirmed',
  'order-disputed',
  'order-decided',
  'rating-appealable',
  'appeal-received',
  'appeal-decided',
  'certificate-expiring',
  'staff-certificate-expiring',
  'shift-reminder',
  'shift-place-free',
  'shift-cancelled',
  'substitute-asked',
  'check-out-missing',
  'hours-verified',
  'hours-refused',
  'hours-corrected',
  'star-proposed',
  'star-granted',
  'star-withdrawn',
  'star-refused',
  'star-ending',
  'star-kept',
  'star-ended',
  'star-appealed',
  'service-record-ready',
  'service-record-failed',
  'service-record-revoked',
] as const;
export const templateSchema = z.enum(templates);
export type Template = z.output<typeof templateSchema>;

/** Numbers and words of the catalogue that a template's gaps are filled with; no names of people. */
export const templateParamsSchema = z.record(
  z.string().max(32),
  z.union([z.string().max(120), z.number()]),
);
export type TemplateParams = z.output<typeof templateParamsSchema>;

export const messageSchema = z.object({
  id: idSchema,
  template: templateSchema,
  title: z.string(),
  text: z.string(),
  sentAt: instantSchema,
  readAt: instantSchema.nullable(),
});
export const messagePageSchema = pageOf(messageSchema).extend({ unread: z.number().int() });
export type Message = z.output<typeof messageSchema>;
export const messageQuerySchema = z.strictObject({
  ...pageQuery,
  unreadOnly: z.enum(['true', 'false']).default('false'),
  language: z.enum(['zh', 'en']).default('zh'),
});

export const audienceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), personId: idSchema }),
  z.strictObject({ kind: z.literal('role'), role: z.enum(roles), areaPath: areaPathSchema }),
]);

export const newEntrySchema = z.strictObject({
  areaCode: z.string().regex(/^[0-9]{4,18}$/),
  title: z.string().min(1).max(80),
  text: wordsSchema.min(1),
  fromOn: civilDateSchema,
  toOn: civilDateSchema,
});

/** Working days on the board; with weekends and a long holiday no more than thirty days. */
export const publicityDaysSchema = z.number().int().min(1).max(15);

/** How an entry ended. */
export const entryOutcomes = [
  'unopposed',
  'objections-rejected',
  'objection-upheld',
  'withdrawn',
] as const;
export type EntryOutcome = (typeof entryOutcomes)[number];
export const entryStates = ['published', 'closed', 'withdrawn'] as const;

export const entrySchema = z.object({
  id: idSchema,
  /** Reference number read out at the counter. */
  reference: z.string(),
  areaPath: areaPathSchema,
  title: z.string(),
  text: z.string(),
  fromOn: civilDateSchema,
  toOn: civilDateSchema,
  state: z.enum(entryStates),
  /** How the person it tells of wants to be named; null without their consent, and once it is down. */
  namedAs: z.string().nullable(),
  /** Null until it has ended. */
  outcome: z.enum(entryOutcomes).nullable(),
  withdrawalReason: z.string().nullable(),
});
export type BoardEntry = z.output<typeof entrySchema>;
export const entryPageSchema = pageOf(entrySchema);
export const entryQuerySchema = z.strictObject({
  ...pageQuery,
  areaCode: z
    .string()
    .regex(/^[0-9]{4,18}$/)
    .optional(),
});
export const withdrawalSchema = z.strictObject({ reason: wordsSchema.min(1) });

export const newObjectionSchema = z.strictObject({
  text: wordsSchema.min(1),
  /** Set by staff who write it down for somebody. */
  onBehalfOf: idSchema.nullable().default(null),
});
export const objectionSchema = z.object({
  id: idSchema,
  entryId: idSchema,
  text: z.string(),
  state: z.enum(['open', 'upheld', 'rejected']),
  answer: z.string().nullable(),
  submittedAt: instantSchema,
});
export type Objection = z.output<typeof objectionSchema>;
export const objectionPageSchema = pageOf(objectionSchema);
export const objectionAnswerSchema = z.strictObject({
  verdict: z.enum(['upheld', 'rejected']),
  answer: wordsSchema.min(1),
});

/** A text message with a one-time code; the code never enters a queue. */
export const textMessageSchema = z.strictObject({
  phone: phoneSchema,
  template: z.enum(['sign-in-code']),
  params: templateParamsSchema,
});
