import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { civilDateSchema, idSchema } from '../primitives.ts';

const hours = {
  hoursId: idSchema,
  programmeId: idSchema,
  personId: idSchema,
  /** One more with each correction; the highest is the latest, in whatever order they come. */
  version: z.number().int().min(1),
  /** Whole minutes of each day in Asia/Shanghai, within what counts in a day. */
  days: z
    .array(z.strictObject({ on: civilDateSchema, minutes: z.number().int().min(0).max(1_440) }))
    .min(1)
    .max(3),
};

/** A shift was scanned, within its window, and confirmed: what nobody typed in. */
export const hoursVerified = defineEvent('volunteering.hours-verified', z.strictObject(hours));

/** A certificate is to be made. */
export const certificateRequested = defineEvent(
  'volunteering.certificate-requested',
  z.strictObject({ certificateId: idSchema }),
);

/** Verified hours were corrected: `days` is what is right, in all. */
export const hoursCorrected = defineEvent(
  'volunteering.hours-corrected',
  z.strictObject({ ...hours, correctedBy: idSchema, correctedByRole: z.string().max(32) }),
);
