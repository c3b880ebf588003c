import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { idSchema } from '../primitives.ts';

/** Codes are to be issued for the rows of a batch. */
export const batchRequested = defineEvent(
  'codes.batch-requested',
  z.strictObject({ batchId: idSchema }),
);

/** A print is to be made. */
export const printRequested = defineEvent(
  'codes.print-requested',
  z.strictObject({ printId: idSchema }),
);
