import * as z from 'zod';
import {
  areaCodeSchema,
  areaPathSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuery,
  wordsSchema,
} from '../primitives.ts';

export const newTeamSchema = z.strictObject({
  name: nameSchema,
  areaCode: areaCodeSchema,
  words: wordsSchema.max(200).default(''),
  /** A registered volunteer who leads it from the beginning. */
  leaderId: idSchema,
});
export const teamSchema = z.object({
  id: idSchema,
  name: z.string(),
  areaPath: areaPathSchema,
  words: z.string(),
  isClosed: z.boolean(),
  /** Members in force, leaders too. */
  members: z.number().int(),
  createdAt: instantSchema,
});
export type Team = z.output<typeof teamSchema>;
export const teamPageSchema = pageOf(teamSchema);
export const teamQuerySchema = z.strictObject({
  ...pageQuery,
  search: z.string().min(1).max(40).optional(),
});

export const memberStates = ['applied', 'active', 'refused', 'left', 'removed'] as const;
export type MemberState = (typeof memberStates)[number];
export const memberSchema = z.object({
  id: idSchema,
  teamId: idSchema,
  teamName: z.string(),
  personId: idSchema,
  maskedName: z.string(),
  role: z.enum(['member', 'leader']),
  state: z.enum(memberStates),
  appliedAt: instantSchema,
  endedAt: instantSchema.nullable(),
});
export type Member = z.output<typeof memberSchema>;
export const memberPageSchema = pageOf(memberSchema);
export const memberQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(memberStates).optional(),
});
export const myMembershipQuerySchema = z.strictObject(pageQuery);
export const newMembershipSchema = z.strictObject({ teamId: idSchema });
export const leadershipSchema = z.strictObject({ isLeader: z.boolean() });
