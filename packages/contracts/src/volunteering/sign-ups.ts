import * as z from 'zod';
import { newConsentSchema } from '../consent.ts';
import { idSchema, instantSchema, pageOf, pageQuery } from '../primitives.ts';

/** `handed-over` to a substitute; `lapsed` on the waiting list when the shift began. */
export const signUpStates = ['waiting', 'signed', 'cancelled', 'handed-over', 'lapsed'] as const;
export type SignUpState = (typeof signUpStates)[number];

const signUpFields = {
  shiftId: idSchema,
  /** A place for somebody with this skill; null for one of anybody. */
  skillId: idSchema.nullable().default(null),
};
export const newSignUpSchema = z.strictObject(signUpFields);
export const newAssistedSignUpSchema = z.strictObject({
  ...signUpFields,
  personId: idSchema,
  consent: newConsentSchema,
});
export const assistedCancellationSchema = z.strictObject({ consent: newConsentSchema });

export const signUpSchema = z.object({
  id: idSchema,
  shiftId: idSchema,
  activityId: idSchema,
  title: z.string(),
  place: z.string(),
  startsAt: instantSchema,
  endsAt: instantSchema,
  skillId: idSchema.nullable(),
  state: z.enum(signUpStates),
  isAssisted: z.boolean(),
  signedAt: instantSchema,
});
export type SignUp = z.output<typeof signUpSchema>;
export const signUpPageSchema = pageOf(signUpSchema);
export const signUpQuerySchema = z.strictObject(pageQuery);

/** As the leader of the shift sees it. */
export const rosterEntrySchema = signUpSchema.extend({
  personId: idSchema,
  maskedName: z.string(),
  isMinor: z.boolean(),
});
export const rosterPageSchema = pageOf(rosterEntrySchema);
export const rosterQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(signUpStates).optional(),
});

export const substitutionStates = [
  'offered',
  'accepted',
  'refused',
  'taken-back',
  'lapsed',
] as const;
export type SubstitutionState = (typeof substitutionStates)[number];
export const newSubstitutionSchema = z.strictObject({
  signUpId: idSchema,
  /** The eight digits of the volunteer who would come instead. */
  number: z.string().regex(/^[0-9]{8}$/, '8 位志愿者编号 · a volunteer’s number of 8 digits'),
});
export const substitutionSchema = z.object({
  id: idSchema,
  signUpId: idSchema,
  title: z.string(),
  place: z.string(),
  startsAt: instantSchema,
  endsAt: instantSchema,
  state: z.enum(substitutionStates),
  /** Whether the caller is the one who is asked to come. */
  isAsked: z.boolean(),
  offeredAt: instantSchema,
});
export type Substitution = z.output<typeof substitutionSchema>;
export const substitutionPageSchema = pageOf(substitutionSchema);
