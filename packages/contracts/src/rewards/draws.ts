import * as z from 'zod';
import { newConsentSchema } from '../consent.ts';
import { idSchema, instantSchema, pageOf, pageQuery, wordsSchema } from '../primitives.ts';

/**
 * Open for entries, frozen with a published list, drawn while winners are given their pieces, and
 * closed; or cancelled before it was drawn.
 */
export const drawStates = ['open', 'frozen', 'drawn', 'closed', 'cancelled'] as const;
export type DrawState = (typeof drawStates)[number];
/** `passed`: was drawn, and could not redeem; `over`: the draw ended without a piece for it. */
export const entryStates = ['entered', 'withdrawn', 'won', 'passed', 'over'] as const;
export type EntryState = (typeof entryStates)[number];

export const mostWinners = 500;
export const mostEntries = 10_000;

export const newDrawSchema = z.strictObject({
  benefitId: idSchema,
  /** Pieces that are set aside for it from the first moment. */
  winners: z.number().int().min(1).max(mostWinners),
  entriesFrom: instantSchema,
  entriesUntil: instantSchema,
  /** Not before this it is drawn, so that everybody can keep the published list until then. */
  drawnFrom: instantSchema,
});
export type NewDraw = z.output<typeof newDrawSchema>;
export const drawEndSchema = z.strictObject({
  reason: wordsSchema.min(2, '请写明原因 · give a reason').max(200),
});

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);
const headSchema = z.object({ seq: z.number().int(), hash: digestSchema });
export const drawSchema = z.object({
  id: idSchema,
  benefitId: idSchema,
  benefitTitle: z.string(),
  pricePoints: z.number().int(),
  winners: z.number().int(),
  state: z.enum(drawStates),
  entriesFrom: instantSchema,
  entriesUntil: instantSchema,
  drawnFrom: instantSchema,
  /** SHA-256 of the seed, known before anybody enters. */
  seedHash: digestSchema,
  /** Of the frozen list; null before. */
  entries: z.number().int().nullable(),
  /** SHA-256 of the frozen entry numbers in ascending order, parted by line feeds. */
  listHash: digestSchema.nullable(),
  frozenAt: instantSchema.nullable(),
  /** The last block of the ledger when the list was frozen: the result takes a later one. */
  headAtFreeze: z.number().int().nullable(),
  drawnAt: instantSchema.nullable(),
  /** Both null until it is drawn. */
  seed: digestSchema.nullable(),
  head: headSchema.nullable(),
  cancellation: z.string().nullable(),
});
export type Draw = z.output<typeof drawSchema>;
export const drawPageSchema = pageOf(drawSchema);
export const drawQuerySchema = z.strictObject({ ...pageQuery, benefitId: idSchema });

/** In the order of the numbers; once it is drawn, in the order of the result. */
export const drawListSchema = pageOf(
  z.object({ entryNumber: z.string(), place: z.number().int().nullable() }),
);
export const drawListQuerySchema = z.strictObject(pageQuery);

export const newDrawEntrySchema = z.strictObject({ drawId: idSchema });
export const drawEntrySchema = z.object({
  id: idSchema,
  drawId: idSchema,
  benefitId: idSchema,
  benefitTitle: z.string(),
  pricePoints: z.number().int(),
  /** Under which it stands on the public list, known to the person alone. */
  entryNumber: z.string(),
  state: z.enum(entryStates),
  enteredAt: instantSchema,
  /** In the order of the result; null until it is drawn. */
  place: z.number().int().nullable(),
  redemptionId: idSchema.nullable(),
});
export type DrawEntry = z.output<typeof drawEntrySchema>;
export const drawEntryPageSchema = pageOf(drawEntrySchema);

export const newAssistedEntrySchema = newDrawEntrySchema.extend({
  personId: idSchema,
  consent: newConsentSchema,
});
export const assistedEntrySchema = drawEntrySchema.extend({ personId: idSchema });
export type AssistedEntry = z.output<typeof assistedEntrySchema>;
export const assistedEntryPageSchema = pageOf(assistedEntrySchema);
export const assistedEntryQuerySchema = z.strictObject({
  ...pageQuery,
  personId: idSchema.optional(),
});
