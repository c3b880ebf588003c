import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { areaPathSchema, civilDateSchema, idSchema, instantSchema } from '../primitives.ts';
import { caseReasons, flagReasons } from './review-schemas.ts';

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

const earned = { ratingId: idSchema, programmeId: idSchema, personId: idSchema };

/** Whoever gave it took a rating back that was told as submitted; for good. */
export const ratingWithdrawn = defineEvent('ratings.rating-withdrawn', z.strictObject(earned));

/** An officer left a resident's rating out. The same flag is told of once, and lifted once at most. */
export const ratingLeftOut = defineEvent(
  'ratings.rating-left-out',
  z.strictObject({
    ...earned,
    flagId: idSchema,
    reason: z.enum([...flagReasons, ...caseReasons]),
    flaggedBy: idSchema,
    flaggedByRole: z.string(),
  }),
);

/** Another officer lifted that flag: the rating counts again. */
export const ratingRestored = defineEvent(
  'ratings.rating-restored',
  z.strictObject({ ...earned, flagId: idSchema, liftedBy: idSchema, liftedByRole: z.string() }),
);
