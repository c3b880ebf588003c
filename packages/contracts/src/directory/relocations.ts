import * as z from 'zod';
import {
  areaCodeSchema,
  areaPathSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  wordsSchema,
} from '../primitives.ts';

export const relocationKinds = ['move', 'merge'] as const;
/**
 * `rewriting` while rows of the directory are carried along, `settling` while others that were under
 * way may still come in, `announced` until every service has followed.
 */
export const relocationStates = ['rewriting', 'settling', 'announced', 'done'] as const;
export type RelocationState = (typeof relocationStates)[number];

export const areaMoveSchema = z.strictObject({
  newParentCode: areaCodeSchema,
  /** The decision that it follows. */
  reason: wordsSchema.min(1),
});
export const areaMergeSchema = z.strictObject({
  intoCode: areaCodeSchema,
  reason: wordsSchema.min(1),
});
export const relocationSchema = z.object({
  id: idSchema,
  kind: z.enum(relocationKinds),
  areaCode: areaCodeSchema,
  /** The new parent, or the area it was merged into. */
  targetCode: areaCodeSchema,
  oldPath: areaPathSchema,
  newPath: areaPathSchema,
  state: z.enum(relocationStates),
  reason: z.string(),
  startedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
});
export type Relocation = z.output<typeof relocationSchema>;
export const relocationPageSchema = pageOf(relocationSchema);

/** What an area was until a moment, and why it changed. */
export const areaPastSchema = z.object({
  name: nameSchema,
  parentCode: areaCodeSchema.nullable(),
  areaPath: areaPathSchema,
  untilAt: instantSchema,
  change: z.enum(['renamed', 'moved', 'merged', 'closed']),
  reason: z.string(),
});
export const areaHistorySchema = pageOf(areaPastSchema);
