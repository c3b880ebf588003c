import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { idSchema } from '../primitives.ts';

const redemption = z.strictObject({ redemptionId: idSchema });

/** The steps of a redemption, each told to the service itself: the job that follows does the next. */
export const redemptionRequested = defineEvent('rewards.redemption-requested', redemption);
export const redemptionHeld = defineEvent('rewards.redemption-held', redemption);
export const redemptionReserved = defineEvent('rewards.redemption-reserved', redemption);
/** The voucher was verified, and the time to undo it is over: the hold is to be posted. */
export const voucherVerified = defineEvent('rewards.voucher-verified', redemption);
/** Cancelled, expired or failed: the hold is to be voided. */
export const redemptionReleased = defineEvent('rewards.redemption-released', redemption);

/** An application was approved: the person who applied is the owner from now on. */
export const merchantAdmitted = defineEvent(
  'rewards.merchant-admitted',
  z.strictObject({ merchantId: idSchema, personId: idSchema }),
);

/**
 * What a benefit could pay out in points: its price for every piece that is on offer or promised.
 * Where a sponsor pays, the benefit tells of what is promised, and the budget, under its own id, of
 * what it could still pay for all that is on offer by it. The highest version is the latest, in
 * whatever order they come.
 */
export const fundingChanged = defineEvent(
  'rewards.funding-changed',
  z.strictObject({
    benefitId: idSchema,
    programmeId: idSchema,
    fundedPoints: z.number().int().min(0),
    version: z.number().int().min(1),
  }),
);
