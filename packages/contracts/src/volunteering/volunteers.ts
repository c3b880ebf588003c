import * as z from 'zod';
import { newConsentSchema } from '../consent.ts';
import {
  areaCodeSchema,
  areaPathSchema,
  civilDateSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuery,
} from '../primitives.ts';

/** What a volunteer can do: 急救, 理发, 心理疏导. */
export const newSkillSchema = z.strictObject({ name: nameSchema.max(20) });
export const skillSchema = z.object({ id: idSchema, name: z.string() });
/** At most 200 in a programme, so that it is read as a whole. */
export const skillListSchema = z.object({ items: z.array(skillSchema) });
export const skillCountQuerySchema = z.strictObject({ areaCode: areaCodeSchema.optional() });
/** How many volunteers of an area have each skill. */
export const skillCountsSchema = z.object({
  items: z.array(skillSchema.extend({ volunteers: z.number().int() })),
  /** All volunteers of the area, with or without a skill. */
  volunteers: z.number().int(),
});

const monthSchema = z
  .string()
  .regex(/^(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])$/, '出生年月如 1990-05 · a month as 1990-05');

const profileFields = {
  /** The month is enough to tell an age, and the day is nobody's business. */
  birthMonth: monthSchema,
  skillIds: z.array(idSchema).max(20).default([]),
};
export const newProfileSchema = z.strictObject(profileFields);
/** Of somebody without a phone, by staff, with the consent that was given. */
export const newAssistedProfileSchema = z.strictObject({
  ...profileFields,
  personId: idSchema,
  consent: newConsentSchema,
});
export const guardianConsentSchema = z.strictObject({ consent: newConsentSchema });
export const birthCorrectionSchema = z.strictObject({ birthMonth: monthSchema });

export const volunteerSchema = z.object({
  personId: idSchema,
  maskedName: z.string(),
  areaPath: areaPathSchema,
  birthMonth: z.string(),
  isMinor: z.boolean(),
  /** When a guardian agreed; null where nobody did. */
  guardianConsentOn: civilDateSchema.nullable(),
  /** Eight digits by which others name this volunteer; no secret. */
  number: z.string(),
  skills: z.array(skillSchema),
  joinedAt: instantSchema,
});
export type Volunteer = z.output<typeof volunteerSchema>;
export const volunteerPageSchema = pageOf(volunteerSchema);
export const volunteerQuerySchema = z.strictObject({
  ...pageQuery,
  skillId: idSchema.optional(),
  minorsOnly: z.enum(['true', 'false']).default('false'),
});

/** What a volunteer shows to a leader; it changes every 30 s of server time. */
export const volunteerCodeSchema = z.object({
  code: z.string(),
  validUntil: instantSchema,
});
