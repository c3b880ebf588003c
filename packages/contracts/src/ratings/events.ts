import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { areaPathSchema, civilDateSchema, idSchema, instantSchema } from '../primitives.ts';

/** A signed-in resident rated; guests' ratings are not told. */
export const ratingSubmitted = defineEvent(
  'ratings.rating-submitted',
  z.strictObject({
    ratingId: idSchema,
    programmeId: idSchema,
    personId: idSchema,
    areaPath: areaPathSchema,
    ratedOn: civilDateSchema,
  }),
);

const ratingIdsSchema = z.array(idSchema).min(1).max(2_000);

/** Ratings that a pattern was found among: what they earned waits to be spent, at most until then. */
export const ratingsListed = defineEvent(
  'ratings.ratings-listed',
  z.strictObject({ programmeId: idSchema, ratingIds: ratingIdsSchema, until: instantSchema }),
);

/** Somebody has looked at them; nothing waits for that any longer. */
export const ratingsCleared = defineEvent(
  'ratings.ratings-cleared',
  z.strictObject({ programmeId: idSchema, ratingIds: ratingIdsSchema }),
);
