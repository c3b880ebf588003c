import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { areaPathSchema, civilDateSchema, idSchema } from '../primitives.ts';

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
