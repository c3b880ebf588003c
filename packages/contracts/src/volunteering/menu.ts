import * as z from 'zod';
import { newConsentSchema } from '../consent.ts';
import {
  areaPathSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';

/** Proposed by a team, offered once an officer agrees, paused and resumed, withdrawn for good. */
export const menuStates = ['proposed', 'offered', 'paused', 'refused', 'withdrawn'] as const;
export type MenuState = (typeof menuStates)[number];

/** What a team does for residents at home: 理发, 家电维修, 陪同就医. */
export const newMenuItemSchema = z.strictObject({
  teamId: idSchema,
  title: nameSchema,
  words: wordsSchema.max(200).default(''),
  /** How long it usually takes; up to twice as long counts. */
  minutes: z.number().int().min(15).max(240),
  /** What the one who comes must be able to do. */
  skillId: idSchema.nullable().default(null),
});
export const menuItemSchema = z.object({
  id: idSchema,
  teamId: idSchema,
  teamName: z.string(),
  title: z.string(),
  words: z.string(),
  /** Where the team serves: who lives within it may order. */
  areaPath: areaPathSchema,
  minutes: z.number().int(),
  skillId: idSchema.nullable(),
  state: z.enum(menuStates),
  /** Why an officer did not agree. */
  reason: z.string().nullable(),
});
export type MenuItem = z.output<typeof menuItemSchema>;
export const menuPageSchema = pageOf(menuItemSchema);
export const menuQuerySchema = z.strictObject({
  ...pageQuery,
  search: z.string().min(1).max(40).optional(),
  state: z.enum(menuStates).optional(),
});
export const menuDecisionSchema = z.discriminatedUnion('verdict', [
  z.strictObject({ verdict: z.literal('approved') }),
  z.strictObject({ verdict: z.literal('refused'), reason: wordsSchema.min(2).max(200) }),
]);
export const menuStateSchema = z.strictObject({
  state: z.enum(['offered', 'paused', 'withdrawn']),
});

/**
 * placed → taken → arrived → finished → confirmed; finished → disputed → confirmed | refused, or
 * unconfirmed when nobody spoke; it ends before as cancelled, expired or missed.
 */
export const orderStates = [
  'placed',
  'taken',
  'arrived',
  'finished',
  'disputed',
  'confirmed',
  'refused',
  'unconfirmed',
  'cancelled',
  'expired',
  'missed',
] as const;
export type OrderState = (typeof orderStates)[number];

const orderFields = {
  itemId: idSchema,
  /** Where to come to; seen by who takes the order, and gone when it is over. */
  place: wordsSchema.min(2, '请写明地点 · a place').max(100),
  words: wordsSchema.max(200).default(''),
  wantedFrom: instantSchema,
  wantedUntil: instantSchema,
};
export const newOrderSchema = z.strictObject(orderFields);
/** For somebody without a phone, by staff, with the consent that was given. */
export const newAssistedOrderSchema = z.strictObject({
  ...orderFields,
  personId: idSchema,
  consent: newConsentSchema,
});
export const assistedStepSchema = z.strictObject({ consent: newConsentSchema });
export const objectionSchema = z.strictObject({
  reason: wordsSchema.min(2, '请写明原因 · a reason').max(200),
});
export const takingSchema = z.strictObject({ startsAt: instantSchema });
/** Six digits that who ordered shows at the door. */
export const arrivalSchema = z.strictObject({
  code: z.string().regex(/^[0-9]{6}$/, '6 位上门码 · the 6 digits of the arrival code'),
});
export const orderDecisionSchema = z.strictObject({
  /** What counts in the end; none where nothing was done. */
  minutes: z.number().int().min(0).max(480),
  reason: wordsSchema.min(2, '请写明理由 · a reason').max(200),
});

export const orderSchema = z.object({
  id: idSchema,
  itemId: idSchema,
  title: z.string(),
  teamName: z.string(),
  areaPath: areaPathSchema,
  state: z.enum(orderStates),
  isAssisted: z.boolean(),
  wantedFrom: instantSchema,
  wantedUntil: instantSchema,
  /** As agreed by who took it. */
  startsAt: instantSchema.nullable(),
  endsAt: instantSchema.nullable(),
  arrivedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  /** Measured from the arrival, or as decided. */
  minutes: z.number().int().nullable(),
  objection: z.string().nullable(),
  decision: z.string().nullable(),
  /** Until when the state may stand: to be taken, to come, to finish, to be confirmed. */
  dueAt: instantSchema.nullable(),
  placedAt: instantSchema,
});
export type Order = z.output<typeof orderSchema>;

/** As the one who ordered sees it. */
export const ownOrderSchema = orderSchema.extend({
  place: z.string(),
  words: z.string(),
  /** Who comes. */
  volunteerName: z.string().nullable(),
  /** To be shown at the door; null unless somebody is to come. */
  arrivalCode: z.string().nullable(),
});
export type OwnOrder = z.output<typeof ownOrderSchema>;
export const ownOrderPageSchema = pageOf(ownOrderSchema);

/** As the one who took it sees it. */
export const takenOrderSchema = orderSchema.extend({
  place: z.string(),
  words: z.string(),
  personName: z.string(),
});
export type TakenOrder = z.output<typeof takenOrderSchema>;
export const takenOrderPageSchema = pageOf(takenOrderSchema);

/** As members of the team see it before it is taken: no place, no name. */
export const openOrderPageSchema = pageOf(orderSchema);

/** As staff of where somebody lives see it. */
export const staffOrderSchema = ownOrderSchema.extend({
  personId: idSchema,
  volunteerId: idSchema.nullable(),
});
export const staffOrderPageSchema = pageOf(staffOrderSchema);
export const orderQuerySchema = z.strictObject(pageQuery);
export const staffOrderQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(orderStates).optional(),
});

/** What lets a confirmed order be rated once, by who ordered it. */
export const orderRightSchema = z.object({
  subjectId: idSchema,
  token: z.string(),
  validUntil: instantSchema,
});
